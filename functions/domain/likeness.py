"""How alike two texts are, whatever their language, script, spelling and order of words.

A text becomes *words*: without punctuation and fillers, and of each what is left when language and spelling
are gone. Of a word that ``vocabulary`` knows that is its meaning (``পানি``, ``water``, ``पानी`` are one), of a
number its digits, and of any other, which is mostly a name, its consonants (see ``spelling``).

The ``likeness`` of :func:`alike` is ``0.4 * covered + 0.25 * sorted + 0.35 * retold``, each 0 to 100:

- ``covered``: how much of each text finds its like in the other, by the weights of its words; of the two
  directions the geometric mean. A short text that is a part of a long one covers little of it. Names are
  alike from 75 of ``fuzz.ratio`` on, and are written in one word or in two.
- ``sorted``: ``fuzz.ratio`` of the sorted words (a ``token_sort_ratio``), which sees what is below 75.
- ``retold``: how much of what a text is about, and of what is wrong there, finds its like in the other; of
  the two directions the better. Who tells of a matter again leaves out or adds; who tells of another one
  has other things to name instead.

Imported where records are compared alone: no other function pays for the libraries' start.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

from functions.domain import vocabulary
from functions.domain.complaints import complaints
from functions.domain.meaning import Meaning, Said, Sort, meanings_of, read
from functions.domain.spelling import Word

_COVERED, _SORTED, _RETOLD = 0.4, 0.25, 0.35
_ALIKE = 75.0
_SHORTEST_FUZZY = 3
_MOST_WORDS = 80
"""So many words of a text are compared one by one: five thousand characters would be seven hundred."""

# A word with a meaning is compared as its sign and its meaning, which no name can be.
_SIGNS = {Sort.THING: "!", Sort.STATE: "?", Sort.LANDMARK: "@"}
_OTHER_SIGN = "="
_WEIGHTS = {"!": 6.0, "?": 4.0, "@": 3.0, _OTHER_SIGN: 1.0}
_HEAVIEST_NAME = 5
_OF_THE_MATTER = ("!", "?")
_BESIDE = "@"
_THINGS = ("!", _BESIDE)
_ONE_AT_A_TIME = [frozenset(row.split()) for row in vocabulary.ONE_AT_A_TIME.strip().splitlines()]
_ENOUGH = 10.0
"""A thing and what is wrong with it."""

# Money that is wanted, in whatever words, is what is wrong.
_MONEY = frozenset({"money", "cash"})
_WANTED = frozenset({"want", "take"})
_NEAR = 2
_MONEY_ASKED = "?money-asked"


class Alike(NamedTuple):
    """How alike two texts are.

    Attributes:
        likeness: 0 to 100.
        states: how many things that are wrong both tell.
        things: how many things and landmarks each has that the other has not, at least.
        in_common: whether they share anything that they are about, or that is wrong.
        places: whether they share a name, which is mostly a place's, or a landmark.
    """

    likeness: float
    states: int
    things: int
    in_common: bool
    places: bool


@dataclass(frozen=True)
class Text:
    """A text made ready for comparison.

    Attributes:
        plain: it without case and differences of spaces, to know the very same one.
        words: what is compared.
        sounds: of the same words, to know the same one in another spelling.
        heard: how those of them sound that have a meaning, by what is compared.
        said: all that it says, in order.
        complaints: what it complains of.
    """

    plain: str
    words: tuple[str, ...]
    sounds: tuple[str, ...] = ()
    heard: Mapping[str, str] = field(default_factory=dict)
    said: Said = ()
    complaints: frozenset[str] = frozenset()

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The first of the words, each once."""
        return tuple(dict.fromkeys(self.words[:_MOST_WORDS]))

    @cached_property
    def in_order(self) -> str:
        """The first of the words, sorted."""
        return " ".join(sorted(self.words[:_MOST_WORDS]))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Those of the first that have no meaning."""
        return tuple(word for word in self.first if _is_name(word))

    @cached_property
    def in_two(self) -> Mapping[str, tuple[str, str]]:
        """Names that stand behind each other, by what they are in one word."""
        pairs = pairwise(self.words[:_MOST_WORDS])
        return {"".join(pair): pair for pair in pairs if _is_name(pair[0]) and _is_name(pair[1])}

    @cached_property
    def found_whole(self) -> frozenset[str]:
        """What of another text is in this one as it stands there, in one word, or by its sound alone."""
        # What has a meaning in one script may be known by its sound alone in another.
        heard = (sound for sound in self.heard.values() if len(sound) > 1)
        return frozenset((*self.first, *self.in_two, *heard))


def prepare(text: str) -> Text:
    """Makes a text ready for comparison."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    said = read(plain)
    telling = [(word, meant) for word, meant in said if meant is None or meant.sort is not Sort.FILLER]
    words = [_compared(word, meant) for word, meant in telling]
    asked = _asks_for_money(said)
    if asked:
        words.append(_MONEY_ASKED)
    heard = {_compared(word, meant): word.sound for word, meant in telling if meant is not None}
    sounds = tuple(word.sound for word, _ in telling or said)
    complained = complaints(said, [_MONEY_ASKED[1:]] if asked else ())
    return Text(plain, tuple(filter(None, words or sounds)), sounds, heard, said, complained)


