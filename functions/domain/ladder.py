"""The acknowledgement ladder: who is tried next while nobody acknowledges an emergency (SOP, 3D).

It only calls people: the record stays with whom it is with. That the matter goes up is the service level's
affair, see ``clock``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from functions.domain import lifecycle
from functions.domain.alert_rules import RUNG
from functions.domain.assignment import awaits_redress, facts
from functions.domain.model import Value
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.record import Actor, Assignment, EventType, Record, TimerKind

PAUSE = timedelta(minutes=15)
"""How long whoever was told last has to acknowledge before the next one is tried."""

_NOTES = {
    1: "Not acknowledged: the officer is tried once more, by other ways",
    2: "Not acknowledged: the head of the office is tried",
    3: "Not acknowledged: the apex of the office is tried",
    4: "Not acknowledged: the CMO Grievance Cell is tried",
}


class Rung(Value):
    """One attempt to reach somebody.

    Attributes:
        number: 1 the officer once more, 2 the head of the office, 3 its apex, 4 the CMO Grievance Cell.
        office: code of the office of whoever is tried.
        level: of the post.
    """

    number: int
    office: str
    level: Level


def rungs(assignment: Assignment, *, has_apex: bool) -> Sequence[Rung]:
    """All rungs of an assignment, the lowest first; none tries a post a second time but the first one.

    Args:
        assignment: whom the record is with.
        has_apex: whether the office of it has an apex of its own.
    """
    office, level = assignment.office, assignment.level
    posts = [(1, office, level)]
    if level is Level.NODAL:
        posts.append((2, office, Level.HEAD))
    if has_apex and level is not Level.APEX and office != CMO_GRIEVANCE_CELL:
        posts.append((3, office, Level.APEX))
    if (office, level) != (CMO_GRIEVANCE_CELL, Level.APEX):
        posts.append((4, CMO_GRIEVANCE_CELL, Level.APEX))
    return [Rung(number=number, office=office, level=level) for number, office, level in posts]


def left(record: Record, *, has_apex: bool) -> Sequence[Rung]:
    """The rungs that are yet to be tried, the next one first; none when nobody need be tried.

    Args:
        record: any.
        has_apex: as for :func:`rungs`.
    """
    if record.assignment is None or not is_unacknowledged(record):
        return ()
    return [rung for rung in rungs(record.assignment, has_apex=has_apex) if rung.number > record.rung]


def is_unacknowledged(record: Record) -> bool:
    """Whether it is an emergency that an officer has, is yet to redress, and that nobody acknowledged."""
    return record.is_emergency and awaits_redress(record) and record.acknowledged_at is None


def watch(record: Record, at: datetime) -> Mapping[TimerKind, datetime]:
    """The clock to start when an emergency is given to an officer; none for any other record."""
    given = record.is_emergency and record.assignment is not None and record.acknowledged_at is None
    return {TimerKind.ACKNOWLEDGEMENT: at + PAUSE} if given else {}


def tried(record: Record, rung: Rung, *, at: datetime) -> Record:
    """The record of which somebody is told once more; while there is a rung above, its clock starts.

    Args:
        record: unacknowledged.
        rung: one of those left, whose post somebody holds.
        at: now.
    """
    last = (rung.office, rung.level) == (CMO_GRIEVANCE_CELL, Level.APEX)
    return lifecycle.advance(
        record,
        EventType.SLA_REMINDER_DUE,
        at=at,
        by=Actor.SLA_TIMER,
        note=_NOTES[rung.number],
        data={**facts(record), "office": rung.office, "level": rung.level, RUNG: rung.number},
        timers={} if last else {TimerKind.ACKNOWLEDGEMENT: at + PAUSE},
        rung=rung.number,
    )


def nobody_to_try(record: Record, at: datetime) -> Record:
    """Nobody is told now; where that is because the posts that are left are vacant, its clock starts anew."""
    # The Cell's is the last rung of all: as long as it is left, somebody is to be tried once he is named.
    if not left(record, has_apex=False):
        return record
    return record.model_copy(update={"timers": {**record.timers, TimerKind.ACKNOWLEDGEMENT: at + PAUSE}})
