"""Two records compared: how likely they are about the same matter; ``duplicates`` tells the formula.

Imported where records are compared alone: no other function pays for the libraries' start.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from functions.domain import likeness, places
from functions.domain.likeness import Alike
from functions.domain.particulars import Particulars, number_otherwise, particulars, share_a_number
from functions.domain.people import is_namesake, names_person, share_a_relative
from functions.domain.record import Record, Subject
from functions.domain.sites import lie_elsewhere

_THE_VERY_SAME = 200
_OF_ONE_MATTER = 47
_LIKENESS = 0.37
_SAME_COMPLAINTS = 32
_OTHER_COMPLAINTS = -20
_SAME_STATE, _MOST_STATES = 7, 2
_OTHER_THING, _MOST_THINGS = -9, 3
_MORE_COMPLAINTS, _MOST_COMPLAINTS = -5, 2
_SAME_CALLER = -13
_AGREES = 27
_SAME_BLOCK = 4
_SAME_SCHEME = _SAME_CATEGORY = 2
_OTHER_SCHEME = -6
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
"""What citizens ask for each for himself; in other categories the text alone tells, or the scheme."""
CRIME_CATEGORIES = frozenset({"police-inaction", "threat-to-life"})
"""In which what was done to a citizen is his own."""
SCHEMES_FOR_ALL = frozenset({"duare-ration", "jal-swapna", "khadya-sathi", "pathashree-rastashree"})
"""Schemes of which a village complains; of any other each beneficiary does."""


class Prepared:
    """A record made ready for comparison."""

    def __init__(self, record: Record, subject: Subject, districts: frozenset[str]) -> None:
        details = subject.details or ""
        # A long text may come whole as details, and its begin as the summary.
        told = details if details.startswith(subject.summary) else f"{subject.summary}\n{details}"
        self.record = record
        self.subject = subject
        self.districts = districts
        self.text = likeness.prepare(told)

    @cached_property
    def tells(self) -> Particulars:
        """What tells it from others in the same words; few are alike enough to be asked."""
        return particulars(self.text.said)

    @property
    def place(self) -> str | None:
        """Code of what tells where it is."""
        return self.subject.district or self.subject.police_office

    @property
    def is_own(self) -> bool:
        """Whether it asks for what its citizen has alone, and speaks for nobody else."""
        if self.subject.category in OWN_CATEGORIES or self._is_of_a_beneficiary:
            return not self.tells.speaks_for_all
        suffered = self.subject.category in CRIME_CATEGORIES and self.tells.suffered
        return (self.tells.is_own or suffered) and not (self.tells.speaks_for_all or self.tells.says_we)

    @property
    def _is_of_a_beneficiary(self) -> bool:
        return self.subject.scheme is not None and self.subject.scheme not in SCHEMES_FOR_ALL


def prepare(record: Record, police_districts: Mapping[str, frozenset[str]]) -> Prepared | None:
    """Makes a record ready for comparison; None where nothing was said.

    Args:
        record: which.
        police_districts: codes of the districts in which a police office lies, by its code.
    """
    if record.subject is None:
        return None
    return Prepared(record, record.subject, districts_of(record.subject, police_districts))


def districts_of(subject: Subject, police_districts: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The district, or those in which the police office lies that is named alone."""
    if subject.district is not None:
        return frozenset({subject.district})
    return police_districts.get(subject.police_office or "", frozenset())


def compare(one: Prepared, other: Prepared, *, threshold: int) -> float:
    """How likely two records are about the same matter; the same either way round.

    What is above a hundred is as good as certain, and still tells which of two is the more alike.

    Args:
        threshold: below it stays what is another thing, alike as the words may be.
    """
    same_caller = one.record.caller.phone == other.record.caller.phone
    if same_caller and likeness.is_same(one.text, other.text):
        return _THE_VERY_SAME
    alike = _alike(one, other)
    beside = _of_subjects(one.subject, other.subject) - _of_time(one, other) + _SAME_CALLER * same_caller
    points = _of_matter(alike, one.text.complaints, other.text.complaints) + beside
    if points + _AGREES >= threshold:
        agree = _agree(one, other, same_caller=same_caller)
        points += _AGREES * agree
        if not (same_caller or agree or alike.places):
            points = min(points, alike.likeness + beside)
        if _is_other(one, other, same_caller=same_caller, agree=agree):
            points = min(points, threshold - 1)
    return max(points, 0)


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
    return _is_elsewhere(one, other) or (not agree and one.is_own and other.is_own)


def _alike(one: Prepared, other: Prepared) -> Alike:
    mine, yours = one.text, other.text
    if one.subject.scheme and one.subject.scheme == other.subject.scheme:
        mine, yours = (likeness.without(text, one.subject.scheme) for text in (mine, yours))
    return likeness.alike(mine, yours)


def _of_matter(alike: Alike, mine: frozenset[str], yours: frozenset[str]) -> float:
    """What the texts tell; their likeness alone, where nothing is known that both are about."""
    if not (alike.in_common or mine & yours):
        return alike.likeness
    return (
        _OF_ONE_MATTER
        + _LIKENESS * alike.likeness
        + _SAME_STATE * min(alike.states, _MOST_STATES)
        + _OTHER_THING * min(alike.things, _MOST_THINGS)
        + _of_complaints(mine, yours)
    )


def _of_complaints(mine: frozenset[str], yours: frozenset[str]) -> float:
    """What the problems tell; nothing where of one text none is known."""
    if not mine or not yours:
        return 0
    shared = len(mine & yours)
    if not shared:
        return _OTHER_COMPLAINTS
    more = min(len(mine - yours), len(yours - mine), _MOST_COMPLAINTS)
    return _SAME_COMPLAINTS * shared / len(mine | yours) + _MORE_COMPLAINTS * more


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


def _is_elsewhere(one: Prepared, other: Prepared) -> bool:
    if places.is_same_place(one.subject.block, other.subject.block) is False:
        return True
    if one.place == other.place:
        return False
    # A police office that one of them names alone may lie in the district that the other names.
    same_sort = (one.subject.district is None) == (other.subject.district is None)
    return same_sort or one.districts.isdisjoint(other.districts)


def _is_mended_between(one: Prepared, other: Prepared) -> bool:
    """Whether the later one alone tells of a repair that did not last, and there was time for it."""
    earlier, later = sorted((one, other), key=lambda prepared: prepared.record.registered_at)
    apart = later.record.registered_at - earlier.record.registered_at
    return later.tells.was_mended and not earlier.tells.was_mended and apart >= _TO_BREAK_AGAIN
