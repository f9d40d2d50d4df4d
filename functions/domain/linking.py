"""Records of the same matter: the lead goes on for all that were linked to it (SOP, 3B).

A lead may prove to be a duplicate itself, and then another one leads all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from functions.domain.model import Value
from functions.domain.record import Kind, Record, Status

IN_A_PART = 500
"""So many linked records are seen to at once: well within a worker's time."""

ENDS_UNREDRESSED = frozenset({Status.REJECTED, Status.DUPLICATE})
"""Where a record stands that goes on for nobody: who were linked to it would never be answered."""


class Part(Value):
    """Some of the records that were linked to one: those whose references lie between these two, or are one.

    Attributes:
        first: the least reference.
        last: the greatest.
    """

    first: str
    last: str


def lead_of(record: Record) -> str:
    """Reference of the record that goes on for it: itself, unless an analyst marked it a duplicate."""
    if record.status is Status.DUPLICATE and record.review and record.review.duplicate_of:
        return record.review.duplicate_of
    return record.reference


def why_not_lead(lead: Record, record: Record) -> str | None:
    """Why a record cannot go on for another one; None where it can.

    Whoever is linked has the time for redress of the lead and none of his own: an emergency among the matters
    of a working week would have lost its 24 hours, and a grievance under a question its seven days, with
    nobody told. The other way round he gains; so it is the slower one that is to be linked.

    Args:
        lead: at the end of the chain.
        record: the one that is to be linked.
    """
    if lead.kind is Kind.MISSED_CALL:
        return "that record is a number that rang: there is no matter in it"
    if lead.status is Status.REJECTED:
        return "that record was not taken up"
    if lead.status is Status.DUPLICATE:
        return "that record leads to none that goes on"
    if record.is_emergency and not lead.is_emergency:
        return "this record is an emergency and that one is none: its 24 hours would be lost"
    if record.kind is Kind.GRIEVANCE and lead.kind is not Kind.GRIEVANCE:
        return "this record is a grievance and that one is none: its time for redress would be lost"
    return None


def is_newly_linked(before: Record, after: Record) -> bool:
    """Whether this change links the record to another one."""
    return lead_of(before) == before.reference and lead_of(after) != after.reference


def lead(record: Record, load: Callable[[str], Record]) -> Record:
    """The record at the end of the chain, which is no duplicate; itself where it is none.

    Args:
        record: any.
        load: the record of a reference.

    Returns:
        Of records that lead to each other in a circle, one of them: a duplicate, which goes on for nobody.
    """
    passed: set[str] = set()
    while (reference := lead_of(record)) not in {record.reference, *passed}:
        passed.add(record.reference)
        record = load(reference)
    return record


def parts_of(references: Sequence[str]) -> Sequence[Part]:
    """Those who were linked to one record, in parts that one worker can see to each.

    Args:
        references: of the records that were linked, ascending.
    """
    starts = range(0, len(references), IN_A_PART)
    chunks = (references[start : start + IN_A_PART] for start in starts)
    return [Part(first=chunk[0], last=chunk[-1]) for chunk in chunks]


def in_part(references: Sequence[str], part: Part) -> Sequence[str]:
    """Which of them are in a part; also who was linked since it was made."""
    return [reference for reference in references if part.first <= reference <= part.last]
