"""What the field validation teams ask for and bring."""

from __future__ import annotations

import json
from typing import Any

from functions import officers
from functions.changing import change_once
from functions.domain import redress, review
from functions.domain import reference as references
from functions.domain.calendar import IST
from functions.domain.errors import Fault, Refused
from functions.domain.office import OfficeKind
from functions.domain.ports import Ports
from functions.domain.record import FieldReport, Record
from functions.recall.contract import FieldReportIn, to_be_checked
from functions.signed import SignedRequest

NO_DISTRICT = ""


def list_assignments(outside: Ports, request: SignedRequest) -> dict[str, Any]:
    """A page of what is due for a field check, the longest waiting first.

    Raises:
        Refused: the district is in no register.
    """
    offices = outside.registry.registers().offices
    known = [code for code, office in offices.items() if office.kind is OfficeKind.DISTRICT]
    district = request.query.get("district")
    if district is not None and district not in known:
        raise Refused(Fault(None, "no revenue district of this code is in the register"))
    wanted = [district] if district is not None else [*known, NO_DISTRICT]
    page = outside.records.waiting_for_field_check(wanted, request.limit, request.cursor)
    return {"items": [to_be_checked(record) for record in page.records], "next": page.next}


def take(outside: Ports, request: SignedRequest) -> str:
    """Keeps a visit and what follows from it: closed, or recalled.

    Returns:
        The answer's body, JSON.

    Raises:
        Refused: it does not validate.
        NotFound: there is no such record.
        Conflict: no action was reported, or the visit lies before the report in force.
    """
    wire = request.read(FieldReportIn)
    reference = references.parse(wire.reference, at="/reference")
    registry = outside.registry
    on_roster = registry.on_roster(wire.executive_id, wire.visited_at.astimezone(IST).date())

    def decide(record: Record) -> Record:
        now = outside.clock.now()
        level = review.level_of(record, registry.service_levels())
        return redress.field_reported(
            record,
            _visit(wire, record),
            standard=registry.registers().standard,
            on_roster=on_roster,
            term=level.term(now, registry.calendar()) if level else None,
            again_to=officers.for_record(outside, record),
            at=now,
        )

    return change_once(outside, request, reference, decide, _answer)


def _visit(wire: FieldReportIn, record: Record) -> FieldReport:
    return FieldReport(
        atr=record.atr.number if record.atr else 0,
        executive_id=wire.executive_id,
        visited_at=wire.visited_at,
        checks=wire.checks,
        remark=wire.remark,
        evidence=tuple(str(url) for url in wire.evidence),
    )


def _answer(record: Record) -> str:
    return json.dumps({"reference": record.reference, "status": record.status})
