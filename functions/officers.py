"""Who is in charge, as the registry has it today."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain import ladder, routing
from functions.domain.calendar import IST
from functions.domain.ladder import Rung
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer, in_post
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.observability import count, logger

Charge = tuple[Office, Officer]


def for_record(outside: Ports, record: Record) -> Charge | None:
    """Whose a record is by the rules in force, now or at a recall.

    None where it has no matter, and while not even the CMO Grievance Cell has an officer.
    """
    registry = outside.registry
    leads = routing.office_of(record, registry.registers().offices, registry.routing_rules())
    return in_charge(outside, leads) if leads is not None else None


def in_charge(outside: Ports, office: Office) -> Charge | None:
    """The office's nodal officer; without one its head; without both the CMO Grievance Cell.

    That an office has no nodal officer is told loudly: the SOP says that it has one.
    """
    return _first(outside, office, (Level.NODAL, Level.HEAD)) or _cell(outside)


def above(outside: Ports, record: Record) -> Charge | None:
    """Who is next above the officer that has the record: the office's head, then the CMO Grievance Cell."""
    assignment = record.assignment
    if assignment is None or assignment.level is Level.APEX:
        return None
    office = outside.registry.registers().offices[assignment.office]
    head = _first(outside, office, (Level.HEAD,)) if assignment.level is Level.NODAL else None
    return head or _cell(outside)


def to_try(outside: Ports, record: Record) -> Rung | None:
    """Who is tried next while nobody acknowledges an emergency; a post that nobody holds is passed over."""
    assignment = record.assignment
    if assignment is None:
        return None
    registry = outside.registry
    has_apex = any(one.level is Level.APEX for one in registry.officers_of(assignment.office))
    offices = registry.registers().offices
    rungs = ladder.left(record, has_apex=has_apex)
    return next((rung for rung in rungs if _first(outside, offices[rung.office], (rung.level,))), None)


def _first(outside: Ports, office: Office, levels: Sequence[Level]) -> Charge | None:
    today = outside.clock.now().astimezone(IST).date()
    officers = outside.registry.officers_of(office.code)
    for level in levels:
        if officer := in_post(officers, level, today):
            return office, officer
        count("OfficerMissing")
        logger.warning("nobody holds the post", office=office.code, post=level)
    return None


def _cell(outside: Ports) -> Charge | None:
    cell = outside.registry.registers().offices[CMO_GRIEVANCE_CELL]
    return _first(outside, cell, (Level.APEX,))
