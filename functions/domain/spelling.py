"""Words in Latin letters, whatever their script, and what of them survives differences of spelling.

Bengali and Devanagari do not write the inherent vowel, and whoever types them in Latin letters writes it as
it sounds: ``লক্ষ্মীর``, ``लक्ष्मी`` and ``lakshmir`` all begin with ``lksm``.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

# Marks belong to the word before them; so do the joiners that Indic scripts write.
_WORD = re.compile(r"[^\W_]+(?:[\u0900-\u0963\u0966-\u0dff\u200c\u200d]+[^\W_]*)*")
_PART = re.compile(r"\d+|\D+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{2,3}(?:\D|$))")
_SOUNDS = (
    (re.compile("\u0995\u09cd\u09b7"), "\u0996"),  # ksha is spoken kha
    (re.compile("\u0915\u094d\u0937"), "\u0916"),  # same, Devanagari
    (re.compile("\u0993\u09af\u09bc"), "\u09ac"),  # o-ya is how Bengali writes wa
    (re.compile("\u09cd\u09af"), ""),  # ya-phala lengthens, and is not heard
    (re.compile("\u09af(?!\u09bc)"), "\u099c"),  # the Bengali letter ya is spoken ja
    (re.compile("[\u09a1\u09a2]\u09bc"), "\u09b0"),  # the flapped letters are typed as ra
    (re.compile("[\u0921\u0922]\u093c"), "\u0930"),  # same, Devanagari
    (re.compile("[\u0981\u0901]"), ""),  # chandrabindu
    (re.compile("\u0982"), "\u09a8"),  # anusvara
    (re.compile("\u0902"), "\u0928"),  # same, Devanagari
)
_KNOWN = 20_000
"""So many words are kept ready."""
_CH = re.compile("c+h")
_ONE_LETTER = str.maketrans({"v": "b", "w": "b", "z": "j", "q": "k", "f": "p"})
# What is typed in Latin letters for one sound of Bengali and Hindi.
_TYPED = (("ksh", "kh"), ("x", "ks"), ("ph", "f"), ("ng", "n"), ("ee", "i"), ("oo", "u"))
_UNWRITTEN = re.compile("[ao]")
_LIKE_I = str.maketrans({"e": "i", "y": "i"})
_VOWELS = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([a-z])\1+")
_NO_LETTER = re.compile("[^a-z0-9]")

# What writers differ in: length of i and u, dental and cerebral n.
_ALIKE = str.maketrans({"ী": "ি", "ূ": "ু", "ণ": "ন", "ी": "ि", "ू": "ु", "ण": "न"})
# Chandrabindu, the dot below Devanagari letters, and joiners.
_LEFT_OUT = str.maketrans("", "", "\u0981\u0901\u093c\u200c\u200d")


class Script(StrEnum):
    """How a word is written."""

    BENGALI = "bengali"
    HINDI = "hindi"
    LATIN = "latin"
    """And whatever is neither."""


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        written: as it stands there, case folded.
        latin: it in Latin letters and ASCII digits.
    """

    written: str
    script: Script
    latin: str

    @property
    def plain(self) -> str:
        """It in its own script, without what writers differ in."""
        return self.written if self.script is Script.LATIN else plainly(self.written)

    @property
    def spelt(self) -> str:
        """It in Latin letters with its vowels, as it is most plainly spelt."""
        return _spelt(self.latin)

    @property
    def loose(self) -> str:
        """It without the vowels that Bengali and Hindi do not write, and those that are taken for them."""
        return _loose(self.latin)

    @property
    def sound(self) -> str:
        """What of it survives spelling: its consonants, without aspiration; of a number its digits."""
        return _sound(self.latin)


def words_of(text: str) -> list[Word]:
    """The words of a text, and its numbers, also where they are written in one with letters (``৯৮নং``)."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFC", text).casefold())
    parts = (part for written in _WORD.findall(text) for part in _PART.findall(written))
    return [word for part in parts if (word := _word(part)) is not None]


@lru_cache(maxsize=_KNOWN)
def plainly(written: str) -> str:
    """A word, or a part of one, without what writers of Bengali and Hindi differ in."""
    plain = unicodedata.normalize("NFC", written).translate(_LEFT_OUT)
    return unicodedata.normalize("NFC", plain.translate(_ALIKE))


@lru_cache(maxsize=_KNOWN)
def _word(written: str) -> Word | None:
    spoken = written
    if not written.isascii():
        for pattern, letter in _SOUNDS:
            spoken = pattern.sub(letter, spoken)
        # In anyascii ``c`` stands for the sound that is typed ``ch``.
        spoken = anyascii(spoken).lower().replace("c", "ch")
    latin = _NO_LETTER.sub("", spoken)
    return Word(written, _script(written), latin) if latin else None


def _script(word: str) -> Script:
    if any("\u0980" <= letter <= "\u09ff" for letter in word):
        return Script.BENGALI
    return Script.HINDI if any("\u0900" <= letter <= "\u097f" for letter in word) else Script.LATIN


@lru_cache(maxsize=_KNOWN)
def _spelt(latin: str) -> str:
    for typed, heard in _TYPED:
        latin = latin.replace(typed, heard)
    # ``C`` keeps the sound of ``ch`` apart from that of ``c``, which is ``k``.
    latin = _CH.sub("C", latin).replace("c", "k").replace("C", "c").translate(_ONE_LETTER)
    return _DOUBLED.sub(r"\1", latin.replace("h", ""))


@lru_cache(maxsize=_KNOWN)
def _loose(latin: str) -> str:
    return _begin(latin) + _DOUBLED.sub(r"\1", _UNWRITTEN.sub("", _spelt(latin)).translate(_LIKE_I))


@lru_cache(maxsize=_KNOWN)
def _sound(latin: str) -> str:
    if latin.isdigit():
        return latin
    return _begin(latin) + _DOUBLED.sub(r"\1", _VOWELS.sub("", _spelt(latin)))


def _begin(latin: str) -> str:
    """That it begins with a vowel is heard, but not which one."""
    return "a" if _VOWELS.match(latin) else ""
