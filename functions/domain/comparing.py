"""Two records compared: how likely they are about the same matter; ``duplicates`` tells the formula.

Imported where records are compared alone: no other function pays for the libraries' start.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from functions.domain import likeness, places
from functions.domain.particulars import Particulars, number_otherwise, particulars, share_a_number
from functions.domain.people import is_namesake, names_person, share_a_relative
from functions.domain.record import Record, Subject
from functions.domain.sites import lie_elsewhere

_WHOLE = 100
_AGREES = 30
_SAME_BLOCK = 4
_SAME_SCHEME = _SAME_CATEGORY = 2
_OTHER_SCHEME = -6
_OTHER_STATES = -8
_A_POINT_LOST = timedelta(days=2)
_MOST_LOST = 8
_TO_BREAK_AGAIN = timedelta(weeks=1)

OWN_CATEGORIES = frozenset(
    {
        "benefit-not-received",
        "caste-certificate-pending",
        "higher-education",
        "housing-grant",
        "kanyashree-rupashree-payment",
        "lakshmir-bhandar-payment",
        "land-record",
        "minority-scholarship",
        "pension-not-received",
        "swasthya-sathi-refused",
    }
)
"""What citizens ask for each for himself; in other categories the text alone tells."""


class Prepared:
    """A record made ready for comparison."""

    def __init__(self, record: Record, subject: Subject) -> None:
        details = subject.details or ""
        # A long text may come whole as details, and its begin as the summary.
        told = details if details.startswith(subject.summary) else f"{subject.summary}\n{details}"
        self.record = record
        self.subject = subject
        self.text = likeness.prepare(told)

    @cached_property
    def tells(self) -> Particulars:
        """What tells it from others in the same words; few are alike enough to be asked."""
        return particulars(self.text.said)

    @property
    def is_own(self) -> bool:
        """Whether it asks for what its citizen has alone, and speaks for nobody else."""
        if self.subject.category in OWN_CATEGORIES:
            return not self.tells.speaks_for_all
        return self.tells.is_own and not (self.tells.speaks_for_all or self.tells.says_we)


def prepare(record: Record) -> Prepared | None:
    """Makes a record ready for comparison; None where nothing was said."""
    return None if record.subject is None else Prepared(record, record.subject)


def compare(one: Prepared, other: Prepared, *, threshold: int) -> int:
    """How likely two records are about the same matter, 0 to 100; the same either way round.

    Args:
        threshold: below it stays what is another thing, alike as the words may be.
    """
    same_caller = one.record.caller.phone == other.record.caller.phone
    if same_caller and likeness.is_same(one.text, other.text):
        return _WHOLE
    points = _of_texts(one, other) + _of_subjects(one.subject, other.subject) - _of_time(one, other)
    if points + _AGREES >= threshold:
        agree = _agree(one, other, same_caller=same_caller)
        points += _AGREES * agree
        if _is_other(one, other, same_caller=same_caller, agree=agree):
            points = min(points, threshold - 1)
    return round(min(max(points, 0), _WHOLE))


def _is_other(one: Prepared, other: Prepared, *, same_caller: bool, agree: bool) -> bool:
    if (
        number_otherwise(one.tells, other.tells)
        or lie_elsewhere(one.tells.site, other.tells.site)
        or likeness.name_other_things(one.text, other.text)
        or _is_mended_between(one, other)
    ):
        return True
    # Who calls again may have named the wrong block once, and asks for nobody else.
    if same_caller:
        return False
    return _is_elsewhere(one.subject, other.subject) or (not agree and one.is_own and other.is_own)


def _of_texts(one: Prepared, other: Prepared) -> float:
    mine, yours = one.text, other.text
    if one.subject.scheme and one.subject.scheme == other.subject.scheme:
        mine, yours = (likeness.without(text, one.subject.scheme) for text in (mine, yours))
    return likeness.likeness(mine, yours) + _OTHER_STATES * likeness.name_other_states(mine, yours)


def _of_subjects(one: Subject, other: Subject) -> int:
    """What block, scheme and category tell for it or against it."""
    points = _SAME_BLOCK if places.is_same_place(one.block, other.block) else 0
    if one.category is not None and one.category == other.category:
        points += _SAME_CATEGORY
    if one.scheme and other.scheme:
        points += _SAME_SCHEME if one.scheme == other.scheme else _OTHER_SCHEME
    return points


def _of_time(one: Prepared, other: Prepared) -> float:
    apart = abs(one.record.registered_at - other.record.registered_at)
    return min(apart / _A_POINT_LOST, _MOST_LOST)


def _agree(one: Prepared, other: Prepared, *, same_caller: bool) -> bool:
    """Whether one number, the very same words, or a name in common tell that they mean the same citizen."""
    if share_a_number(one.tells, other.tells) or likeness.is_same(one.text, other.text):
        return True
    if same_caller:
        return False
    my_name, your_name = one.record.caller.name, other.record.caller.name
    return (
        names_person(one.text.said, your_name)
        or names_person(other.text.said, my_name)
        or is_namesake(my_name, your_name)
        or share_a_relative(one.tells.relatives, other.tells.relatives)
    )


def _is_elsewhere(one: Subject, other: Subject) -> bool:
    return places.is_same_place(one.block, other.block) is False or _place_of(one) != _place_of(other)


def _place_of(subject: Subject) -> str | None:
    return subject.district or subject.police_office


def _is_mended_between(one: Prepared, other: Prepared) -> bool:
    """Whether the later one alone tells of a repair that did not last, and there was time for it."""
    earlier, later = sorted((one, other), key=lambda prepared: prepared.record.registered_at)
    apart = later.record.registered_at - earlier.record.registered_at
    return later.tells.was_mended and not earlier.tells.was_mended and apart >= _TO_BREAK_AGAIN