def _compared(word: Word, meant: Meaning | None) -> str:
    return word.sound if meant is None else _SIGNS.get(meant.sort, _OTHER_SIGN) + meant.name


def _asks_for_money(said: Said) -> bool:
    names = meanings_of(said)
    return any(
        name in _MONEY and not _WANTED.isdisjoint(names[max(at - _NEAR, 0) : at + _NEAR + 1])
        for at, name in enumerate(names)
    )


def without(text: Text, name: str) -> Text:
    """The text without the words of a name: what two texts are known to share tells nothing more."""
    names = prepare(name).words
    left = tuple(
        word for word in text.words if word not in names and not (_is_name(word) and _best(word, names))
    )
    return replace(text, words=left or text.words)


def is_same(one: Text, other: Text) -> bool:
    """Whether they say the very same, but for case, spaces, punctuation, script of digits and fillers."""
    return one.plain == other.plain or bool(one.words and one.sounds == other.sounds)


def alike(one: Text, other: Text) -> Alike:
    """How alike two texts are; the same either way round."""
    if is_same(one, other):
        return Alike(100.0, _states_in_common(one, other), 0, in_common=True, places=True)
    there, back = _found(one, other), _found(other, one)
    covered = math.sqrt(_share(there) * _share(back))
    # A short name may be found in a longer one and not the other way round.
    both = [*there.items(), *back.items()]
    in_order = fuzz.ratio(one.in_order, other.in_order)
    return Alike(
        _COVERED * covered + _SORTED * in_order + _RETOLD * max(_retold(there), _retold(back)),
        _states_in_common(one, other),
        min(_of_its_own(there), _of_its_own(back)),
        in_common=any(part and word[0] in _OF_THE_MATTER for word, part in both),
        places=any(part and _may_tell_place(word) for word, part in both),
    )


def _may_tell_place(word: str) -> bool:
    return word[0] == _BESIDE or (_is_name(word) and len(word) >= _SHORTEST_FUZZY)


def _states_in_common(one: Text, other: Text) -> int:
    return len({word for word in one.words if word[0] == "?"}.intersection(other.words))


def _of_its_own(found: Mapping[str, float]) -> int:
    """How much of what it is about, or beside, the other text does not have."""
    return sum(word[0] in _THINGS and not part for word, part in found.items())


def name_other_things(one: Text, other: Text) -> bool:
    """Whether both name some of what is complained of one at a time, and none in common."""
    mine, yours = ({word[1:] for word in text.words if word[0] in _OF_THE_MATTER} for text in (one, other))
    return any(_name_others(mine & group, yours & group) for group in _ONE_AT_A_TIME)


def _name_others(mine: Collection[str], yours: Collection[str]) -> bool:
    return bool(mine and yours) and set(mine).isdisjoint(yours)


def _is_name(word: str) -> bool:
    return word[0] not in _WEIGHTS


@lru_cache(maxsize=20_000)
def _weight(word: str) -> float:
    return min(len(word), _HEAVIEST_NAME) if _is_name(word) else _WEIGHTS[word[0]]


def _retold(found: Mapping[str, float]) -> float:
    """How much of the matter was found, 0 to 100; less than that where little is told of it."""
    matter = {word: part for word, part in found.items() if word[0] in _OF_THE_MATTER}
    told = sum(_weight(word) for word, part in matter.items() if part)
    return _share(matter) * min(told / _ENOUGH, 1)


def _share(found: Mapping[str, float]) -> float:
    """How much of words was found, 0 to 100."""
    weights = [_weight(word) for word in found]
    if not weights:
        return 0.0
    return sum(weight * part for weight, part in zip(weights, found.values(), strict=True)) / sum(weights)


def _found(one: Text, other: Text) -> Mapping[str, float]:
    """How much of each word of the one finds its like in the other, 0 to 100."""
    names = frozenset(other.names)
    whole = set(other.found_whole)
    for joined, parts in one.in_two.items():
        if joined in names:
            whole.update(parts)
    whole.update(word for word, sound in one.heard.items() if len(sound) > 1 and sound in names)
    return {
        word: 100.0 if word in whole else _best(word, other.names) if _is_name(word) else 0.0
        for word in one.first
    }


def _best(word: str, names: Iterable[str]) -> float:
    """How alike the most alike name is, 0 to 100; 0 where none is alike."""
    if len(word) < _SHORTEST_FUZZY:
        return 0.0
    best = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[1] if best else 0.0
