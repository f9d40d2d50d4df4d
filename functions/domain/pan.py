"""PANs in a text: AAAAA9999A, the fourth letter the kind of holder (Income Tax Department)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GAP = "[ \u00a0]?[-\u2010-\u2015]?[ \u00a0]?"
# Letters that touch it make it part of another code, but for its own name.
_PAN = re.compile(
    r"(?:(?<![A-Za-z\d])|(?<=pan)|(?<=no)|(?<=number)|(?<=card))"
    rf"(?P<letters>[A-Z]{{3}}(?P<holder>[ABCFGHJLPT])[A-Z])(?P<gaps>{_GAP}(?P<digits>\d{{4}}){_GAP})[A-Z]"
    r"(?![A-Za-z\d])",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<![A-Za-z])pan(?![A-Za-z])|প্যান|पैन|پین", re.IGNORECASE)
_BEFORE = 30


def spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each PAN goes."""
    for match in _PAN.finditer(text):
        if int(match["digits"]) and (match["gaps"] == match["digits"] or _is_parted(text, match)):
            yield match.span()


def _is_parted(text: str, match: re.Match[str]) -> bool:
    """Whether it is one though blanks or dashes part it, and not words such as ``block 1234 A``.

    Capitals and the letter for a person tell it, or its name before it.
    """
    is_persons = match["holder"] == "P" and match[0].isupper()
    return is_persons or _WORD.search(text, max(0, match.start() - _BEFORE), match.start()) is not None
