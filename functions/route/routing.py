"""Who gets it."""

from __future__ import annotations

from functions.changing import change
from functions.domain import forwarding
from functions.domain import routing as rules
from functions.domain.calendar import IST
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer, in_post
from functions.domain.ports import Ports
from functions.domain.record import Record

NO_OFFICER = "no_officer"


def assign(outside: Ports, reference: str) -> str:
    """Gives the record to the officer in charge.

    Returns:
        ``routed``, also when it was before; ``no_officer`` when not even the CMO Grievance Cell has one.
    """
    record = outside.records.load(reference)
    if not forwarding.needs_routing(record) or record.subject is None:
        return "routed"
    found = _find(outside, rules.office_for(record.subject, outside.registry.registers().offices))
    if found is None:
        return NO_OFFICER
    office, officer = found

    def give(current: Record) -> Record:
        if not forwarding.needs_routing(current):
            return current
        return forwarding.assigned(current, office=office, officer=officer, at=outside.clock.now())

    change(outside, reference, give)
    return "routed"


def _find(outside: Ports, office: Office) -> tuple[Office, Officer] | None:
    """The office's officer in post; without one, the CMO Grievance Cell's."""
    today = outside.clock.now().astimezone(IST).date()
    officer = rules.officer_in(outside.registry.officers_of(office.code), today)
    if officer is not None:
        return office, officer
    cell = outside.registry.registers().offices[CMO_GRIEVANCE_CELL]
    apex = in_post(outside.registry.officers_of(CMO_GRIEVANCE_CELL), Level.APEX, today)
    return (cell, apex) if apex is not None else None
