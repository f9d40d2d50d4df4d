"""How alike two texts are, whatever their script, spelling and order of words.

A text becomes *words*: NFC, case folded, digits of all scripts as ASCII, without punctuation and fillers, in
Latin letters (``anyascii``), and of each word what survives spelling: its consonants, without aspiration.
Bengali and Devanagari do not write the inherent vowel, and whoever types them in Latin letters writes
it as it sounds: ``লক্ষ্মীর``, ``लक्ष्मी`` and ``lakshmir`` all begin with ``lksm``.

:func:`likeness` is ``0.6 * covered + 0.4 * sorted``, each 0 to 100:

- ``covered``: how much of each text finds its like in the other: each word's best ``fuzz.ratio``, if it is
  at least 75, weighted by the word's length; of the two directions the geometric mean. A short text that
  is a part of a long one covers little of it, and so cannot score as ``token_set_ratio`` would let it, 100.
- ``sorted``: ``fuzz.ratio`` of the sorted words (a ``token_sort_ratio``), which sees what is below 75 and the
  lengths.

Imported where records are compared alone: no other function pays for the libraries' start.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz, process

_COVERED, _SORTED = 0.6, 0.4
_ALIKE = 75.0
_SHORTEST_FUZZY = 3
_HEAVIEST = 6
_MOST_WORDS = 80
"""So many words of a text are compared one by one: five thousand characters would be seven hundred."""

# Words that any call may hold. They tell nothing of the matter.
_FILLERS = """
না নেই আছে করে হয়ে হয় হল গেছে আর ও এই সব কিছু কিন্তু থেকে ধরে জন্য পরে এখনও আমার আমাদের আমরা আমি
না নমস্কার দয়া অনুগ্রহ
है हैं नहीं से का की के में को ने पर और हो रहा रही रहे गया गई कर हमारे हमारी मैं था थी नमस्ते कृपया
na nei ache kore hoye hoy holo geche ar ei sob kichu kintu theke dhore jonyo pore
hai hain nahin nahi se ka ki ke mein ko ne par aur ho raha rahi rahe gaya gayi kar
the a an of to in on at is are was has have been for and it my our we i not no with please hello sir madam
"""

# Marks belong to the word before them; so do the joiners that Indic scripts write.
_WORD = re.compile(r"[^\W_]+(?:[\u0900-\u0dff\u200c\u200d]+[^\W_]*)*")
_SOUNDS = (
    (re.compile("\u0993\u09af\u09bc"), "\u09ac"),  # o-ya is how Bengali writes wa
    (re.compile("\u09cd\u09af"), ""),  # ya-phala lengthens, and is not heard
    (re.compile("\u09af(?!\u09bc)"), "\u099c"),  # the Bengali letter ya is spoken ja
    (re.compile("[\u09a1\u09a2]\u09bc"), "\u09b0"),  # the flapped letters are typed as ra
    (re.compile("[\u0921\u0922]\u093c"), "\u0930"),  # same, Devanagari
    (re.compile("[\u0981\u0901]"), ""),  # chandrabindu
    (re.compile("\u0982"), "\u09a8"),  # anusvara
    (re.compile("\u0902"), "\u0928"),  # same, Devanagari
)
_ONE_LETTER = str.maketrans({"v": "b", "w": "b", "z": "j", "q": "k", "f": "p"})
_VOWELS = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([a-z])\1+")
# What names of villages and towns in Bengal end in, and the case endings behind it.
_PLACE = re.compile(
    r"[a-z]{3,}(?:pu+r|na?ga?r|ga?nj|da?nga|khali|ga?chh?i|dighi|jo?t|dihi)(?:a?[iy]?e?|er|[st]e|te)$"
)
_WARD = re.compile("[bvw]a?rd")
_NO_LETTER = re.compile("[^a-z0-9]")
_ROMAN_NUMBERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


@dataclass(frozen=True)
class Text:
    """A text made ready for comparison.

    Attributes:
        plain: it without case and differences of spaces, to know the very same one.
        words: what is compared.
        places: those of its words that by their ending name a village or a town.
        wards: numbers of wards.
    """

    plain: str
    words: tuple[str, ...]
    places: tuple[str, ...] = ()
    wards: frozenset[str] = frozenset()


def prepare(text: str) -> Text:
    """Makes a text ready for comparison."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    latin = _latin(plain)
    words = [sound for word in latin if (sound := _sound(word))]
    fillers = _fillers()
    telling = tuple(word for word in words if word not in fillers) or tuple(words)
    places = tuple(_sound(word) for word in latin if _PLACE.match(word))
    return Text(plain, telling, places, _wards(latin))


