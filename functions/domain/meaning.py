"""What a word means, whatever its language and ending, where ``vocabulary`` knows it.

A word is looked up as it is written in its own script, without what writers differ in, and then without one
or two of its endings. Latin letters may also be Bengali or Hindi as they sound: then the consonants and the
vowels that those scripts write must agree. What agrees with several meanings has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from functions.domain import vocabulary
from functions.domain.spelling import Script, Word, words_of
from functions.domain.verbs import verb_of


class Sort(StrEnum):
    """What a word tells of."""

    THING = "thing"
    LANDMARK = "landmark"
    STATE = "state"
    BACKGROUND = "background"
    KIN = "kin"
    NUMBER = "number"
    FILLER = "filler"


class Meaning(NamedTuple):
    """A row of the vocabulary; of a number ``name`` is its digits."""

    sort: Sort
    name: str


Said = Sequence[tuple[Word, Meaning | None]]
"""The words of a text in order, each with its meaning where it has one."""

_ROWS = {
    Sort.THING: vocabulary.THINGS,
    Sort.LANDMARK: vocabulary.LANDMARKS,
    Sort.STATE: vocabulary.STATES,
    Sort.BACKGROUND: vocabulary.BACKGROUND,
    Sort.KIN: vocabulary.KIN,
    Sort.NUMBER: vocabulary.NUMBERS,
}
_FILLER = Meaning(Sort.FILLER, "")

_ENDINGS: Mapping[Script, Sequence[str]] = {
    Script.BENGALI: (
        *("গুলোর", "গুলো", "গুলি", "দের", "টার", "টির", "ের", "তে", "কে", "টা", "টি", "রা", "র", "ে", "ই", "ও"),
        "\u09af\u09bc",
    ),
    Script.HINDI: ("ियों", "ियां", "ाओं", "ों", "ें", "ा", "ि", "े", "ो"),
    Script.LATIN: ("ing", "es", "ed", "s", "d"),
}
_LOOSE_ENDINGS = ("gul", "dir", "tr", "ti", "t", "ki", "k", "ir", "r", "i")
_MOST_ENDINGS = 2
_SHORTEST_STEM = 2
_SHORTEST_LOOSE_STEM = 3
_SHORTEST_SOUND = 4
# What has no vowel but at its end, such as SBI, is an abbreviation.
_IS_SPOKEN = re.compile("[^aeiou]*[aeiou].")

_VOWELS = re.compile("[aeiouy]+")
_DOT = re.compile("(?<=[\u09a1\u09a2])\u09bc|(?<=[\u0921\u0922])\u093c")

_MUCH_ENGLISH = 0.15


def read(text: str) -> Said:
    """The words of a text with what they mean."""
    words = words_of(text)
    latin = [word for word in words if word.script is Script.LATIN]
    english = sum(word.written in _english_fillers() for word in latin) >= _MUCH_ENGLISH * len(latin)
    return tuple((word, meaning(word, english=english)) for word in words)


def meanings_of(said: Said) -> list[str]:
    """Names of the meanings, in order; of what has none, and of fillers, an empty one."""
    return [meant.name if meant else "" for _, meant in said]


@lru_cache(maxsize=20_000)
def meaning(word: Word, *, english: bool = True) -> Meaning | None:
    """What a word means; None where it is a name, or not known.

    Args:
        english: whether the Latin words around it are; else they may be Bengali or Hindi.
    """
    plain = word.plain
    if plain in _fillers():
        return _FILLER
    if word.latin.isdigit():
        return Meaning(Sort.NUMBER, word.latin.lstrip("0") or "0")
    found = _look_up(_spellings(word.script), _stems(plain, _ENDINGS[word.script], _SHORTEST_STEM))
    if found is None and word.script is Script.LATIN:
        found = _spelt().get(word.spelt)
    if found is None and word.script is Script.LATIN and not english and _IS_SPOKEN.match(word.latin):
        found = _look_up(_loosely(), _stems(word.loose, _LOOSE_ENDINGS, _SHORTEST_LOOSE_STEM))
    may_be_verb = word.script is not Script.LATIN or not english
    if found is None and may_be_verb and (verb := verb_of(word)) is not None:
        found = _verbs().get(verb, Meaning(Sort.BACKGROUND, verb))
    if found is None and len(word.sound) >= _SHORTEST_SOUND:
        found = _by_sound(word)
    return found


def _by_sound(word: Word) -> Meaning | None:
    """What sounds alike, with one vowel more or less: *building* is not ``বালিডাঙা``."""
    vowels = len(_VOWELS.findall(word.spelt))
    near = {meant for meant, own in _sounds().get(word.sound, ()) if abs(own - vowels) <= 1}
    return near.pop() if len(near) == 1 else None


def _look_up(known: Mapping[str, Meaning], stems: Iterator[str]) -> Meaning | None:
    return next((known[stem] for stem in stems if stem in known), None)


def _stems(word: str, endings: Sequence[str], shortest: int) -> Iterator[str]:
    """The word, and what is left of it without one ending, then without two."""
    stems = [word]
    for _ in range(_MOST_ENDINGS + 1):
        yield from stems
        stems = [
            stem.removesuffix(ending)
            for stem in stems
            for ending in endings
            if stem.endswith(ending) and len(stem) - len(ending) >= shortest
        ]


@cache
def _rows() -> tuple[tuple[Word, Meaning], ...]:
    return tuple(
        (word, Meaning(sort, name))
        for sort, block in _ROWS.items()
        for name, words in vocabulary.rows(block)
        for word in words_of(words)
    )


@cache
def _verbs() -> Mapping[str, Meaning]:
    return {meant.name: meant for _, meant in _rows() if meant.sort in (Sort.STATE, Sort.BACKGROUND)}


@cache
def _english_fillers() -> frozenset[str]:
    return frozenset(vocabulary.ENGLISH_FILLERS.split())


@cache
def _fillers() -> frozenset[str]:
    return frozenset(word.plain for word in words_of(vocabulary.FILLERS + vocabulary.ENGLISH_FILLERS))


@cache
def _spellings(script: Script) -> Mapping[str, Meaning]:
    found: dict[str, Meaning] = {}
    rows = [(word.plain, meant) for word, meant in _rows() if word.script is script]
    for plain, meant in rows:
        found.setdefault(plain, meant)
    if script is Script.HINDI:
        # A Hindi word stands there with one of its endings, and not as what is left without.
        for plain, meant in rows:
            for stem in _stems(plain, _ENDINGS[script], _SHORTEST_STEM):
                found.setdefault(stem, meant)
    return found


@cache
def _spelt() -> Mapping[str, Meaning]:
    return _with_one_meaning((word.spelt, meant) for word, meant in _rows() if word.script is Script.LATIN)


@cache
def _loosely() -> Mapping[str, Meaning]:
    # The flapped letters are typed as r, and as the d that they are without the dot.
    return _with_one_meaning(
        (typed.loose, meant)
        for word, meant in _rows()
        if word.script is not Script.LATIN
        for typed in (word, *words_of(_DOT.sub("", unicodedata.normalize("NFD", word.written))))
    )


@cache
def _sounds() -> Mapping[str, Sequence[tuple[Meaning, int]]]:
    found: dict[str, list[tuple[Meaning, int]]] = {}
    for word, meant in _rows():
        if len(word.sound) >= _SHORTEST_SOUND:
            found.setdefault(word.sound, []).append((meant, len(_VOWELS.findall(word.spelt))))
    return found


def _with_one_meaning(pairs: Iterator[tuple[str, Meaning]]) -> Mapping[str, Meaning]:
    found: dict[str, set[Meaning]] = {}
    for key, meant in pairs:
        found.setdefault(key, set()).add(meant)
    return {key: next(iter(meanings)) for key, meanings in found.items() if len(meanings) == 1}
