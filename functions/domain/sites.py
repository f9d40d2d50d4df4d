"""Where the thing is that a text tells of: its village, its quarter, and the landmark beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from functions.domain import vocabulary
from functions.domain.meaning import Said, Sort, meanings_of

_BUILDINGS = frozenset(vocabulary.BUILDINGS.split())
_BESIDE = "here"
_BESIDE_IN_ENGLISH = frozenset({"beside", "front", "near", "opposite"})
_NEAR_IN_ENGLISH = 3
_NEAR = 2
# Case endings that are typed as words.
_CASES = frozenset({"e", "er", "ke", "ki", "r", "te"})

# What names of villages and towns in Bengal end in, and the case endings behind it.
_VILLAGE = re.compile(
    r"[a-z]{3,}(?:pu+r|na?ga?r|ga?nj|da?nga|khali|ga?chh?i|dighi|jo?t|dihi|gra?m|pa[rd]a|tola|hati|bari)"
    r"(?:a?[iy]?e?r?|[st]e|te)$"
)
_QUARTER = "quarter"
_BESIDE_PLACES = frozenset({"here", "village"})
_AT_IN_ENGLISH = frozenset({"at", "in", "near"})
_AT_BEHIND = frozenset({"e", "me", "mein", "te", "में"})
# Bengali verbs have these endings too, and are shorter.
_AT_AS_ENDING = re.compile("(?:তে|\u09af\u09bc)$")
_NO_VERB = 6
_SHORTEST = 3
_ALIKE = 75.0

# A way leads from one place to another: what says *from* stands behind the first, in English before it.
_FROM_BEHIND = frozenset({"থেকে", "হইতে", "হতে", "theke", "से", "se"})
_FROM_IN_ENGLISH = frozenset({"from", "between"})
_LEADS_ON = frozenset({"go", "up-to", "road", "bus", "ferry", "route", "when", "move"})
_ENDS_APART = 3


@dataclass(frozen=True)
class Site:
    """Where it is.

    Attributes:
        landmarks: beside what, as meanings.
        places: names of villages and the like, as they sound with their written vowels.
        quarters: same, of their parts.
        ends: of a way that is told by both its ends, these; same.
        names: all that the text says, same; a name may stand there without a sign that it is a place's.
    """

    landmarks: frozenset[str]
    places: frozenset[str]
    quarters: frozenset[str]
    ends: frozenset[str]
    names: frozenset[str]


def site(said: Said) -> Site:
    """Where a text tells that it is."""
    meanings = meanings_of(said)
    quarters = frozenset(_quarters(said, meanings))
    return Site(
        landmarks=frozenset(_landmarks(said, meanings)),
        places=frozenset(_places(said, meanings)) - quarters,
        quarters=quarters,
        ends=frozenset(_ends(said, meanings)),
        names=frozenset(word.loose for word, _ in said if len(word.loose) >= _SHORTEST),
    )


def lie_elsewhere(one: Site, other: Site) -> bool:
    """Whether each has a landmark that the other has not, or each names places that the other does not.

    Of a way that leads from one place to another, it is enough that one end is another.
    """
    if one.landmarks - other.landmarks and other.landmarks - one.landmarks:
        return True
    if _have_another_end(one, other) and _have_another_end(other, one):
        return True
    return any(
        mine and yours and not (_has_any(other, mine) or _has_any(one, yours))
        for mine, yours in ((one.places, other.places), (one.quarters, other.quarters))
    )


def _have_another_end(one: Site, other: Site) -> bool:
    return any(not _has_any(other, frozenset({end})) for end in one.ends)


def _has_any(site: Site, places: frozenset[str]) -> bool:
    return any(_is_one_place(place, name) for place in places for name in site.names)


def _is_one_place(mine: str, yours: str) -> bool:
    return mine.startswith(yours) or yours.startswith(mine) or fuzz.ratio(mine, yours) >= _ALIKE


def _landmarks(said: Said, meanings: Sequence[str]) -> Iterator[str]:
    for at, (_, meant) in enumerate(said):
        if meant is None:
            continue
        if meant.sort is Sort.LANDMARK or (meant.name in _BUILDINGS and _is_beside(said, meanings, at)):
            yield meant.name


def _is_beside(said: Said, meanings: Sequence[str], at: int) -> bool:
    """Whether something stands beside it: Bengali and Hindi tell it behind the word, English before."""
    behind = [place for place in range(at + 1, at + 1 + _NEAR) if place < len(said)]
    behind = [place for place in behind if said[place][0].written not in _CASES][:1]
    if any(
        meanings[place] == _BESIDE and said[place][0].written not in _BESIDE_IN_ENGLISH for place in behind
    ):
        return True
    return any(word.written in _BESIDE_IN_ENGLISH for word, _ in said[max(at - _NEAR_IN_ENGLISH, 0) : at])


def _quarters(said: Said, meanings: Sequence[str]) -> Iterator[str]:
    for (word, meant), behind in zip(said, meanings[1:], strict=False):
        if meant is None and len(word.loose) >= _SHORTEST and behind == _QUARTER:
            yield word.loose


def _ends(said: Said, meanings: Sequence[str]) -> Iterator[str]:
    for at, (word, _) in enumerate(said):
        if word.written in _FROM_BEHIND:
            first, after = _name_in(said[max(at - _NEAR, 0) : at][::-1]), said[at + 1 : at + 1 + _NEAR]
        elif word.written in _FROM_IN_ENGLISH:
            first, after = _name_in(said[at + 1 : at + 1 + _NEAR]), said[at + 2 : at + 2 + _ENDS_APART]
        else:
            continue
        second = _name_in(after)
        leads_on = word.written in _FROM_IN_ENGLISH or not _LEADS_ON.isdisjoint(
            meanings[at + 1 : at + 1 + _NEAR + _ENDS_APART]
        )
        if first and second and first != second and leads_on:
            yield from (first, second)


def _name_in(said: Said) -> str | None:
    return next((word.loose for word, meant in said if meant is None and len(word.loose) >= _SHORTEST), None)


def _places(said: Said, meanings: Sequence[str]) -> Iterator[str]:
    """By their ending, by what stands beside them, or by their case."""
    written = ["", *(word.written for word, _ in said), ""]
    for at, ((word, meant), behind) in enumerate(zip(said, [*meanings, ""][1:], strict=True)):
        if meant is not None or len(word.loose) < _SHORTEST:
            continue
        if (
            behind in _BESIDE_PLACES
            or written[at] in _AT_IN_ENGLISH
            or written[at + 2] in _AT_BEHIND
            or _VILLAGE.match(word.latin)
            or (len(word.loose) >= _NO_VERB and _AT_AS_ENDING.search(word.written))
        ):
            yield word.loose
