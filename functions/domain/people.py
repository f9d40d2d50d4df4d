"""Whom a text names: callers, and relatives for whom they call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from functions.domain.meaning import Meaning, Said, Sort
from functions.domain.spelling import Word, words_of

_KIN_NAMES = 2
_FULL_NAME = 2
_SHORTEST = 3
_LONGEST_CASE = 2
_ALIKE = 80.0
_LAST_NAMES_ALIKE = 60.0
_TITLES = frozenset(
    {
        "sk",
        "sekh",
        "shaikh",
        "sheikh",
        "md",
        "mohammad",
        "smt",
        "mr",
        "mrs",
        "শেখ",
        "সেখ",
        "মো",
        "মোঃ",
        "মহঃ",
        "শ্রী",
    }
    | {"শ্রীমতী", "मो", "मोहम्मद", "शेख", "श्री", "श्रीमती"}
)


def relatives(said: Said) -> frozenset[str]:
    """The names that follow a word of kin, as they sound with their written vowels."""
    return frozenset(_relatives(said))


def share_a_relative(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts name somebody alike as of a family."""
    return any(_is_one_name(mine, yours) for mine in one for yours in other)


def names_person(said: Said, name: str | None) -> bool:
    """Whether a text names a person: first and last name in order, however spelt and inflected."""
    return _has([word for word, _ in said], _untitled(name))


def is_namesake(one: str | None, other: str | None) -> bool:
    """Whether two full names are alike."""
    mine, yours = _untitled(one), _untitled(other)
    return _has(mine, yours) or _has(yours, mine)


def _untitled(name: str | None) -> list[Word]:
    return [word for word in words_of(name or "") if word.written not in _TITLES]


def _relatives(said: Said) -> Iterator[str]:
    for at, (_, meant) in enumerate(said):
        if meant is not None and meant.sort is Sort.KIN:
            behind = said[at + 1 : at + 1 + _KIN_NAMES]
            for word, _ in takewhile(_may_be_name, behind):
                yield from _as_told(word)


def _may_be_name(said: tuple[Word, Meaning | None]) -> bool:
    word, meant = said
    return meant is None and any(_as_told(word))


def _as_told(word: Word) -> Iterator[str]:
    """It as it sounds with its written vowels, and with all of them: a short name has little else."""
    if len(word.loose) >= _SHORTEST:
        yield word.loose
    if len(word.spelt) > _SHORTEST:
        yield word.spelt


def _has(words: Sequence[Word], name: Sequence[Word]) -> bool:
    if len(name) < _FULL_NAME:
        return False
    first, last = name[0], name[-1]
    behind = len(name) - 1
    return any(
        _is_first_name(first, words[at]) and _is_last_name(last, words[at + behind])
        for at in range(len(words) - behind)
    )


def _is_first_name(own: Word, told: Word) -> bool:
    if len(own.loose) < _SHORTEST:
        return own.loose == told.loose
    return _is_one_name(own.loose, told.loose)


def _is_one_name(mine: str, yours: str) -> bool:
    """Whether two names are alike, or one is the other with a case ending."""
    short, long = sorted((mine, yours), key=len)
    ending = len(long) - len(short)
    return (long.startswith(short) and ending <= _LONGEST_CASE) or fuzz.ratio(mine, yours) >= _ALIKE


def _is_last_name(own: Word, told: Word) -> bool:
    """Last names are few, and stand here with their case endings."""
    return own.sound[:1] == told.sound[:1] and fuzz.ratio(own.sound, told.sound) >= _LAST_NAMES_ALIKE
