"""What happens when a record's clocks run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from functions.domain import callback, clock, overdue, review
from functions.domain.assignment import is_assigned
from functions.domain.office import Office, Officer
from functions.domain.record import Record, Status, TimerKind

Ladder = Callable[[Record], tuple[Office, Officer] | None]
"""Who is the next above the officer in charge of a record; None when there is nobody (left) to turn to."""

# Of clocks that run out together the officer's are handled before the citizen's: one breach is told once.
_ORDER = tuple(TimerKind)
_WITH_AN_OFFICER = frozenset({Status.ACCEPTED, Status.FORWARDED, Status.RECALLED})


def step_is_due(record: Record, now: datetime) -> bool:
    """Whether it is to be looked after: it may rest in a step with no execution in charge."""
    return TimerKind.STEP in record.timers and record.timers[TimerKind.STEP] <= now


def run_out(record: Record, now: datetime, ladder: Ladder) -> Record:
    """The record after every clock of it that has run out by ``now``; the very same when none has.

    What a clock asks for is decided from the record as it stands: a clock that came too late only stops. The
    watch over the step is not the domain's: it asks for a look at the executions, see ``sla_timer``.
    """
    for kind, due in sorted(record.timers.items(), key=lambda timer: (timer[1], _ORDER.index(timer[0]))):
        if due > now or record.timers.get(kind) != due or kind is TimerKind.STEP:
            continue
        handled = _handle(record, kind, now, ladder)
        if handled.timers.get(kind) == due:
            left = {other: at for other, at in handled.timers.items() if other is not kind}
            handled = handled.model_copy(update={"timers": left})
        record = handled
    return record


def _handle(record: Record, kind: TimerKind, now: datetime, ladder: Ladder) -> Record:  # noqa: PLR0911 - a clock each
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
            return _escalate(clock.breach(record, of=record.due_at, at=now), now, ladder)
        case TimerKind.ESCALATION if with_an_officer:
            return _escalate(record, now, ladder)
        case TimerKind.CALLBACK if callback.waits(record):
            return callback.fell_due(record, at=now)
        case TimerKind.PROMISE if not record.breached:
            return clock.breach(record, of=record.promised_at, at=now)
    return record


def _escalate(record: Record, now: datetime, ladder: Ladder) -> Record:
    above = ladder(record)
    if above is None:
        return record
    office, officer = above
    return clock.escalate(record, office=office, officer=officer, at=now)
