"""The wire models of what comes back from the portal and the field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, Field, StringConstraints

from functions.domain.model import Moment, Value
from functions.domain.record import Checks, Record
from functions.domain.text import Code, Details, Name, Remark
from functions.wire import shown

PortalId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]


class PortalEventIn(Value):
    """The body of ``POST /v1/portal/events``."""

    portal_id: PortalId | None = None
    reference: str | None = None
    type: Literal["action_taken", "accepted", "transferred", "reminder_sent"]
    at: Moment
    officer: Name | None = None
    report: Details | None = None
    department: Code | None = None
    district: Code | None = None
    police_office: Code | None = None


class FieldReportIn(Value):
    """The body of ``POST /v1/field/reports``."""

    reference: str
    executive_id: Code
    visited_at: Moment
    checks: Checks
    remark: Remark | None = None
    evidence: Annotated[tuple[AnyHttpUrl, ...], Field(max_length=20)] = ()


def to_be_checked(record: Record) -> dict[str, Any]:
    """A record as the field team sees it: the complaint, what is said to have been done, whom to ask."""
    atr = record.atr
    return {
        "reference": record.reference,
        "portal_id": record.portal_id,
        "emergency": record.is_emergency,
        "action_taken_at": shown(atr.at) if atr else None,
        "report": atr.report if atr else None,
        "officer": atr.officer if atr else None,
        "recalls": record.recalls,
        "caller": record.caller.model_dump(mode="json"),
        "subject": record.subject.model_dump(mode="json") if record.subject else None,
    }
