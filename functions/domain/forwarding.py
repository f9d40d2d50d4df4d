"""Into the CMO Grievance Portal and to the officer (SOP, 3B to 3D, 5 and 6).

The two are independent facts: ``portal_id`` says that the portal has it, ``assignment`` that an officer has
it. Whichever comes second makes the record ``forwarded``. Ordinary grievances go to the portal first; an
emergency's officer never waits for the portal.
"""

from __future__ import annotations

from datetime import datetime

from functions.domain import lifecycle
from functions.domain.errors import WrongState
from functions.domain.office import Level, Office, Officer
from functions.domain.record import Actor, Assignment, EventType, Finding, Record, Status

PORTAL_REFUSED = "portal-refused"


def _forward_if_complete(record: Record, at: datetime) -> Record:
    if record.portal_id is None or record.assignment is None:
        return record
    return lifecycle.advance(
        record,
        EventType.RECORD_FORWARDED,
        at=at,
        by=Actor.SYSTEM,
        note=f"Forwarded to {record.assignment.officer}, {record.assignment.office}",
        data={
            "office": record.assignment.office,
            "level": record.assignment.level,
            "assignment": record.assignment.number,
            "emergency": record.is_emergency,
        },
    )


def needs_push(record: Record) -> bool:
    """Whether the portal has yet to get it."""
    return record.status is Status.ACCEPTED and record.portal_id is None


def needs_routing(record: Record) -> bool:
    """Whether an officer has yet to get it."""
    return record.status is Status.ACCEPTED and record.assignment is None


def pushed(record: Record, *, portal_id: str, at: datetime) -> Record:
    """The portal holds it under that id.

    Raises:
        WrongState: it is not accepted, or no longer.
    """
    record = lifecycle.advance(
        record,
        EventType.PUSHED_TO_PORTAL,
        at=at,
        by=Actor.SYSTEM,
        note="Entered in the CMO Grievance Portal",
        data={"portal_id": portal_id, "emergency": record.is_emergency},
        portal_id=portal_id,
    )
    return _forward_if_complete(record, at)


def refused_by_portal(reason: str) -> Finding:
    """What the analysts see of a grievance that the portal refused.

    Args:
        reason: the portal's words.
    """
    return Finding(code=PORTAL_REFUSED, severity="warning", text=f"The portal refused it: {reason[:500]}")


def assigned(record: Record, *, office: Office, officer: Officer, at: datetime) -> Record:
    """The record is with that officer; an emergency is raised at once, portal or not.

    Raises:
        WrongState: it is not accepted, or no longer.
    """
    if record.status is not Status.ACCEPTED:
        raise WrongState(f"an officer cannot be named while the record is {record.status}")
    number = record.assignment.number + 1 if record.assignment else 1
    assignment = Assignment(
        number=number, office=office.code, officer=officer.designation, level=officer.level, since=at
    )
    record = record.model_copy(update={"assignment": assignment, "acknowledged_at": None})
    if record.is_emergency:
        record = lifecycle.advance(
            record,
            EventType.EMERGENCY_RAISED,
            at=at,
            by=Actor.SYSTEM,
            note=f"Emergency raised with {officer.designation}, {office.code}",
            data={"office": office.code, "level": officer.level, "assignment": number},
        )
    return _forward_if_complete(record, at)


def acknowledged(record: Record, *, level: Level, assignment: int, at: datetime) -> Record:
    """The officer, or the head of the office, has seen the alert.

    Args:
        level: who of the office: the one that the link was made for.
        assignment: the assignment that the link was made for.

    Raises:
        WrongState: nobody can acknowledge it in its state.
    """
    actor = Actor.NODAL_OFFICER if level is Level.NODAL else Actor.HEAD_OF_OFFICE
    return lifecycle.advance(
        record,
        EventType.ALERT_ACKNOWLEDGED,
        at=at,
        by=actor,
        note="Alert acknowledged",
        data={"level": level, "assignment": assignment},
        acknowledged_at=at,
    )
