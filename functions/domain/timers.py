"""What happens when a record's clocks run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from functions.domain import callback, clock, ladder, overdue, review
from functions.domain.assignment import is_assigned
from functions.domain.ladder import Rung
from functions.domain.office import Office, Officer
from functions.domain.record import Record, Status, TimerKind

NextRung = Callable[[Record], Rung | None]
"""Who is tried next while nobody acknowledges a record; None when there is nobody (left) to try."""

Ladder = Callable[[Record], tuple[Office, Officer] | None]
"""Who is the next above the officer in charge of a record; None when there is nobody (left) to turn to."""

# Of clocks that run out together the officer's are handled before the citizen's: one breach is told once.
_ORDER = tuple(TimerKind)
# An emergency that goes up is told to others anyway, and its ladder begins anew: that clock comes last.
_LAST = TimerKind.ACKNOWLEDGEMENT
_NOT_THE_DOMAINS = frozenset({TimerKind.STEP, TimerKind.HELD_ALERTS})
# Under review an officer has what the portal refused of emergencies: his clocks run on meanwhile.
_WITH_AN_OFFICER = frozenset({Status.UNDER_REVIEW, Status.ACCEPTED, Status.FORWARDED, Status.RECALLED})


def step_is_due(record: Record, now: datetime) -> bool:
    """Whether it is to be looked after: it may rest in a step with no execution in charge."""
    return TimerKind.STEP in record.timers and record.timers[TimerKind.STEP] <= now


def nobody(_: Record) -> None:
    """A ladder of which nobody is left."""


def run_out(record: Record, now: datetime, above: Ladder, next_rung: NextRung = nobody) -> Record:
    """The record after every clock of it that has run out by ``now``; the very same when none has.

    What a clock asks for is decided from the record as it stands: a clock that came too late only stops. The
    watch over the step is not the domain's, nor is that over held alerts: see ``sla_timer``.

    Args:
        record: any.
        now: however late; of what it is too late for by then, nothing is made up for.
        above: who gets it when its time is over.
        next_rung: who is tried when nobody acknowledged it.
    """
    for kind, due in sorted(record.timers.items(), key=_turn):
        if due > now or record.timers.get(kind) != due or kind in _NOT_THE_DOMAINS:
            continue
        handled = _handle(record, kind, now, above, next_rung)
        if handled.timers.get(kind) == due:
            left = {other: at for other, at in handled.timers.items() if other is not kind}
            handled = handled.model_copy(update={"timers": left})
        record = handled
    return record


def _turn(timer: tuple[TimerKind, datetime]) -> tuple[bool, datetime, int]:
    kind, due = timer
    return kind is _LAST, due, _ORDER.index(kind)


def _handle(  # noqa: PLR0911 - a clock each
    record: Record, kind: TimerKind, now: datetime, above: Ladder, next_rung: NextRung
) -> Record:
    with_an_officer = record.status in _WITH_AN_OFFICER and is_assigned(record)
    match kind:
        case TimerKind.REVIEW_DEADLINE if review.is_overdue(record, now):
            return review.go_ahead_unreviewed(record, at=now)
        case TimerKind.REVIEW_DEADLINE if overdue.is_overdue(record, now):
            return overdue.told(record, at=now)
        # Who is told of the breach needs no reminder that it is near.
        case TimerKind.REMINDER if with_an_officer and record.due_at is not None and now < record.due_at:
            return clock.remind(record, at=now)
        case TimerKind.BREACH if with_an_officer:
            return _escalate(clock.breach(record, of=record.due_at, at=now), now, above)
        case TimerKind.ESCALATION if with_an_officer:
            return _escalate(record, now, above)
        case TimerKind.ACKNOWLEDGEMENT if ladder.is_unacknowledged(record):
            return _try_next(record, now, next_rung)
        case TimerKind.CALLBACK if callback.waits(record):
            return callback.fell_due(record, at=now)
        case TimerKind.PROMISE if not record.breached:
            return clock.breach(record, of=record.promised_at, at=now)
    return record


def _escalate(record: Record, now: datetime, above: Ladder) -> Record:
    charge = above(record)
    if charge is None:
        return clock.nobody_above(record, now)
    office, officer = charge
    return clock.escalate(record, office=office, officer=officer, at=now)


def _try_next(record: Record, now: datetime, next_rung: NextRung) -> Record:
    rung = next_rung(record)
    return ladder.nobody_to_try(record, now) if rung is None else ladder.tried(record, rung, at=now)
