"""What the automatic checks noticed of a record, and what the data analysts decide."""

from __future__ import annotations

from typing import Literal

from functions.domain.model import Moment, Value
from functions.domain.record_call import Subject
from functions.domain.text import Code, Remark


class Finding(Value):
    """What an automatic check noticed, for the analyst.

    Attributes:
        code: stable name of the check.
        severity: ``notice`` informs, ``warning`` asks to look twice.
        text: a plain sentence that repeats none of the caller's words.
    """

    code: str
    severity: Literal["notice", "warning"]
    text: str


class Likely(Value):
    """An earlier record that may be about the same matter; only an analyst ever marks a duplicate.

    Attributes:
        reference: of the record that goes on for all that repeat it.
        score: how likely, 0 to 100.
        same_caller: whether the same number called.
    """

    reference: str
    score: int
    same_caller: bool


class Claim(Value):
    """An analyst looks at it, so that no other one does the same work meanwhile."""

    analyst_id: Code
    until: Moment


class RejectionProposal(Value):
    """What one analyst thinks, where it takes a second one to reject a record.

    Attributes:
        reason: the analyst's words. Personal data may be in it: only the analysts are shown it.
    """

    analyst_id: Code
    reason: Remark
    at: Moment


class Review(Value):
    """The data analysts' part.

    Attributes:
        asked_at: since when it waits.
        decide_by: when an emergency goes ahead without a decision, and the analysts' supervisor is told of
            what does not; None in records of a time when only emergencies had such a moment.
        analyst_id: who decided; None while it waits, and for what went ahead unreviewed.
        reason: the analyst's words. Personal data may be in it: it stays in the table.
        duplicate_of: reference of the record that this one repeats.
        amended_from: the subject as the call centre sent it, once an analyst corrected it; it goes on to the
            next review.
        unreviewed: whether it went ahead because nobody decided in time.
        claim: who looks at it; None where nobody said so.
        rejection_proposed: by the first of the two analysts whom it takes; kept as evidence whatever is
            decided.
    """

    asked_at: Moment
    decide_by: Moment | None = None
    decided_at: Moment | None = None
    analyst_id: Code | None = None
    reason: Remark | None = None
    duplicate_of: str | None = None
    amended_from: Subject | None = None
    unreviewed: bool = False
    claim: Claim | None = None
    rejection_proposed: RejectionProposal | None = None
