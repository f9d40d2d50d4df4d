"""Whole words and phrases in what callers say, in whatever script.

Compared after NFC and casefold. A word is what letters, marks and digits make up: Python's own word boundary
takes the vowel signs of Bengali and Hindi for gaps. Joiners and the Hindi nukta are left out and the Hindi
chandrabindu is taken for an anusvara, since typists differ in them.

A phrase is words with spaces between. A word that ends in ``*`` is a stem with any ending, or none;
``a/b`` is either of them; and ``…`` stands for up to four words, ``… …`` for up to eight.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_STEM = "*"
_EITHER = "/"
_GAP = "…"
_GAP_WORDS = 4
_PASSED_OVER = ""
"""Stands where a word meant something else: no phrase has it."""


class _Spelling(dict[int, int | str | None]):
    """What a character is read as; worked out when it is first met, since a text has thousands of them."""

    def __missing__(self, code: int) -> int | str:
        self[code] = read = code if unicodedata.category(chr(code))[0] in "LMN" else " "
        return read


_SPELLING = _Spelling({0x200C: None, 0x200D: None, 0x093C: None, 0x0901: 0x0902})


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as phrases are compared with them."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return tuple(composed.translate(_SPELLING).split())


_form = functools.cache(words_of)
"""The same for what stands in a phrase: the forms of a word come in many of them."""


@dataclass(frozen=True)
class _Place:
    """Where a word of a phrase stands, in any of its forms."""

    words: frozenset[str]
    stems: frozenset[str]


def _place(part: str) -> Iterator[_Place]:
    """A part between two spaces. It is more than one place where it holds a mark, such as "can't"."""
    words: set[str] = set()
    stems: set[str] = set()
    for form in part.split(_EITHER):
        *before, last = _form(form)
        if before and _EITHER in part:
            message = f"either of several is to be a single word: {part}"
            raise ValueError(message)
        for word in before:
            yield _Place(frozenset({word}), frozenset())
        (stems if form.endswith(_STEM) else words).add(last)
    yield _Place(frozenset(words), frozenset(stems))


def _places(phrase: str) -> Iterator[tuple[_Place, int]]:
    """The places of a phrase, and how many other words may stand before each."""
    gap = 0
    for part in phrase.split():
        if part == _GAP:
            gap += _GAP_WORDS
            continue
        for place in _place(part):
            yield place, gap
            gap = 0


class _Index:
    """Phrases by the words in them: few of a text's words are in any, and few phrases have all of theirs."""

    def __init__(self, phrases: Iterable[str]) -> None:
        numbers: dict[_Place, int] = {}
        self._phrases = tuple(
            tuple((numbers.setdefault(place, len(numbers)), gap) for place, gap in _places(phrase))
            for phrase in phrases
        )
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for place, number in numbers.items():
            for word in place.words:
                self._by_word[word].append(number)
            for stem in place.stems:
                self._by_stem[stem].append(number)
        self._lengths = sorted({len(stem) for stem in self._by_stem})

    def _taken_by(self, word: str) -> frozenset[int]:
        stems = (word[:length] for length in self._lengths if length <= len(word))
        lists = (self._by_word.get(word, ()), *(self._by_stem.get(stem, ()) for stem in stems))
        return frozenset(number for numbers in lists for number in numbers)

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, ...]]:
        """Where each of the phrases stands among the words, without what stands in its gaps."""
        taken_by = {word: self._taken_by(word) for word in set(words)}
        spots: dict[int, list[int]] = defaultdict(list)
        for at, word in enumerate(words):
            for number in taken_by[word]:
                spots[number].append(at)
        for phrase in self._phrases:
            if all(number in spots for number, _ in phrase):
                for at in spots[phrase[0][0]]:
                    others = _follow(spots, phrase[1:], at)
                    if others is not None:
                        yield (at, *others)


def _follow(
    spots: Mapping[int, Sequence[int]], places: Sequence[tuple[int, int]], after: int
) -> tuple[int, ...] | None:
    """Where the places are taken one after the other, the nearest first; ``None`` where they are not."""
    if not places:
        return ()
    (number, gap), *rest = places
    here = spots[number]
    for at in here[bisect_right(here, after) : bisect_right(here, after + 1 + gap)]:
        others = _follow(spots, rest, at)
        if others is not None:
            return (at, *others)
    return None


@dataclass(frozen=True)
class Phrases:
    """A list of phrases to be looked for."""

    said: _Index
    unless: _Index

    @classmethod
    def of(cls, phrases: Iterable[str], unless: Iterable[str] = ()) -> Phrases:
        """The list.

        Args:
            phrases: words or phrases, with the signs that the module describes.
            unless: phrases whose words mean something else. What stands in their gaps keeps its meaning.
        """
        return cls(_Index(phrases), _Index(unless))

    def occur_in(self, text: str) -> bool:
        """Whether one of them is said in the text."""
        return self.occur_among(words_of(text))

    def occur_among(self, words: Sequence[str]) -> bool:
        """Whether one of them is said by the words of a text."""
        # Most texts say none of them, whatever else could be meant.
        if next(self.said.found(words), None) is None:
            return False
        meant = list(words)
        for places in self.unless.found(words):
            for place in places:
                meant[place] = _PASSED_OVER
        return next(self.said.found(meant), None) is not None
