"""Reads the table's stream, publishes the events that each change brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalice.app import Blueprint

from functions.adapters.records import events_of_item
from functions.adapters.wiring import ports
from functions.domain.ports import Ports
from functions.domain.record import Event
from functions.observability import count, logger, observed

relay = Blueprint(__name__)


@relay.lambda_function(name="relay")
@observed
def relay_changes(event: dict[str, Any], _: object) -> dict[str, Any]:
    """DynamoDB stream batch -> partial batch response."""
    return publish(ports(), event["Records"])


def publish(outside: Ports, changes: list[dict[str, Any]]) -> dict[str, Any]:
    """Publishes what the changes brought, in their order.

    Returns:
        The partial batch response: the first change of which an event was not taken. From there on the stream
        comes again, and what was published already is told twice; consumers drop repeats.
    """
    events: list[tuple[str, Event]] = []
    origins: list[str] = []
    for change in changes:
        images = change["dynamodb"]
        for told in _new_events(images.get("OldImage"), images.get("NewImage")):
            events.append(told)
            origins.append(images["SequenceNumber"])
    failed = outside.bus.publish(events)
    count("EventsPublished", len(events) - len(failed))
    logger.info("relayed", changes=len(changes), events=len(events), failed=len(failed))
    return {"batchItemFailures": [{"itemIdentifier": origins[failed[0]]}] if failed else []}


def _new_events(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> list[tuple[str, Event]]:
    if new is None:
        return []
    known = len(events_of_item(old)[1]) if old else 0
    reference, events = events_of_item(new)
    return [(reference, event) for event in events[known:]]
