"""Who is in charge, as the registry has it today."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain.calendar import IST
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer, in_post
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.observability import count, logger

Charge = tuple[Office, Officer]


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


def _first(outside: Ports, office: Office, levels: Sequence[Level]) -> Charge | None:
    today = outside.clock.now().astimezone(IST).date()
    officers = outside.registry.officers_of(office.code)
    for level in levels:
        if officer := in_post(officers, level, today):
            return office, officer
        count("OfficerMissing")
        logger.warning("nobody holds the post", office=office.code, level=level)
    return None


def _cell(outside: Ports) -> Charge | None:
    cell = outside.registry.registers().offices[CMO_GRIEVANCE_CELL]
    return _first(outside, cell, (Level.APEX,))
