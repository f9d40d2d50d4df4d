"""Reads the table's stream, publishes the events that each change brought, and what the stream lost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chalice.app import Blueprint

from functions.adapters.record_items import changed_at_of_item, events_of_item
from functions.adapters.wiring import ports
from functions.domain.errors import Fault, Refused, Unavailable
from functions.domain.ports import Ports
from functions.domain.record import Event
from functions.observability import count, logger, observed

relay = Blueprint(__name__)

_STREAM_TAKES = timedelta(minutes=1)
"""A change that is not published after so long was lost by the stream, or the stream stands still."""
_MARGIN = timedelta(minutes=1)
"""The watermark is the newest change of a batch: others written just before may come with the next one."""
_QUIET = timedelta(minutes=5)
"""The watermark follows the clock when nothing happens; if it is older than that, something is missing."""
_SLICE = timedelta(hours=6)
"""How much is looked through at once after a long outage."""
_SINCE_SLICE = timedelta(hours=1)
"""How much is published again at once when somebody asks for it: well within the function's time."""
_NEVER = timedelta(hours=1)
"""How far back to look when nothing was ever published."""


@relay.lambda_function(name="relay")
@observed
def relay_changes(event: dict[str, Any], _: object) -> dict[str, Any]:
    """DynamoDB stream batch -> partial batch response."""
    return publish(ports(), event["Records"])


@relay.lambda_function(name="republish")
@observed
def republish(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Schedule: publishes again what the stream lost.

    ``{"at_once": true}`` waits for no stream; ``{"since": "2026-11-24T09:00:00+05:30"}`` publishes what
    changed since then, whatever is known to be published, see :func:`publish_since`.
    """
    result: dict[str, Any]
    if "since" in event:
        result = publish_since(ports(), _moment(event["since"]))
    else:
        result = publish_lost(ports(), timedelta() if event.get("at_once") else _STREAM_TAKES)
    logger.info("looked for lost changes", extra=result)
    return result


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


def publish_lost(outside: Ports, stream_takes: timedelta) -> dict[str, int]:
    """Publishes the events of every record whose change should have come by the stream since the watermark.

    Args:
        outside: the ports.
        stream_takes: how long a change may be under way.

    Returns:
        ``records`` and ``events`` that were published again, and ``behind``: seconds that are still to be
        looked through, 0 when all is done.

    Raises:
        Unavailable: the bus did not take all of them; the watermark stays.
    """
    latest = outside.clock.now() - stream_takes
    known = outside.watermark.read() or latest - _NEVER
    if known >= latest:
        return {"records": 0, "events": 0, "behind": 0}
    until = min(latest, known + _SLICE)
    published = _publish_changed(outside, known - _MARGIN, until)
    outside.watermark.move(until, known_from=known)
    return {**published, "behind": int((latest - until).total_seconds())}


def publish_since(outside: Ports, since: datetime) -> dict[str, Any]:
    """Publishes the events of records that changed since then, whatever the watermark says.

    It looks no further than an hour at once: whoever asks goes on from ``until`` while ``behind`` is not 0.
    A record that changes meanwhile is met again in a later hour, so that none is passed over.

    Returns:
        As :func:`publish_lost`, and ``until``: the time up to which was looked.

    Raises:
        Unavailable: the bus did not take all of them; ask for the same again.
    """
    now = outside.clock.now()
    until = max(since, min(now, since + _SINCE_SLICE))
    published = _publish_changed(outside, since - _MARGIN, until)
    behind = max(0, math.ceil((now - until).total_seconds()))
    return {**published, "behind": behind, "until": until.isoformat()}


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(Fault("/since", "is no time with an offset, such as 2026-11-24T09:00:00+05:30"))
    return moment.astimezone(UTC)


def _publish_changed(outside: Ports, since: datetime, until: datetime) -> dict[str, int]:
    references = outside.records.changed_since(since, until)
    events = [(reference, event) for reference in references for event in _events_of(outside, reference)]
    if outside.bus.publish(events):
        raise Unavailable("bus")
    count("EventsPublishedAgain", len(events))
    return {"records": len(references), "events": len(events)}


def _events_of(outside: Ports, reference: str) -> Sequence[Event]:
    try:
        return outside.records.load(reference).events
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - one record that cannot be read must not hold up all others
        count("RecordUnreadable")
        logger.exception("record cannot be read", error=type(error).__name__, reference=reference)
        return ()


def _new_events(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[tuple[str, Event]]:
    known = len(events_of_item(old)[1]) if old else 0
    reference, events = events_of_item(new)
    return [(reference, event) for event in events[known:]]
