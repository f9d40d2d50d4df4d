"""THE table: what may happen to a record in which state, by whom, and what follows.

Everything that changes a record's state goes through :func:`advance`, and :func:`advance` knows only this
table. A new status or event is a new row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.domain.errors import WrongState
from functions.domain.record import OFFICER_CLOCKS, Actor, Event, EventType, Kind, Record, Status, TimerKind

E = EventType
S = Status
T = TimerKind


class Audience(StrEnum):
    """Whom an event is told.

    ``ASSIGNEE`` is whomever it is with; ``NODAL``, ``HEAD`` and ``APEX`` are officers of that one's office,
    and ``CALLED_IN`` those above them whom the acknowledgement ladder came to. ``OTHER_OFFICE`` is the one
    that it concerns as well, ``FORMER`` who was succeeded, ``CELL`` the CMO Grievance Cell, ``SUPERVISOR``
    the analysts'. ``CITIZEN`` is who called, ``LINKED`` who called about a record that was linked to it.
    """

    NODAL = "nodal"
    HEAD = "head"
    APEX = "apex"
    ASSIGNEE = "assignee"
    CALLED_IN = "called in"
    OTHER_OFFICE = "other office"
    FORMER = "former officer"
    CELL = "cell"
    SUPERVISOR = "supervisor"
    CITIZEN = "citizen"
    LINKED = "linked citizens"


@dataclass(frozen=True)
class Rule:
    """One row.

    Attributes:
        status: where the record stands before. How it comes into the world is told by ``BIRTH``.
        event: what happens.
        to: where it stands after.
        by: who may make it happen.
        starts: clocks that may start with it.
        ends: clocks that it stops.
        tells: who is alerted.
    """

    status: Status
    event: EventType
    to: Status
    by: frozenset[Actor]
    starts: AbstractSet[TimerKind] = frozenset()
    ends: AbstractSet[TimerKind] = frozenset()
    tells: AbstractSet[Audience] = frozenset()


def _by(*actors: Actor) -> frozenset[Actor]:
    return frozenset(actors)


_SYSTEM = _by(Actor.SYSTEM)
_ANALYST = _by(Actor.DATA_ANALYST)
_OFFICERS = _by(Actor.NODAL_OFFICER, Actor.HEAD_OF_OFFICE, Actor.APEX_OF_OFFICE, Actor.CMO_GRIEVANCE_CELL)
_TIMER = _by(Actor.SLA_TIMER)
_PORTAL = _by(Actor.CMO_PORTAL)
_FIELD = _by(Actor.FIELD_TEAM)
_CALL_CENTRE = _by(Actor.CALL_CENTRE)

_EVERY_CLOCK = frozenset(T) - {T.HELD_ALERTS}
_OFFICE = frozenset({Audience.ASSIGNEE, Audience.NODAL, Audience.HEAD})
_PASSED_ON = frozenset({Audience.ASSIGNEE, Audience.FORMER})
_GIVEN = _OFFICE | _PASSED_ON | {Audience.OTHER_OFFICE}
_LADDER = frozenset({Audience.ASSIGNEE, Audience.HEAD, Audience.APEX, Audience.CELL})
_OFFICERS_TOLD = _GIVEN | _LADDER
"""Those of ``alerts.csv``; of a stand-down, whom it tells is no fact of the state, and stands there alone."""
_CITIZENS_TOLD = frozenset({Audience.CITIZEN, Audience.LINKED})


def _rows() -> Iterator[Rule]:
    """Every row, in the order in which a record meets them."""
    # Validation
    asked = frozenset({T.REVIEW_DEADLINE, T.PROMISE})
    yield Rule(S.REGISTERED, E.REVIEW_REQUESTED, S.UNDER_REVIEW, _SYSTEM, starts=asked, ends={T.STEP})
    accepters = _by(Actor.DATA_ANALYST, Actor.SYSTEM)
    decided = {T.REVIEW_DEADLINE}
    yield Rule(
        S.UNDER_REVIEW,
        E.RECORD_ACCEPTED,
        S.ACCEPTED,
        accepters,
        starts={T.STEP, T.PROMISE, T.REMINDER, T.BREACH},
        ends=decided,
    )
    yield Rule(
        S.UNDER_REVIEW,
        E.RECORD_REJECTED,
        S.REJECTED,
        _ANALYST,
        ends=_EVERY_CLOCK,
        tells={Audience.CITIZEN, Audience.LINKED},
    )
    yield Rule(
        S.UNDER_REVIEW,
        E.RECORD_MARKED_DUPLICATE,
        S.DUPLICATE,
        _ANALYST,
        ends=_EVERY_CLOCK,
        tells={Audience.CITIZEN, Audience.LINKED},
    )
    # Nobody decided it in time; it waits on. Or it is an emergency that the portal sent back, and its officer
    # is reminded. Of a reminder the clock that ran out is over, and the others run on.
    acknowledgement = {T.ACKNOWLEDGEMENT}
    yield Rule(
        S.UNDER_REVIEW,
        E.SLA_REMINDER_DUE,
        S.UNDER_REVIEW,
        _TIMER,
        starts={T.REMINDER, T.ACKNOWLEDGEMENT},
        tells=_LADDER | {Audience.SUPERVISOR},
    )
    # The portal refused it: the analysts see its reason and decide again.
    yield Rule(S.ACCEPTED, E.REVIEW_REQUESTED, S.UNDER_REVIEW, _SYSTEM, starts=asked, ends={T.STEP})

    # Into the portal and to the officer. The portal's answer may be late, and the record have moved on.
    yield Rule(S.ACCEPTED, E.PUSHED_TO_PORTAL, S.ACCEPTED, _SYSTEM, starts={T.STEP})
    for status in (S.FORWARDED, S.ACTION_TAKEN, S.RECALLED, S.CLOSED):
        yield Rule(status, E.PUSHED_TO_PORTAL, status, _SYSTEM, starts={T.STEP}, ends={T.STEP})
    # The portal may have given it to another office before its answer to our push came.
    given = {T.REMINDER, T.BREACH}
    raised = given | acknowledgement
    passed_on = {*acknowledgement, T.ESCALATION}
    giver = _by(Actor.CMO_PORTAL, Actor.SYSTEM)
    yield Rule(S.ACCEPTED, E.EMERGENCY_RAISED, S.ACCEPTED, giver, starts=raised | passed_on, tells=_GIVEN)
    # Its officer was succeeded by another one while the analysts have it once more.
    yield Rule(
        S.UNDER_REVIEW,
        E.EMERGENCY_RAISED,
        S.UNDER_REVIEW,
        _SYSTEM,
        starts=acknowledgement,
        tells=_PASSED_ON,
    )
    yield Rule(
        S.ACCEPTED,
        E.RECORD_FORWARDED,
        S.FORWARDED,
        giver,
        starts=given,
        ends={T.STEP},
        tells=_OFFICE | {Audience.OTHER_OFFICE, Audience.CITIZEN},
    )
    # The portal gave it to another office, or another officer holds the post; the time for redress runs on.
    for status in (S.FORWARDED, S.RECALLED):
        yield Rule(
            status,
            E.RECORD_FORWARDED,
            status,
            giver,
            starts=passed_on,
            ends=acknowledgement,
            tells=_GIVEN | {Audience.CELL},
        )

    # With the officer, an emergency also while the portal is out, or has sent it back to the analysts.
    yield Rule(S.UNDER_REVIEW, E.ALERT_ACKNOWLEDGED, S.UNDER_REVIEW, _OFFICERS, ends=acknowledgement)
    for status in (S.ACCEPTED, S.FORWARDED, S.RECALLED):
        yield Rule(status, E.ALERT_ACKNOWLEDGED, status, _OFFICERS, ends=acknowledgement)
        yield Rule(
            status,
            E.SLA_REMINDER_DUE,
            status,
            _TIMER,
            starts={T.REMINDER, T.ACKNOWLEDGEMENT},
            tells=_LADDER,
        )
    for status in (S.UNDER_REVIEW, S.ACCEPTED, S.FORWARDED, S.RECALLED):
        yield Rule(
            status,
            E.ESCALATED,
            status,
            _TIMER,
            starts={T.ESCALATION, T.ACKNOWLEDGEMENT},
            ends={T.ESCALATION, T.ACKNOWLEDGEMENT},
            tells={Audience.ASSIGNEE},
        )
    # The promise to the citizen may break wherever the record is.
    for status in (S.UNDER_REVIEW, S.ACCEPTED, S.FORWARDED, S.ACTION_TAKEN, S.RECALLED):
        yield Rule(
            status,
            E.SLA_BREACHED,
            status,
            _TIMER,
            ends={T.REMINDER, T.BREACH},
            tells={Audience.ASSIGNEE, Audience.NODAL},
        )

    # Back again: the report, the check of it, and its recall. A report may overtake our own push's answer.
    for status in (S.ACCEPTED, S.FORWARDED, S.RECALLED, S.ACTION_TAKEN):
        yield Rule(
            status, E.ACTION_TAKEN, S.ACTION_TAKEN, _PORTAL, ends=OFFICER_CLOCKS, tells={Audience.CITIZEN}
        )
    yield Rule(S.ACTION_TAKEN, E.FIELD_REPORTED, S.ACTION_TAKEN, _FIELD)
    yield Rule(
        S.ACTION_TAKEN,
        E.RECORD_CLOSED,
        S.CLOSED,
        _SYSTEM,
        ends=_EVERY_CLOCK - {T.STEP},
        tells={Audience.CITIZEN, Audience.LINKED},
    )
    yield Rule(
        S.ACTION_TAKEN,
        E.ATR_RECALLED,
        S.RECALLED,
        _SYSTEM,
        starts={*raised, T.STEP},
        tells=_OFFICE | {Audience.CITIZEN},
    )

    # What the citizen says of it. Who is dissatisfied in time is heard: it goes to the field once more.
    yield Rule(S.ACTION_TAKEN, E.FEEDBACK_RECEIVED, S.ACTION_TAKEN, _CALL_CENTRE)
    yield Rule(S.CLOSED, E.FEEDBACK_RECEIVED, S.CLOSED, _CALL_CENTRE)
    yield Rule(S.CLOSED, E.FEEDBACK_RECEIVED, S.ACTION_TAKEN, _CALL_CENTRE, ends=OFFICER_CLOCKS)

    # A number that rang after hours.
    again = {T.CALLBACK}
    yield Rule(S.AWAITING_CALLBACK, E.CALLBACK_DUE, S.AWAITING_CALLBACK, _TIMER, ends=again)
    yield Rule(S.AWAITING_CALLBACK, E.CALLBACK_COMPLETED, S.CALLED_BACK, _CALL_CENTRE, ends=again)
    yield Rule(S.AWAITING_CALLBACK, E.CALLBACK_COMPLETED, S.UNREACHABLE, _CALL_CENTRE, ends=again)


TABLE: tuple[Rule, ...] = tuple(_rows())
_TOLD = [(rule.event, officers) for rule in TABLE for officers in rule.tells & _OFFICERS_TOLD]
TELLS: Mapping[EventType, AbstractSet[Audience]] = {
    event: frozenset(officers for told, officers in _TOLD if told is event) for event, _ in _TOLD
}
"""Which officers may hear of an event; ``alerts.csv`` tells by which channels, with which message."""
TELLS_CITIZENS: Mapping[EventType, AbstractSet[Audience]] = {
    E.RECORD_REGISTERED: frozenset({Audience.CITIZEN}),
    **{rule.event: citizens for rule in TABLE if (citizens := rule.tells & _CITIZENS_TOLD)},
}
"""Which citizens may hear of an event; ``citizen_messages`` leaves out what is no news to them."""
_RULES: Mapping[tuple[Status, EventType], Sequence[Rule]] = {
    (status, event): [rule for rule in TABLE if (rule.status, rule.event) == (status, event)]
    for status, event in {(rule.status, rule.event) for rule in TABLE}
}

BIRTH: Mapping[Kind, Status] = {
    Kind.GRIEVANCE: S.REGISTERED,
    Kind.SUGGESTION: S.REGISTERED,
    Kind.ENQUIRY: S.REGISTERED,
    Kind.MISSED_CALL: S.AWAITING_CALLBACK,
}
"""In which status a record of each kind comes into the world."""
TOLD_AT_BIRTH: AbstractSet[Kind] = frozenset({Kind.GRIEVANCE, Kind.SUGGESTION, Kind.ENQUIRY})
"""Of which kinds the citizen is told that they were registered: who only rang waits for a call."""


def allows(record: Record, event: EventType) -> bool:
    """Whether that may happen to the record now."""
    return (record.status, event) in _RULES


def advance(
    record: Record,
    event: EventType,
    *,
    at: datetime,
    by: Actor,
    note: str,
    to: Status | None = None,
    data: Mapping[str, str | int | bool | None] | None = None,
    timers: Mapping[TimerKind, datetime] | None = None,
    **changes: object,
) -> Record:
    """The record after the event: new status, the event appended, clocks stopped and started.

    Args:
        record: as it stands.
        event: what happens.
        at: when.
        by: who made it happen.
        note: a sentence for the timeline, without personal data.
        to: which of several ends the event has here; None where the table has but one.
        data: the event's own fields on the bus, without personal data.
        timers: clocks to start; the table must name them.
        changes: other fields of the record that change with it.

    Raises:
        WrongState: the table has no such row; the message names the state.
        ValueError: the actor may not, or a clock is not the event's to start: a bug.
    """
    rules = _RULES.get((record.status, event))
    if rules is None:
        raise WrongState(f"{event} is not possible while the record is {record.status}")
    (rule,) = [one for one in rules if to in {None, one.to}]
    started = dict(timers or {})
    if by not in rule.by or not rule.starts >= started.keys():
        message = f"{event} by {by} may not start {sorted(started)}"
        raise ValueError(message)
    running = {kind: due for kind, due in record.timers.items() if kind not in rule.ends}
    happened = Event(
        sequence=len(record.events) + 1, type=event, at=at, by=by, note=note, data=dict(data or {})
    )
    return record.model_copy(
        update={
            **changes,
            "status": rule.to,
            "events": (*record.events, happened),
            "timers": {**running, **started},
        }
    )
