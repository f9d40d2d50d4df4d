"""Publishes again from the table what the stream lost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from functions.domain.errors import Unavailable
from functions.domain.ports import Ports
from functions.domain.record import Event
from functions.observability import count, logger

STREAM_TAKES = timedelta(minutes=1)
"""A change that is not published after so long was lost by the stream, or the stream stands still."""
_MARGIN = timedelta(minutes=1)
"""The watermark is the newest change of a batch: others written just before may come with the next one."""
_SLICE = timedelta(hours=6)
"""How much is looked through at once after a long outage."""
_SINCE_SLICE = timedelta(hours=1)
"""How much is published again at once when somebody asks for it: well within the function's time."""
_NEVER = timedelta(hours=1)
"""How far back to look when nothing was ever published."""


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
