"""Alerts that would disturb at night are kept in the record, and handed on when their hours begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from functions.domain.alert_rules import AlertRules
from functions.domain.lifecycle import TELLS_CITIZENS, Audience
from functions.domain.record import Event, HeldAlerts, Record, TimerKind

_CITIZENS = frozenset({Audience.CITIZEN, Audience.LINKED})


class Readers(StrEnum):
    """Whom messages are for: each has a queue of its own."""

    OFFICERS = "officers"
    CITIZENS = "citizens"


def held(record: Record, sequence: int, *, until: datetime, now: datetime) -> Record:
    """The record that keeps what an event causes; the very same when it keeps it already.

    What was held before and fell due is on its way, and may have found that it has to wait again.

    Args:
        record: any.
        sequence: of the event.
        until: from when on it may go.
        now: the time by which that was decided.
    """
    before = next((one for one in record.held_alerts if one.sequence == sequence), None)
    if before is not None and now < before.until <= until:
        return record
    others = tuple(one for one in record.held_alerts if one.sequence != sequence)
    return _keeping(record, (*others, HeldAlerts(sequence=sequence, until=until)))


def due(record: Record, now: datetime) -> Sequence[HeldAlerts]:
    """What may go by now, the longest held first."""
    return sorted((one for one in record.held_alerts if one.until <= now), key=lambda one: one.until)


def released(record: Record, handed_on: Sequence[HeldAlerts]) -> Record:
    """The record without what was handed on; what was held anew meanwhile stays.

    The very same when there is nothing to take away.
    """
    if not any(one in handed_on for one in record.held_alerts):
        return record
    return _keeping(record, tuple(one for one in record.held_alerts if one not in handed_on))


def readers(record: Record, event: Event, rules: AlertRules) -> frozenset[Readers]:
    """Whose messages about an event may have been held.

    Args:
        record: as it stands.
        event: one of its events.
        rules: the alert table.
    """
    audiences = {rule.audience for rule in rules.of(record, event) if rule.keeps_hours}
    # Whose records were linked are told by the row of their lead's end, whichever event brings them to it.
    citizens = {Readers.CITIZENS} if event.type in TELLS_CITIZENS else set[Readers]()
    officers = {Readers.OFFICERS} if audiences - _CITIZENS else set[Readers]()
    return frozenset(citizens | officers)


def _keeping(record: Record, kept: tuple[HeldAlerts, ...]) -> Record:
    others = {kind: at for kind, at in record.timers.items() if kind is not TimerKind.HELD_ALERTS}
    clock = {TimerKind.HELD_ALERTS: min(one.until for one in kept)} if kept else {}
    return record.model_copy(update={"held_alerts": kept, "timers": {**others, **clock}})
