"""Whole words and phrases in what callers say, in whatever script.

Compared after NFC and casefold. A word is what letters, marks and digits make up: Python's own word boundary
takes the vowel signs of Bengali and Hindi for gaps. Joiners and the Hindi nukta are left out, since typists
differ in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_LEFT_OUT = {0x200C: None, 0x200D: None, 0x093C: None}
_STEM = "*"


def _plain(text: str, *, also: str = "") -> str:
    """The text's words with a single space between them."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).translate(_LEFT_OUT)
    kept = (one if unicodedata.category(one)[0] in "LMN" or one in also else " " for one in text)
    return " ".join("".join(kept).split())


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    alternatives = (
        re.escape(_plain(phrase, also=_STEM)).replace(re.escape(_STEM), "[^ ]*").replace(r"\ ", " ")
        for phrase in phrases
    )
    return re.compile(f"(?<![^ ])(?:{'|'.join(alternatives) or '(?!)'})(?![^ ])")


@dataclass(frozen=True)
class Phrases:
    """A list of phrases to be looked for."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str]

    @classmethod
    def of(cls, phrases: Iterable[str], unless: Iterable[str] = ()) -> Phrases:
        """The list.

        Args:
            phrases: words or phrases; a word that ends in ``*`` is a stem with any ending, or none.
            unless: phrases that hold one of them and mean something else.
        """
        return cls(_pattern(phrases), _pattern(unless))

    def occur_in(self, text: str) -> bool:
        """Whether one of them is said in the text."""
        return self.pattern.search(self.unless.sub("|", _plain(text))) is not None
