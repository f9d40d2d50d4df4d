"""What the data analysts do: see what waits, and decide."""

from __future__ import annotations

import json
from typing import Any

from functions.changing import change_once
from functions.domain import linking, review, second_look
from functions.domain import reference as references
from functions.domain.errors import Fault, NotFound, Refused
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.domain.registers import Registers
from functions.signed import SignedRequest
from functions.validate.contract import ClaimIn, DecisionIn, claimed, waiting


def list_waiting(outside: Ports, request: SignedRequest) -> dict[str, Any]:
    """A page of what waits for an analyst, emergencies first, then oldest first."""
    page = outside.records.waiting_for_review(request.limit, request.cursor)
    return {"items": [waiting(record) for record in page.records], "next": page.next}


def decide(outside: Ports, request: SignedRequest, reference: str, *, looked_at_twice: bool = False) -> str:
    """Keeps an analyst's decision; the bus carries it to the execution that waits.

    Args:
        outside: the ports.
        request: the POST.
        reference: which record.
        looked_at_twice: whether it takes two analysts to reject; the first one's is kept as a proposal then.

    Returns:
        The answer's body, JSON.

    Raises:
        Refused: the decision does not validate.
        WrongState: the record does not wait for review.
        Conflict: another analyst holds it, or is needed to reject it.
    """
    wire = request.read(DecisionIn)
    reject = second_look.reject if looked_at_twice else review.reject
    _hold_together(wire)
    duplicate_of = _existing(outside, wire.duplicate_of) if wire.duplicate_of is not None else None
    registry = outside.registry

    def apply(record: Record) -> Record:
        now = outside.clock.now()
        review.refuse_while_held(record, analyst_id=wire.analyst_id, at=now)
        match wire.decision:
            case "approve":
                return review.approve(record, analyst_id=wire.analyst_id, reason=wire.reason, at=now)
            case "reject":
                return reject(record, analyst_id=wire.analyst_id, reason=wire.reason or "", at=now)
            case "duplicate":
                return review.mark_duplicate(
                    record,
                    analyst_id=wire.analyst_id,
                    reason=wire.reason,
                    duplicate_of=_lead(outside, duplicate_of or "", record),
                    at=now,
                )
            case "amend":
                return review.amend(
                    record,
                    analyst_id=wire.analyst_id,
                    reason=wire.reason,
                    amendments=_amendments(wire, registry.registers()),
                    offices=registry.registers().offices,
                    levels=registry.service_levels(),
                    calendar=registry.calendar(),
                    at=now,
                    rules=registry.routing_rules(),
                )

    return change_once(
        outside,
        request,
        reference,
        apply,
        lambda record: json.dumps({"reference": record.reference, "status": record.status}),
    )


def claim(outside: Ports, request: SignedRequest, reference: str) -> str:
    """Keeps that an analyst looks at it.

    Returns:
        The answer's body, JSON: until when.

    Raises:
        Refused: it does not validate.
        WrongState: the record does not wait for review.
        Conflict: another analyst holds it.
    """
    wire = request.read(ClaimIn)
    return change_once(
        outside,
        request,
        reference,
        lambda record: review.claimed(record, analyst_id=wire.analyst_id, at=outside.clock.now()),
        lambda record: json.dumps(claimed(record)),
    )


def _amendments(wire: DecisionIn, registers: Registers) -> dict[str, object]:
    changed = wire.amendments.model_dump(exclude_unset=True) if wire.amendments else {}
    if "district" in changed:
        changed["district"] = registers.district_in_force(changed["district"])
    return changed


def _hold_together(wire: DecisionIn) -> None:
    """Refuses a decision that lacks what it needs, or brings what belongs to another one.

    Raises:
        Refused: with each place.
    """
    faults: list[Fault] = []
    if wire.decision == "reject" and not (wire.reason or "").strip():
        faults.append(Fault("/reason", "a rejection needs a reason"))
    if (wire.decision == "duplicate") != (wire.duplicate_of is not None):
        faults.append(Fault("/duplicate_of", "is required for a duplicate, and only then"))
    amends = wire.amendments is not None and bool(wire.amendments.model_fields_set)
    if (wire.decision == "amend") != amends:
        faults.append(Fault("/amendments", "at least one is required to amend, and only then"))
    if wire.amendments is not None and "summary" in wire.amendments.model_fields_set:
        faults += [] if wire.amendments.summary else [Fault("/amendments/summary", "cannot be cleared")]
    if faults:
        raise Refused(*faults)


def _lead(outside: Ports, named: str, record: Record) -> str:
    """Reference of the lead of a record that exists: a duplicate is linked to what goes on for it.

    Raises:
        Refused: the record that is decided goes on for the named one, and neither would lead; or the named
            one's lead cannot go on for it.
    """
    lead = linking.lead(outside.records.load(named), outside.records.load)
    if lead.reference == record.reference != named:
        raise Refused(Fault("/duplicate_of", "that record is a duplicate of this one"))
    why_not = linking.why_not_lead(lead, record)
    if why_not is not None:
        raise Refused(Fault("/duplicate_of", why_not))
    return lead.reference


def _existing(outside: Ports, text: str) -> str:
    """The reference of a record that exists.

    Raises:
        Refused: it is mistyped, or there is no such record.
    """
    try:
        return outside.records.load(references.parse(text, at="/duplicate_of")).reference
    except NotFound:
        raise Refused(Fault("/duplicate_of", "there is no record of this reference")) from None
