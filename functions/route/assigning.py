"""Who gets it."""

from __future__ import annotations

from functions import officers
from functions.changing import change
from functions.domain import forwarding, routing
from functions.domain.ports import Ports
from functions.domain.record import Record

NO_OFFICER = "no_officer"


def assign(outside: Ports, reference: str) -> str:
    """Gives the record to the officer in charge.

    Returns:
        ``routed``, also when it was before; ``no_officer`` when not even the CMO Grievance Cell has one.
    """
    record = outside.records.load(reference)
    if not forwarding.needs_routing(record):
        return "routed"
    registry = outside.registry
    leads = routing.office_of(record, registry.registers().offices, registry.routing_rules())
    if leads is None:
        return "routed"
    found = officers.in_charge(outside, leads)
    if found is None:
        return NO_OFFICER
    office, officer = found

    def give(current: Record) -> Record:
        if not forwarding.needs_routing(current):
            return current
        return forwarding.assigned(current, office=office, officer=officer, at=outside.clock.now())

    change(outside, reference, give)
    return "routed"
