"""Which verb a Bengali or Hindi form is of: a stem of ``vocabulary`` with an ending behind it.

In Latin letters both are compared as they sound, without the vowels that those scripts do not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from functions.domain import vocabulary
from functions.domain.spelling import Script, Word, plainly, words_of

_ENDINGS = {Script.BENGALI: vocabulary.BENGALI_ENDINGS, Script.HINDI: vocabulary.HINDI_ENDINGS}
_A_CONSONANT = {Script.BENGALI: "ক", Script.HINDI: "क"}
_SHORTEST_LOOSE = 2
_MOST_UNWRITTEN = 2
"""Of how many letters one may be left: a name of many vowels is no short verb."""


def verb_of(word: Word) -> str | None:
    """The name of the verb; None where it is none that is known."""
    if word.script is Script.LATIN:
        if len(word.spelt) > _MOST_UNWRITTEN * len(word.loose):
            return None
        return _split(word.loose, _loose_stems(), _loose_endings(), _SHORTEST_LOOSE)
    return _split(word.plain, _stems(word.script), _endings(word.script), 1)


def _split(word: str, stems: Mapping[str, str], endings: frozenset[str], shortest: int) -> str | None:
    """The verb of the longest stem that the word can be."""
    for end in range(len(word), shortest - 1, -1):
        if (name := stems.get(word[:end])) and word[end:] in endings:
            return name
    return None


def _rows() -> Iterator[tuple[Word, str]]:
    for name, stems in vocabulary.rows(vocabulary.VERBS):
        yield from ((stem, name) for stem in words_of(stems))


@cache
def _stems(script: Script) -> Mapping[str, str]:
    return _first_of((stem.plain, name) for stem, name in _rows() if stem.script is script)


@cache
def _endings(script: Script) -> frozenset[str]:
    return frozenset(plainly(ending) for ending in _ENDINGS[script].split())


@cache
def _loose_stems() -> Mapping[str, str]:
    # Of one sound and two verbs none is meant.
    # The nasal of ``ভাঙ`` is typed with two letters, and one of them alone is another sound.
    rows = [
        (stem.loose, name)
        for stem, name in _rows()
        if len(stem.loose) >= _SHORTEST_LOOSE and "ng" not in stem.latin
    ]
    names: dict[str, set[str]] = {}
    for stem, name in rows:
        names.setdefault(stem, set()).add(name)
    return _first_of((stem, name) for stem, name in rows if len(names[stem]) == 1)


@cache
def _loose_endings() -> frozenset[str]:
    # An ending is no word: it is read behind a consonant, which is taken off again.
    return frozenset(
        words_of(_A_CONSONANT[script] + ending)[0].loose[1:]
        for script, endings in _ENDINGS.items()
        for ending in endings.split()
    )


def _first_of(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for stem, name in pairs:
        found.setdefault(stem, name)
    return found
