"""Whom a record is with: given to an officer, and told on the bus."""

from __future__ import annotations

from datetime import datetime

from functions.domain.office import Office, Officer
from functions.domain.record import OFFICER_CLOCKS, Assignment, Record, Status

FORMER = "former"
"""The field of an event that tells that the assignment's officer succeeds another one, and who that was."""

ALSO = "also"
"""The field of an event that tells which office is told of it for information."""

_NOT_REDRESSED = frozenset({Status.UNDER_REVIEW, Status.ACCEPTED, Status.FORWARDED, Status.RECALLED})


def give(record: Record, office: Office, officer: Officer, at: datetime, also: str | None = None) -> Record:
    """The record with that officer, who has acknowledged nothing yet; what follows is the caller's.

    Args:
        also: code of the office that is told for information; None for none.
    """
    assignment = Assignment(
        number=record.assignment_number + 1,
        office=office.code,
        officer=officer.designation,
        level=officer.level,
        since=at,
        holder=officer.holder,
        also=also,
    )
    return record.model_copy(update={"assignment": assignment, "acknowledged_at": None, "rung": 0})


def withdrawn(record: Record) -> Record:
    """The record taken from its office, which it turned out not to concern.

    Nobody's clock runs any more, and with the next office it begins from below.
    """
    if record.assignment is None:
        return record
    running = {kind: due for kind, due in record.timers.items() if kind not in OFFICER_CLOCKS}
    assignment = record.assignment.model_copy(update={"withdrawn": True})
    return record.model_copy(update={"assignment": assignment, "timers": running, "escalation": 0})


def is_assigned(record: Record) -> bool:
    """Whether an officer has it."""
    return record.assignment is not None and not record.assignment.withdrawn


def awaits_redress(record: Record) -> bool:
    """Whether an officer has it and is yet to report what was done: it is open with his office."""
    return is_assigned(record) and record.status in _NOT_REDRESSED


def may_come_back(record: Record) -> bool:
    """Whether its office reported on it and it is not closed: a recall gives it to that office again."""
    return is_assigned(record) and record.status is Status.ACTION_TAKEN


def facts(record: Record) -> dict[str, str | int | bool | None]:
    """What an event tells of whom the record is with, and whether it is an emergency."""
    assignment = record.assignment
    return {
        "emergency": record.is_emergency,
        "office": assignment.office if assignment else None,
        "level": assignment.level if assignment else None,
        "assignment": assignment.number if assignment else None,
    }
