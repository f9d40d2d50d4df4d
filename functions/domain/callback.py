"""Calling back numbers that rang after hours.

SOP, 2: "his/her number gets automatically registered and an out-bound call will be made on the registered
number in course of time".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.domain import lifecycle
from functions.domain.calendar import Calendar
from functions.domain.errors import WrongState
from functions.domain.record import (
    Actor,
    Attempt,
    Callback,
    CallbackOutcome,
    EventType,
    Record,
    Status,
    TimerKind,
)

MOST_ATTEMPTS = 3
"""After so many calls without an answer the number is given up, and told to the supervisor."""

PAUSE = timedelta(hours=2)
"""How long to wait before a number that did not answer is tried again; the SOP names no figure."""

_MOST_RINGS_TOLD = 50
"""A machine may ring all night; of so many times nobody needs each."""


def waits(record: Record) -> bool:
    """Whether an outbound call is owed under this very record."""
    return (
        record.status is Status.AWAITING_CALLBACK
        and record.callback is not None
        and record.callback.joined_to is None
    )


def owed(rang_at: datetime, not_before: datetime) -> Callback:
    """The call that a number is owed.

    Args:
        rang_at: when it rang.
        not_before: the next minute in which the call centre is open.
    """
    return Callback(rang_at=(rang_at,), due_at=not_before)


def rang_again(record: Record, rang_at: datetime) -> Record:
    """The record under which a number waits, when it rings once more; it waits no longer for it.

    Args:
        record: one that waits.
        rang_at: when it rang; a backlog may tell of it late.
    """
    if record.callback is None:
        return record
    rings = tuple(sorted({*record.callback.rang_at, rang_at})[-_MOST_RINGS_TOLD:])
    return record.model_copy(update={"callback": record.callback.model_copy(update={"rang_at": rings})})


def fell_due(record: Record, *, at: datetime) -> Record:
    """The time has come to call."""
    attempts = len(record.callback.attempts) if record.callback else 0
    return lifecycle.advance(
        record,
        EventType.CALLBACK_DUE,
        at=at,
        by=Actor.SLA_TIMER,
        note="To be called back now",
        data={"attempts": attempts},
    )


def attempted(
    record: Record,
    outcome: CallbackOutcome,
    *,
    agent_id: str,
    led_to: str | None,
    calendar: Calendar,
    at: datetime,
) -> Record:
    """An outbound call was made.

    Who did not answer is tried again when the call centre is open, three times in all; each try stands in the
    record, and only the end of the matter is an event.

    Args:
        record: one that waits.
        outcome: how the call ended.
        agent_id: the tele-caller's id.
        led_to: reference of the record that came of it, where one did.
        calendar: for the next try.
        at: now.

    Raises:
        WrongState: nobody waits for a call under this record (any more).
    """
    if record.callback is None or not waits(record):
        raise WrongState(f"a call-back is not possible while the record is {record.status}")
    attempts = (*record.callback.attempts, Attempt(at=at, agent_id=agent_id, outcome=outcome))
    callback = record.callback.model_copy(update={"attempts": attempts, "led_to": led_to})
    if outcome is CallbackOutcome.NO_ANSWER and len(attempts) < MOST_ATTEMPTS:
        due = calendar.next_open_minute(at + PAUSE)
        return record.model_copy(
            update={
                "callback": callback.model_copy(update={"due_at": due}),
                "timers": {**record.timers, TimerKind.CALLBACK: due},
            }
        )
    reached = outcome is CallbackOutcome.REACHED
    return lifecycle.advance(
        record,
        EventType.CALLBACK_COMPLETED,
        at=at,
        by=Actor.CALL_CENTRE,
        note=_note(outcome, led_to),
        to=Status.CALLED_BACK if reached else Status.UNREACHABLE,
        data={"outcome": outcome, "attempts": len(attempts), "led_to": led_to},
        callback=callback.model_copy(update={"due_at": None}),
    )


def _note(outcome: CallbackOutcome, led_to: str | None) -> str:
    match outcome:
        case CallbackOutcome.REACHED:
            return f"The citizen was called back: {led_to}" if led_to else "The citizen was called back"
        case CallbackOutcome.WRONG_NUMBER:
            return "Given up: the number is not the caller's"
        case CallbackOutcome.NO_ANSWER:
            return f"Given up: nobody answered {MOST_ATTEMPTS} calls"
