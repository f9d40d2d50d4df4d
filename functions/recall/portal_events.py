"""What the portal tells: reports, transfers, and what it only wants to have said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from functions import officers
from functions.changing import change_once
from functions.domain import forwarding, redress, registration, routing
from functions.domain import reference as references
from functions.domain.errors import (
    Fault,
    GrievanceError,
    KeyReused,
    Outrun,
    Refused,
    Unavailable,
    WrongState,
)
from functions.domain.model import CLOCK_DIFFERENCE
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.observability import count, logger
from functions.recall.contract import PortalEventIn
from functions.recall.kept_event import KeptEvent
from functions.signed import SignedRequest


@dataclass(frozen=True)
class Outcome:
    """What is answered.

    Attributes:
        kept: whether the grievance is not known yet, and the event was kept for it.
    """

    body: str
    kept: bool


def take(outside: Ports, request: SignedRequest) -> Outcome:
    """Applies an event of the portal, or keeps it until we know the grievance.

    Raises:
        Refused: it does not validate.
        NotFound: there is no record of that reference.
        WrongState: the record is not where such a thing can happen.
        KeyReused: its ``webhook-id`` came before with another request.
    """
    wire = request.read(PortalEventIn)
    in_force = outside.registry.registers().district_in_force(wire.district)
    wire = wire.model_copy(update={"district": in_force})
    _hold_together(wire, outside)
    kept = json.dumps({"portal_id": wire.portal_id, "status": "kept"})
    reference = _reference_of(outside, wire)
    if reference is None:
        body = _keep(outside, request, wire, kept)
    else:
        body = change_once(outside, request, reference, _decision(outside, wire), _answer)
    # A repeat gets the first answer, also where the id became known in between.
    if body != kept:
        return Outcome(body, kept=False)
    # The push may have had its answer since we looked, or the request that kept it have ended before it
    # matched it: then nobody else would find what we kept.
    match_kept(outside, str(wire.portal_id))
    return Outcome(body, kept=True)


def match_kept(outside: Ports, portal_id: str) -> int:
    """Applies what was kept for an id that is known now, each event once; how many events that were.

    Raises:
        Unavailable: the table is out; what is left is matched when it is tried again.
    """
    reference = outside.records.by_portal_id(portal_id)
    if reference is None:
        return 0
    kept = outside.pending_events.of(portal_id)
    for key, event in kept:
        wire = PortalEventIn.model_validate_json(event)
        try:
            change_once(outside, KeptEvent(portal_id, key), reference, _decision(outside, wire), _answer)
        except Unavailable:
            raise
        except GrievanceError as error:
            # It was answered long ago: all that is left is to tell that it came to nothing.
            count("PortalEventUnmatched")
            logger.warning("kept event came to nothing", error=type(error).__name__, reference=reference)
        outside.pending_events.drop(portal_id, key)
    return len(kept)


def _keep(outside: Ports, request: SignedRequest, wire: PortalEventIn, answer: str) -> str:
    """Keeps the event until its id is known, once; the first answer to it."""
    earlier = outside.records.receipt(request.sender, request.webhook_id)
    if earlier is None:
        try:
            outside.pending_events.keep(
                str(wire.portal_id), wire.model_dump_json(), request.receipt(outside, answer)
            )
        except Outrun:
            earlier = outside.records.receipt(request.sender, request.webhook_id)
    if earlier is None:
        return answer
    if earlier.fingerprint != request.fingerprint:
        raise KeyReused("this webhook-id came before with another request")
    return earlier.answer


def _reference_of(outside: Ports, wire: PortalEventIn) -> str | None:
    if wire.reference is None:
        return outside.records.by_portal_id(str(wire.portal_id))
    return references.parse(wire.reference, at="/reference")


def _hold_together(wire: PortalEventIn, outside: Ports) -> None:
    faults: list[Fault] = []
    if wire.reference is None and wire.portal_id is None:
        faults.append(Fault("", "a portal_id or a reference is required"))
    if wire.at > outside.clock.now() + CLOCK_DIFFERENCE:
        faults.append(Fault("/at", "lies more than five minutes in the future"))
    if wire.type == "action_taken" and wire.report is None:
        faults.append(Fault("/report", "is required of an action taken report"))
    named = (wire.department, wire.district, wire.police_office)
    if wire.type == "transferred" and not any(named):
        faults.append(Fault("", "a transfer names a department, a district or a police office"))
    if wire.type != "transferred" and any(named):
        faults.append(Fault("", "only a transfer names an office"))
    faults += registration.faults_of_offices(*named, outside.registry.registers().offices, at="")
    if faults:
        raise Refused(*faults)


def _answer(record: Record) -> str:
    return json.dumps({"reference": record.reference, "status": record.status})


def _decision(outside: Ports, wire: PortalEventIn) -> Callable[[Record], Record]:
    """The pure decision that the event asks for."""

    def decide(record: Record) -> Record:
        now = outside.clock.now()
        match wire.type:
            case "action_taken":
                return redress.action_taken(
                    record, at=wire.at, officer=wire.officer, report=wire.report or "", received_at=now
                )
            case "transferred":
                return _transfer(outside, record, wire)
            case "accepted" | "reminder_sent":
                return redress.heard_from_portal(record, wire.type, wire.at)

    return decide


def _transfer(outside: Ports, record: Record, wire: PortalEventIn) -> Record:
    if record.subject is None:
        raise WrongState(f"a transfer is not possible while the record is {record.status}")
    changed: dict[str, Any] = {"police_office": wire.police_office}
    changed |= {"department": wire.department} if wire.department else {}
    changed |= {"district": wire.district} if wire.district else {}
    if wire.district and not wire.department and not wire.police_office:
        changed["department"] = None
    subject = record.subject.model_copy(update=changed)
    charge = officers.in_charge(outside, routing.office_for(subject, outside.registry.registers().offices))
    if charge is None:
        raise Unavailable("officers", 60)
    office, officer = charge
    return forwarding.transferred(
        record, subject=subject, office=office, officer=officer, at=outside.clock.now()
    )
