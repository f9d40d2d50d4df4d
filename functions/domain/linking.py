"""Records of the same matter: the lead goes on for all that were linked to it (SOP, 3B).

A lead may prove to be a duplicate itself, and then another one leads all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from functions.domain.record import Record, Status


def lead_of(record: Record) -> str:
    """Reference of the record that goes on for it: itself, unless an analyst marked it a duplicate."""
    if record.status is Status.DUPLICATE and record.review and record.review.duplicate_of:
        return record.review.duplicate_of
    return record.reference


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


def linked_through(reference: str, linked_to: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """References of all records that it goes on for, directly or through others, each once and never itself.

    Args:
        reference: of a lead.
        linked_to: references of the records that were linked to one directly.
    """
    found = {reference}
    waiting = [reference]
    while waiting:
        for one in linked_to(waiting.pop()):
            if one not in found:
                found.add(one)
                waiting.append(one)
                yield one
