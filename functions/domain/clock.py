"""The clocks that watch an officer (SOP, 3C and 3D): reminders, breach, escalation, and the citizen's own.

A breach is told once for each due date. It goes up one step at once, to the head of the office, and up
another, to the CMO Grievance Cell, when redress does not come within a grace that the head has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from functions.domain import ladder, lifecycle
from functions.domain.assignment import facts, give
from functions.domain.office import Level, Office, Officer
from functions.domain.record import Actor, EventType, Kind, Record, TimerKind

STEP_LIMIT = timedelta(seconds=90)
"""How long a record may rest in a step with no execution in charge before one is started."""

GRACE = timedelta(hours=24)
EMERGENCY_GRACE = timedelta(hours=2)
"""What the head of the office has, after a breach, before the CMO Grievance Cell takes over.

The SOP names no figures; a day, and two hours of an emergency's twenty-four, are this project's.
"""

LOOKED_FOR_AGAIN = timedelta(hours=1)
"""After so long an officer above is looked for again, where every post above was vacant."""

TOP = 2
"""Steps of the ladder above the nodal officer: 1 is the head of the office, 2 the CMO Grievance Cell."""


def step_watch(at: datetime) -> Mapping[TimerKind, datetime]:
    """The watch over a step that an execution is to take."""
    return {TimerKind.STEP: at + STEP_LIMIT}


def officer_clocks(record: Record, at: datetime) -> Mapping[TimerKind, datetime]:
    """The clocks to start when a grievance is given to an officer; none for what has no due date."""
    if record.due_at is None or record.kind is not Kind.GRIEVANCE:
        return {}
    ahead = [moment for moment in record.reminders if moment > at]
    clocks = {TimerKind.BREACH: record.due_at}
    return {TimerKind.REMINDER: ahead[0], **clocks} if ahead else clocks


def citizen_clock(record: Record) -> Mapping[TimerKind, datetime]:
    """The clock of the promise made to the citizen; none where none was made or it is broken already."""
    return {TimerKind.PROMISE: record.promised_at} if record.promised_at and not record.breached else {}


def remind(record: Record, *, at: datetime) -> Record:
    """The officer is reminded; the next reminder's clock starts."""
    ahead = [moment for moment in record.reminders if moment > at]
    return lifecycle.advance(
        record,
        EventType.SLA_REMINDER_DUE,
        at=at,
        by=Actor.SLA_TIMER,
        note="Reminder: redress is due soon",
        data=facts(record),
        timers={TimerKind.REMINDER: ahead[0]} if ahead else {},
    )


def breach(record: Record, *, of: datetime | None, at: datetime) -> Record:
    """The due date ``of`` has passed without redress; told once for each due date."""
    if of is None or of == record.told_breach_of:
        return record
    return lifecycle.advance(
        record,
        EventType.SLA_BREACHED,
        at=at,
        by=Actor.SLA_TIMER,
        note="Service level breached: not redressed in time",
        data=facts(record),
        breached=True,
        told_breach_of=of,
    )


def escalate(record: Record, *, office: Office, officer: Officer, at: datetime) -> Record:
    """The matter goes up to that officer; while there is a step above, its clocks start."""
    top = officer.level is Level.APEX
    escalation = TOP if top else 1
    given = give(record, office, officer, at)
    return lifecycle.advance(
        given,
        EventType.ESCALATED,
        at=at,
        by=Actor.SLA_TIMER,
        note=f"Escalated to {officer.designation}, {office.code}",
        data={**facts(given), "escalation": escalation},
        timers={} if top else {TimerKind.ESCALATION: at + _grace(record), **ladder.watch(given, at)},
        escalation=escalation,
    )


def _grace(record: Record) -> timedelta:
    return EMERGENCY_GRACE if record.is_emergency else GRACE


def passed_on_late(record: Record, at: datetime) -> Mapping[TimerKind, datetime]:
    """The clock to start when what is past its due date goes to another office; none for any other record.

    Its breach was told, and with the last step of the ladder no clock runs: without one the new office would
    have it for ever.
    """
    is_late = record.due_at is not None and record.told_breach_of == record.due_at
    if not is_late or TimerKind.ESCALATION in record.timers:
        return {}
    return {TimerKind.ESCALATION: at + _grace(record)}


def nobody_above(record: Record, at: datetime) -> Record:
    """It was to go up, and the posts above are vacant: it goes up as soon as one of them is filled.

    Of what is with the last step of the ladder no clock starts.
    """
    if record.assignment is None or record.assignment.level is Level.APEX:
        return record
    timers = {**record.timers, TimerKind.ESCALATION: at + LOOKED_FOR_AGAIN}
    return record.model_copy(update={"timers": timers})


def rest_again(record: Record, at: datetime) -> Record:
    """Sets the watch over the record's step anew, each time a little later.

    Whoever waits long, for a portal that is out for a day, is looked at less and less, once an hour at least.
    """
    rested = at - record.events[-1].at
    pause = min(max(STEP_LIMIT, rested / 2), timedelta(hours=1))
    return record.model_copy(update={"timers": {**record.timers, TimerKind.STEP: at + pause}})
