"""The wire models of validation."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from functions.domain import second_look
from functions.domain.model import Moment, Value
from functions.domain.record import Caller, Finding, Record, Subject
from functions.domain.text import Code, Details, Name, Remark, Summary
from functions.wire import Cursor, Reference, shown


class Amendments(Value):
    """What an analyst corrects; only fields that are sent change, null clears an optional one."""

    department: Code | None = None
    scheme: Name | None = None
    category: Name | None = None
    district: Code | None = None
    block: Name | None = None
    police_office: Code | None = None
    summary: Summary | None = None
    details: Details | None = None


class DecisionIn(Value):
    """The body of ``POST /v1/call-centre/reviews/{reference}``."""

    analyst_id: Code
    decision: Literal["approve", "reject", "duplicate", "amend"]
    reason: Remark | None = None
    duplicate_of: str | None = None
    amendments: Amendments | None = None


class ClaimIn(Value):
    """The body of ``POST /v1/call-centre/reviews/{reference}/claim``."""

    analyst_id: Code


def claimed(record: Record) -> dict[str, Any]:
    """The answer to a claim."""
    held = record.review.claim if record.review else None
    return {"until": shown(held.until if held else None)}


def waiting(record: Record) -> dict[str, Any]:
    """A record as the analysts see it: with the caller's data, which they need to judge.

    Its identifiers stand unmasked, unlike in what leaves for the portal, the officers and the field teams:
    whether a number was taken down wrongly is the analysts' to see.
    """
    return {
        "reference": record.reference,
        "registered_at": shown(record.registered_at),
        "emergency": record.is_emergency,
        "caller": record.caller.model_dump(mode="json"),
        "subject": record.subject.model_dump(mode="json") if record.subject else None,
        "findings": [finding.model_dump(mode="json") for finding in second_look.findings_of(record)],
        "likely_duplicates": [
            {"reference": likely.reference, "score": likely.score / 100}
            for likely in record.likely_duplicates
        ],
    }


# What is answered; as in every room, the models are the description of the dicts.


class LikelyDuplicate(Value, defer_build=True):
    """Another record that may say the same.

    Attributes:
        score: how alike they are, 0 to 1.
    """

    reference: Reference
    score: Annotated[float, Field(ge=0, le=1)]


class ReviewItem(Value, defer_build=True):
    """A record that waits for a data analyst.

    Attributes:
        registered_at: since when, IST.
        emergency: whether it is one.
        findings: what the automatic checks noticed, and a rejection that an analyst proposes.
    """

    reference: Reference
    registered_at: Moment
    emergency: bool
    caller: Caller
    subject: Subject | None
    findings: tuple[Finding, ...]
    likely_duplicates: tuple[LikelyDuplicate, ...]


class ReviewList(Value, defer_build=True):
    """A page of what waits for a data analyst: emergencies first, then the longest waiting."""

    items: tuple[ReviewItem, ...]
    next: Cursor | None


class ClaimOut(Value, defer_build=True):
    """Until when a claim keeps other analysts away."""

    until: Moment
