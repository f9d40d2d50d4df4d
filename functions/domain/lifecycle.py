"""THE table: what may happen to a record in which state, by whom, and what follows.

Everything that changes a record's state goes through :func:`advance`, and :func:`advance` knows only this
table. A new status or event is a new row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from functions.domain.errors import WrongState
from functions.domain.office import Level
from functions.domain.record import Actor, Event, EventType, Kind, Record, Status, TimerKind

E = EventType
S = Status
T = TimerKind


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
        tells: which officers of the office in charge are alerted.
    """

    status: Status
    event: EventType
    to: Status
    by: frozenset[Actor]
    starts: frozenset[TimerKind] = field(default_factory=frozenset)
    ends: frozenset[TimerKind] = field(default_factory=frozenset)
    tells: frozenset[Level] = field(default_factory=frozenset)


def _by(*actors: Actor) -> frozenset[Actor]:
    return frozenset(actors)


_REVIEW_CLOCK = frozenset({T.REVIEW_DEADLINE})
_OFFICE = frozenset({Level.NODAL, Level.HEAD})
_SYSTEM = _by(Actor.SYSTEM)
_ANALYST = _by(Actor.DATA_ANALYST)
_OFFICERS = _by(Actor.NODAL_OFFICER, Actor.HEAD_OF_OFFICE)

TABLE: tuple[Rule, ...] = (
    Rule(S.REGISTERED, E.REVIEW_REQUESTED, S.UNDER_REVIEW, _SYSTEM, starts=_REVIEW_CLOCK),
    Rule(
        S.UNDER_REVIEW,
        E.RECORD_ACCEPTED,
        S.ACCEPTED,
        _by(Actor.DATA_ANALYST, Actor.SYSTEM),
        ends=_REVIEW_CLOCK,
    ),
    Rule(S.UNDER_REVIEW, E.RECORD_REJECTED, S.REJECTED, _ANALYST, ends=_REVIEW_CLOCK),
    Rule(S.UNDER_REVIEW, E.RECORD_MARKED_DUPLICATE, S.DUPLICATE, _ANALYST, ends=_REVIEW_CLOCK),
    # The portal refused it: the analysts see its reason and decide again.
    Rule(S.ACCEPTED, E.REVIEW_REQUESTED, S.UNDER_REVIEW, _SYSTEM, starts=_REVIEW_CLOCK),
    Rule(S.ACCEPTED, E.PUSHED_TO_PORTAL, S.ACCEPTED, _SYSTEM),
    Rule(S.ACCEPTED, E.EMERGENCY_RAISED, S.ACCEPTED, _SYSTEM, tells=_OFFICE),
    Rule(S.ACCEPTED, E.RECORD_FORWARDED, S.FORWARDED, _SYSTEM, tells=_OFFICE),
    # An emergency is with the officer before the portal has it.
    Rule(S.ACCEPTED, E.ALERT_ACKNOWLEDGED, S.ACCEPTED, _OFFICERS),
    Rule(S.FORWARDED, E.ALERT_ACKNOWLEDGED, S.FORWARDED, _OFFICERS),
)
TELLS: Mapping[EventType, frozenset[Level]] = {rule.event: rule.tells for rule in TABLE if rule.tells}
"""Which officers hear of an event."""
_ROWS = {(rule.status, rule.event): rule for rule in TABLE}

BIRTH: Mapping[Kind, Status] = {
    Kind.GRIEVANCE: S.REGISTERED,
    Kind.SUGGESTION: S.REGISTERED,
    Kind.ENQUIRY: S.REGISTERED,
    Kind.MISSED_CALL: S.AWAITING_CALLBACK,
}
"""In which status a record of each kind comes into the world."""


def allows(record: Record, event: EventType) -> bool:
    """Whether that may happen to the record now."""
    return (record.status, event) in _ROWS


def advance(
    record: Record,
    event: EventType,
    *,
    at: datetime,
    by: Actor,
    note: str,
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
        data: the event's own fields on the bus, without personal data.
        timers: clocks to start; the table must name them.
        changes: other fields of the record that change with it.

    Raises:
        WrongState: the table has no such row; the message names the state.
        ValueError: the actor may not, or a clock is not the event's to start: a bug.
    """
    rule = _ROWS.get((record.status, event))
    if rule is None:
        raise WrongState(f"{event} is not possible while the record is {record.status}")
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
