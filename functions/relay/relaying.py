"""Publishes what the changes in the table's stream brought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from functions.adapters.record_items import changed_at_of_item, events_of_item
from functions.domain.ports import Ports
from functions.domain.record import Event
from functions.observability import count, logger

_QUIET = timedelta(minutes=5)
"""The watermark follows the clock when nothing happens; if it is older than that, something is missing."""


def publish(outside: Ports, changes: list[dict[str, Any]]) -> dict[str, Any]:
    """Publishes what the changes brought, in their order.

    Returns:
        The partial batch response: the first change of which an event was not taken. From there on the stream
        comes again, and what was published already is told twice; consumers drop repeats.
    """
    events: list[tuple[str, Event]] = []
    origins: list[str] = []
    images = [change["dynamodb"] for change in changes if change["dynamodb"].get("NewImage")]
    for image in images:
        for told in _new_events(image.get("OldImage"), image["NewImage"]):
            events.append(told)
            origins.append(image["SequenceNumber"])
    failed = outside.bus.publish(events)
    if images and not failed:
        written = [changed_at_of_item(image["NewImage"]) for image in images]
        outside.watermark.move(max(written), known_from=min(written) - _QUIET)
    count("EventsPublished", len(events) - len(failed))
    logger.info("relayed", changes=len(changes), events=len(events), failed=len(failed))
    return {"batchItemFailures": [{"itemIdentifier": origins[failed[0]]}] if failed else []}


def _new_events(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[tuple[str, Event]]:
    known = len(events_of_item(old)[1]) if old else 0
    reference, events = events_of_item(new)
    return [(reference, event) for event in events[known:]]
