"""A rejection that takes two analysts: one proposes it, another one confirms it or decides otherwise.

A deployment may ask for it. A proposal is no event, as a claim is none: it says what one analyst thinks, not
what happened.
"""

from __future__ import annotations

from datetime import datetime

from functions.domain import review
from functions.domain.errors import Conflict
from functions.domain.record import Finding, Record, RejectionProposal, Status

REJECTION_PROPOSED = "rejection-proposed"


def reject(record: Record, *, analyst_id: str, reason: str, at: datetime) -> Record:
    """The record with a rejection proposed, or rejected where another analyst had proposed it.

    Raises:
        WrongState: it does not wait for review.
        Conflict: the same analyst proposed it.
    """
    if record.status is not Status.UNDER_REVIEW or record.review is None:
        return review.reject(record, analyst_id=analyst_id, reason=reason, at=at)
    proposal = record.review.rejection_proposed
    if proposal is None:
        return _proposed(record, RejectionProposal(analyst_id=analyst_id, reason=reason, at=at))
    if proposal.analyst_id == analyst_id:
        raise Conflict(
            "this analyst proposed to reject it; another analyst is needed (the record is under_review)"
        )
    return review.reject(record, analyst_id=analyst_id, reason=reason, at=at)


def _proposed(record: Record, proposal: RejectionProposal) -> Record:
    """The proposal ends the analyst's claim: it is the others' turn."""
    changes: dict[str, object] = {"rejection_proposed": proposal}
    claim = record.review.claim if record.review else None
    if claim is not None and claim.analyst_id == proposal.analyst_id:
        changes["claim"] = None
    kept = record.review.model_copy(update=changes) if record.review else None
    return record.model_copy(update={"review": kept})


def findings_of(record: Record) -> tuple[Finding, ...]:
    """What the analysts see of a record: that a rejection is proposed, and what the checks noticed."""
    proposal = record.review.rejection_proposed if record.review else None
    if proposal is None:
        return record.findings
    proposed = Finding(
        code=REJECTION_PROPOSED,
        severity="warning",
        text=f"An analyst proposes to reject it; it takes another one to confirm it: {proposal.reason}",
    )
    return (proposed, *record.findings)
