"""Publishes again from the table what the stream lost."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
_PORTION = timedelta(minutes=10)
"""How much is published before a look at the clock: on the busiest of days a minute's work."""
_NOTED_EVERY = timedelta(seconds=30)
"""What a run that is killed has to do once more at the most, beside the portion that it was at."""
_SINCE_SLICE = timedelta(hours=1)
"""How much is published again at once when somebody asks for it."""
_BATCH = 100
_NEVER = timedelta(hours=1)
"""How far back to look when nothing was ever published."""


def publish_lost(
    outside: Ports, stream_takes: timedelta, *, stop_at: datetime | None = None
) -> dict[str, int]:
    """Publishes the events of every record whose change should have come by the stream since the watermark.

    Args:
        outside: the ports.
        stream_takes: how long a change may be under way.
        stop_at: when no further portion is begun; the first one is, whatever the time.

    Returns:
        ``records`` and ``events`` that were published again, and ``behind``: seconds that are still to be
        looked through, 0 when all is done.

    Raises:
        Unavailable: the bus did not take all of them; the watermark stands behind what it took before.
    """
    latest = outside.clock.now() - stream_takes
    known = outside.watermark.read() or latest - _NEVER
    if known >= latest:
        return {"records": 0, "events": 0, "behind": 0}

    def note(until: datetime) -> None:
        # All since the beginning is published: the watermark need not have followed every step.
        outside.watermark.move(until, known_from=known)

    published, until = _publish_portions(outside, known, latest, stop_at, note)
    return {**published, "behind": int((latest - until).total_seconds())}


def publish_since(outside: Ports, since: datetime, *, stop_at: datetime | None = None) -> dict[str, Any]:
    """Publishes the events of records that changed since then, whatever the watermark says.

    It looks no further than an hour at once, nor begins anything after ``stop_at``: whoever asks goes on from
    ``until`` while ``behind`` is not 0. A record that changes meanwhile is met again in a later hour, so that
    none is passed over.

    Returns:
        As :func:`publish_lost`, and ``until``: the time up to which was looked.

    Raises:
        Unavailable: the bus did not take all of them; ask for the same again.
    """
    now = outside.clock.now()
    last = max(since, min(now, since + _SINCE_SLICE))
    published, until = _publish_portions(outside, since, last, stop_at, lambda _: None)
    behind = max(0, math.ceil((now - until).total_seconds()))
    return {**published, "behind": behind, "until": until.isoformat()}


def _publish_portions(
    outside: Ports,
    since: datetime,
    last: datetime,
    stop_at: datetime | None,
    note: Callable[[datetime], None],
) -> tuple[Mapping[str, int], datetime]:
    """What was published, and up to when; that is noted now and then, and in the end, however it ends."""
    published = Counter(records=0, events=0)
    begin, done, noted_at = since - _MARGIN, since, outside.clock.now()
    try:
        while True:
            until = min(last, done + _PORTION)
            published.update(_publish_changed(outside, begin, until))
            begin = done = until
            now = outside.clock.now()
            if done >= last or (stop_at is not None and now >= stop_at):
                return published, done
            if now - noted_at >= _NOTED_EVERY:
                note(done)
                noted_at = now
    finally:
        if done > since:
            note(done)


def _publish_changed(outside: Ports, since: datetime, until: datetime) -> Mapping[str, int]:
    references = outside.records.changed_since(since, until)
    told = 0
    for start in range(0, len(references), _BATCH):
        events = _events_of_all(outside, references[start : start + _BATCH])
        if outside.bus.publish(events):
            raise Unavailable("bus")
        told += len(events)
    count("EventsPublishedAgain", told)
    return {"records": len(references), "events": told}


def _events_of_all(outside: Ports, references: Sequence[str]) -> Sequence[tuple[str, Event]]:
    try:
        records = outside.records.load_many(references)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - one of them cannot be read: which it is, each by itself tells
        return [(reference, event) for reference in references for event in _events_of(outside, reference)]
    return [(record.reference, event) for record in records for event in record.events]


def _events_of(outside: Ports, reference: str) -> Sequence[Event]:
    try:
        return outside.records.load(reference).events
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - one record that cannot be read must not hold up all others
        count("RecordUnreadable")
        logger.exception("record cannot be read", error=type(error).__name__, reference=reference)
        return ()
