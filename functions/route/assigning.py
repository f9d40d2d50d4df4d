"""Who gets it."""

from __future__ import annotations

from functions import officers
from functions.changing import change
from functions.domain import forwarding
from functions.domain.ports import Ports
from functions.domain.record import Record

NO_OFFICER = "no_officer"
NO_OFFICER_YET = "no_officer_yet"


def assign(outside: Ports, reference: str) -> str:
    """Gives the record to the officer in charge.

    Returns:
        ``routed``, also when it was before; ``no_officer`` when not even the CMO Grievance Cell has one, and
        ``no_officer_yet`` while the portal is yet to take the record in and somebody may still be named.
    """
    record = outside.records.load(reference)
    if not forwarding.needs_routing(record) or record.subject is None:
        return "routed"
    found = officers.for_record(outside, record)
    if found is None:
        return NO_OFFICER_YET if forwarding.needs_push(record) else NO_OFFICER
    office, officer = found

    def give(current: Record) -> Record:
        if not forwarding.needs_routing(current):
            return current
        return forwarding.assigned(current, office=office, officer=officer, at=outside.clock.now())

    change(outside, reference, give)
    return "routed"