def _wards(latin: list[str]) -> frozenset[str]:
    """Numbers that stand no further than a word from the word ward, such as ``১২ নম্বর ওয়ার্ড``."""
    near = (latin[max(at - 2, 0) : at + 3] for at, word in enumerate(latin) if _WARD.match(word))
    return frozenset(word for words in near for word in words if word.isdigit())


def without(text: Text, name: str) -> Text:
    """The text without the words of a name: what two texts are known to share tells nothing more."""
    names = [_sound(word) for word in _latin(name.casefold())]
    left = tuple(word for word in text.words if not any(fuzz.ratio(word, other) >= _ALIKE for other in names))
    return replace(text, words=left or text.words)


def is_same(one: Text, other: Text) -> bool:
    """Whether they say the very same, but for case, spaces, punctuation, script of digits and fillers."""
    return one.plain == other.plain or bool(one.words and one.words == other.words)


def likeness(one: Text, other: Text) -> float:
    """How alike two texts are, 0 to 100; the same either way round."""
    if is_same(one, other):
        return 100.0
    mine, yours = one.words[:_MOST_WORDS], other.words[:_MOST_WORDS]
    covered = math.sqrt(_covered(mine, yours) * _covered(yours, mine))
    in_order = fuzz.ratio(" ".join(sorted(mine)), " ".join(sorted(yours)))
    return _COVERED * covered + _SORTED * in_order


def name_other_places(one: Text, other: Text) -> bool:
    """Whether both name wards, or villages and towns, and none in common."""
    if one.wards and other.wards and not one.wards & other.wards:
        return True
    if not one.places or not other.places:
        return False
    return all(fuzz.ratio(mine, yours) < _ALIKE for mine in one.places for yours in other.places)


def is_same_place(one: str | None, other: str | None) -> bool | None:
    """Whether two spellings name one place, such as ``Ranaghat-II`` and ``রানাঘাট ২``; None where unknown."""
    if not one or not other:
        return None
    name, number = _name_and_number(one)
    other_name, other_number = _name_and_number(other)
    if not name or not other_name:
        return None
    return number == other_number and fuzz.ratio(name, other_name) >= _ALIKE


def _name_and_number(place: str) -> tuple[str, str]:
    words = [_ROMAN_NUMBERS.get(word, word) for word in _latin(place.casefold())]
    numbers = [word for word in words if word.isdigit()]
    return "".join(_sound(word) for word in words if not word.isdigit()), "".join(numbers)


def _covered(ones: tuple[str, ...], others: tuple[str, ...]) -> float:
    """How much of the ones finds its like among the others, 0 to 100."""
    choices = list(dict.fromkeys(others))
    known = set(choices)
    whole = found = 0.0
    for word in dict.fromkeys(ones):
        weight = min(len(word), _HEAVIEST)
        whole += weight
        if word in known:
            found += 100 * weight
        elif len(word) >= _SHORTEST_FUZZY:
            best = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            found += best[1] * weight if best else 0
    return found / whole if whole else 0.0


def _latin(text: str) -> list[str]:
    """Its words in Latin letters and ASCII digits."""
    for pattern, letter in _SOUNDS:
        text = pattern.sub(letter, text)
    words = []
    for word in _WORD.findall(text):
        # In anyascii ``c`` stands for the sound that is typed ``ch``.
        latin = word if word.isascii() else anyascii(word).lower().replace("c", "ch")
        words.append(_NO_LETTER.sub("", latin))
    return [word for word in words if word]


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """What of a Latin word survives spelling."""
    if word.isdigit():
        return word
    # ``C`` keeps the sound of ``ch`` apart from that of ``c``, which is ``k``.
    word = word.replace("x", "ks").replace("ph", "f").replace("ch", "C").replace("c", "k")
    word = word.replace("C", "c").translate(_ONE_LETTER).replace("h", "")
    begin = "a" if _VOWELS.match(word) else ""
    return _DOUBLED.sub(r"\1", begin + _VOWELS.sub("", word))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_sound(word) for word in _latin(_FILLERS.casefold()))
