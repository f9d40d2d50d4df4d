"""The wire models of what comes back from the portal and the field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, Field, StringConstraints

from functions.domain.leaving import caller_to_show, report_to_show, subject_to_show
from functions.domain.model import Moment, Value
from functions.domain.phone import Phone
from functions.domain.record import Caller, Checks, Record, Status, Subject
from functions.domain.text import Code, Details, Language, Name, Remark
from functions.wire import Cursor, Reference, shown

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
    """A record as the field team sees it: the complaint, what is said to have been done, whom to ask.

    Personal identifiers in free text are masked: a visit needs none.
    """
    atr = report_to_show(record.atr) if record.atr else None
    return {
        "reference": record.reference,
        "portal_id": record.portal_id,
        "emergency": record.is_emergency,
        "action_taken_at": shown(atr.at) if atr else None,
        "report": atr.report if atr else None,
        "officer": atr.officer if atr else None,
        "recalls": record.recalls,
        "caller": caller_to_show(record.caller).model_dump(mode="json"),
        "subject": subject_to_show(record.subject).model_dump(mode="json") if record.subject else None,
    }


# What is answered; as in every room, the models are the description of the dicts.


class PortalEventKept(Value, defer_build=True):
    """An event of a grievance that is not known yet: it is kept, and applied as soon as it is."""

    portal_id: PortalId
    status: Literal["kept"]


class AssignmentItem(Value, defer_build=True):
    """A record that is due for a field check: the complaint, what is said to have been done, whom to ask.

    Attributes:
        action_taken_at: when the report was made, IST.
        report: the Action Taken Report in force.
        officer: who made it, in the portal's words.
        recalls: how often a report of this record was recalled before.
    """

    reference: Reference
    portal_id: str | None
    emergency: bool
    action_taken_at: Moment | None
    report: str | None
    officer: str | None
    recalls: int
    caller: Caller
    subject: Subject | None


class AssignmentList(Value, defer_build=True):
    """A page of what is due for a field check, the longest waiting first."""

    items: tuple[AssignmentItem, ...]
    next: Cursor | None


class FeedbackItem(Value, defer_build=True):
    """A citizen to be asked about the redress.

    Attributes:
        phone: the number to call.
        language: the language spoken.
        summary: what the citizen complained of.
        report: what is said to have been done.
        reported_at: when that reached us, IST.
    """

    reference: Reference
    status: Status
    phone: Phone
    name: str | None
    language: Language | None
    summary: str | None
    report: str | None
    reported_at: Moment | None


class FeedbackList(Value, defer_build=True):
    """A page of whom to ask, the longest ago first."""

    items: tuple[FeedbackItem, ...]
    next: Cursor | None
