"""Automatic checks before a data analyst looks: each a finding, never a refusal.

A finding's text is a plain sentence that repeats none of the caller's words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from functions.domain import checks_of_fields, checks_of_text
from functions.domain.record import Finding, Record
from functions.domain.registers import Registers

HABITUAL_RECORDS = 10
"""From how many records in ``HABITUAL_SPAN`` on a caller is a habitual one: this project's choice, far above
what one household's matters need and below what a person who rings every other day makes."""
HABITUAL_SPAN = timedelta(days=30)
"""How far back the records of a caller are counted, the one at hand included."""


def lately(record: Record, of_caller: Iterable[Record]) -> int:
    """How many records the caller has in the time that counts, this one included.

    Args:
        record: the one at hand.
        of_caller: the caller's records, with the one at hand or without.
    """
    since = record.registered_at - HABITUAL_SPAN
    others = (one for one in of_caller if one.reference != record.reference)
    return 1 + sum(one.registered_at > since for one in others)


def _habitual(records_lately: int) -> Finding | None:
    if records_lately < HABITUAL_RECORDS:
        return None
    return Finding(
        code="habitual-caller",
        severity="notice",
        text=f"This number has {HABITUAL_RECORDS} or more records in the last {HABITUAL_SPAN.days} days.",
    )


def run(record: Record, registers: Registers, *, records_lately: int) -> tuple[Finding, ...]:
    """All findings on the record, in a fixed order.

    Args:
        record: before its review.
        registers: what it is held against.
        records_lately: how many records the caller has, see :func:`lately`.
    """
    subject = record.subject
    if subject is None:
        return ()
    findings = (
        checks_of_text.of_emergency(record, subject, registers),
        checks_of_text.of_reason(record, registers),
        checks_of_text.of_subject(record, subject, registers),
        checks_of_text.of_length(record, subject),
        checks_of_fields.of_scheme(subject, registers),
        *checks_of_fields.of_category(record, subject, registers),
        *checks_of_fields.of_place(record, subject, registers),
        checks_of_fields.of_enquiry(record, subject),
        checks_of_text.of_identifiers(record, subject),
        _habitual(records_lately),
    )
    return tuple(finding for finding in findings if finding is not None)
