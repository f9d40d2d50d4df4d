"""Likely duplicates: earlier records that may be about the same matter, for the analyst to judge.

Three cases are looked for: the same citizen on the same matter, in other words or another script; the same
matter from many citizens, to be linked to the one that goes on for all; and exact repeats. Nothing here
ever marks a duplicate.

The score of two records is, 0 to 100 and the same either way round::

    likeness of the texts (see ``likeness``), without the name of a scheme that both are about
    +  2  the same number called
    +  4  the same block
    +  2  the same scheme
    +  2  the same category
    -  6  another scheme, where both name one
    -  1  for each four days between the calls, at most 8

and then it is held below ``THRESHOLD`` where another number called from another district, police office or
block, or names another village or ward: alike as the words may be, it is another place's matter. The very
same text by the same caller scores 100 always.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from functions.domain.record import Likely, Record, Status, Subject

if TYPE_CHECKING:
    from functions.domain.likeness import Text

THRESHOLD = 55
"""From this score on a record is shown to the analyst."""
SHOWN = 5
"""At most so many are shown."""
OF_CALLER = 20
"""So many of the caller's own records are looked at, the newest."""

_WHOLE = 100
_SAME_BLOCK = 4
_SAME_CALLER = _SAME_SCHEME = _SAME_CATEGORY = 2
_OTHER_SCHEME = -6
_A_POINT_LOST = timedelta(days=4)
_MOST_LOST = 8


def likely(record: Record, candidates: Iterable[Record]) -> tuple[Likely, ...]:
    """The candidates that score enough, the likeliest first.

    A duplicate leads to the record that goes on for it. What was not taken up is left out, and what came
    later: of two records the earlier one goes on.
    """
    mine = _prepared(record)
    best: dict[str, Likely] = {}
    # One may come twice, as the caller's own and as one of the same matter.
    for other in {candidate.reference: candidate for candidate in candidates}.values():
        if other.status is Status.REJECTED or not _is_earlier(other, record):
            continue
        lead = _lead_of(other)
        found = _score(record, mine, other, _prepared(other))
        if found < THRESHOLD or lead == record.reference:
            continue
        same_caller = record.caller.phone == other.caller.phone
        if (known := best.get(lead)) is not None:
            found, same_caller = max(found, known.score), same_caller or known.same_caller
        best[lead] = Likely(reference=lead, score=found, same_caller=same_caller)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.reference))[:SHOWN])


def score(one: Record, other: Record) -> int:
    """How likely two records are about the same matter, 0 to 100."""
    return _score(one, _prepared(one), other, _prepared(other))


def _is_earlier(other: Record, record: Record) -> bool:
    return (other.registered_at, other.reference) < (record.registered_at, record.reference)


def _lead_of(record: Record) -> str:
    """The record that goes on for it: itself, unless an analyst marked it a duplicate."""
    if record.status is Status.DUPLICATE and record.review and record.review.duplicate_of:
        return record.review.duplicate_of
    return record.reference


def _prepared(record: Record) -> Text | None:
    # Here alone texts are compared: no other function pays for the start of the libraries.
    from functions.domain.likeness import prepare  # noqa: PLC0415

    subject = record.subject
    if subject is None:
        return None
    details = subject.details or ""
    # A long text may come whole as details, and its begin as the summary.
    return prepare(details if details.startswith(subject.summary) else f"{subject.summary}\n{details}")


def _score(one: Record, mine: Text | None, other: Record, yours: Text | None) -> int:
    from functions.domain import likeness  # noqa: PLC0415 - see above

    if one.subject is None or other.subject is None or mine is None or yours is None:
        return 0
    same_caller = one.caller.phone == other.caller.phone
    if same_caller and likeness.is_same(mine, yours):
        return _WHOLE
    same_block = likeness.is_same_place(one.subject.block, other.subject.block)
    if one.subject.scheme and one.subject.scheme == other.subject.scheme:
        mine, yours = (likeness.without(text, one.subject.scheme) for text in (mine, yours))
    points = likeness.likeness(mine, yours) + _of_subjects(one.subject, other.subject)
    points += _SAME_CALLER * same_caller + _SAME_BLOCK * bool(same_block) - _of_time(one, other)
    elsewhere = (
        same_block is False
        or _place_of(one.subject) != _place_of(other.subject)
        or likeness.name_other_places(mine, yours)
    )
    return round(min(max(points, 0), THRESHOLD - 1 if elsewhere and not same_caller else _WHOLE))


def _of_subjects(one: Subject, other: Subject) -> int:
    """What scheme and category tell for it or against it."""
    points = _SAME_CATEGORY if one.category is not None and one.category == other.category else 0
    if one.scheme and other.scheme:
        points += _SAME_SCHEME if one.scheme == other.scheme else _OTHER_SCHEME
    return points


def _of_time(one: Record, other: Record) -> float:
    apart = abs(one.registered_at - other.registered_at)
    return min(apart / _A_POINT_LOST, _MOST_LOST)


def _place_of(subject: Subject) -> str | None:
    return subject.district or subject.police_office
