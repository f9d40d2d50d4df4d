"""Digits in a text, of any script, as the groups in which they were written, and what parts them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from functions.domain.identifier_words import is_part_of_code

SPACED = frozenset({" ", "-"})
"""How the groups of one number are commonly parted."""

_TOKEN = re.compile(r"X+|\d+")
_REFERENCE = re.compile(r"SSM[- ]?\Z", re.IGNORECASE)
_REFERENCE_DIGITS = 11
_LONGEST_GAP = 10
_PARTING = frozenset(".,:;/_*|\\~'\u00b7\u2022")
_BRACKETS = frozenset("()[]")
_DASHES = frozenset("\u2212\u2043\u02d7")
# Country code and number together, where that is known.
_DIALLED = {"91": 12, "1": 11, "880": 13, "977": 13}
_DIALLED_ELSEWHERE = 12
_COUNTRY_CODE = 4
_KEPT = 4
_LEAST_CROSSED, _CROSSED_OF_AADHAAR = 5, 8


@dataclass(frozen=True)
class Group:
    """Digits that nothing parts.

    Attributes:
        digits: as ASCII.
        start: where in the text they begin.
        end: where they have ended.
        gap: what parts them from the group before: a space for any blanks, ``-`` for any dash, ``(`` for
            any bracket, another sign for itself, and ``, `` for a comma with a blank behind; empty where
            they stand apart.
        of_code: whether letters touch them, so that they are part of a code.
    """

    digits: str
    start: int
    end: int
    gap: str
    of_code: bool


def groups_of(text: str, apart: Iterable[tuple[int, int]]) -> list[Group]:
    """The groups of a text, without telephone numbers with a +, our references, and what a mask left.

    Args:
        text: any.
        apart: from where to where what stands there is known to be something else, in their order.
    """
    return list(_others(text, _without_masked(list(_tokens(text, apart)))))


def digits_of(groups: Iterable[Group]) -> str:
    """The digits of several groups in a row."""
    return "".join(group.digits for group in groups)


def rows(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Groups that stand together."""
    row: list[Group] = []
    for group in groups:
        if row and not group.gap:
            yield row
            row = []
        row.append(group)
    if row:
        yield row


def _tokens(text: str, apart: Iterable[tuple[int, int]]) -> Iterator[Group]:
    """Digits, and what is crossed out, which is a group of ``X``."""
    spans = iter(sorted(apart))
    start, end = next(spans, (len(text), len(text)))
    before = 0
    for match in _TOKEN.finditer(text):
        while match.start() >= end:
            start, end = next(spans, (len(text), len(text) + 1))
        if match.start() >= start:
            continue
        said = match[0]
        digits = said if said[0] == "X" else "".join(str(unicodedata.decimal(digit)) for digit in said)
        gap = _gap(text[before : match.start()]) if before else ""
        yield Group(digits, *match.span(), gap, of_code=is_part_of_code(text, *match.span()))
        before = match.end()


def _gap(between: str) -> str:
    """What parts two groups; empty where it is too much for one number."""
    if len(between) > _LONGEST_GAP:
        return ""
    signs = {sign for sign in between if not (sign.isspace() or unicodedata.category(sign) == "Cf")}
    if not signs:
        return " "
    if all(sign in _DASHES or unicodedata.category(sign) == "Pd" for sign in signs):
        return "-"
    if signs <= _BRACKETS:
        return "("
    if len(signs) > 1 or not signs <= _PARTING:
        return ""
    (sign,) = signs
    return ", " if sign == "," and between[-1].isspace() else sign


def _without_masked(tokens: Sequence[Group]) -> Iterator[Group]:
    """The groups of digits but those that a mask left of a number, lest they begin another one."""
    left = _left_by_mask(tokens)
    is_apart = True
    for at, token in enumerate(tokens):
        if token.digits[0] == "X" or at in left:
            is_apart = True
            continue
        yield replace(token, gap="" if is_apart else token.gap)
        is_apart = False


def _left_by_mask(tokens: Sequence[Group]) -> set[int]:
    """Which tokens are the last four digits of a number the rest of which is crossed out."""
    left: set[int] = set()
    crossed = pieces = 0
    behind: list[int] = []
    for at, token in enumerate(tokens):
        if not token.gap or (token.digits[0] == "X" and behind):
            crossed, pieces, behind = 0, 0, []
        if token.digits[0] == "X":
            crossed, pieces = crossed + len(token.digits), pieces + 1
            continue
        if not crossed:
            continue
        behind.append(at)
        kept = sum(len(tokens[one].digits) for one in behind)
        if kept < _KEPT:
            continue
        touches = tokens[behind[0]].start == tokens[behind[0] - 1].end
        is_long = crossed >= _CROSSED_OF_AADHAAR or (crossed >= _LEAST_CROSSED and (touches or pieces > 1))
        if kept == _KEPT and is_long:
            left.update(behind)
        crossed, pieces, behind = 0, 0, []
    return left


def _others(text: str, groups: Iterable[Group]) -> Iterator[Group]:
    """The groups without those of a telephone number with its country code, and of our references."""
    for row in rows(list(groups)):
        at, is_apart = 0, True
        while at < len(row):
            passed = _dialled(text, row, at) or _of_reference(text, row, at)
            if passed:
                at, is_apart = at + passed, True
                continue
            yield replace(row[at], gap="") if is_apart else row[at]
            at, is_apart = at + 1, False


def _dialled(text: str, row: Sequence[Group], at: int) -> int:
    """How many groups a number with a + before it takes: as many as may belong to it."""
    if text[max(0, row[at].start - 1) : row[at].start] not in {"+", "\uff0b"}:
        return 0
    code = row[at].digits
    wanted = next(
        (length for start, length in _DIALLED.items() if code.startswith(start)), _DIALLED_ELSEWHERE
    )
    dialled, taken = len(code), 1
    for group in row[at + 1 :]:
        fits = dialled <= _COUNTRY_CODE or dialled + len(group.digits) <= wanted
        if dialled >= wanted or group.gap not in SPACED or not fits:
            break
        dialled, taken = dialled + len(group.digits), taken + 1
    return taken


def _of_reference(text: str, row: Sequence[Group], at: int) -> int:
    if not _REFERENCE.search(text[max(0, row[at].start - 4) : row[at].start]):
        return 0
    digits = 0
    for taken, group in enumerate(row[at : at + _REFERENCE_DIGITS], start=1):
        if taken > 1 and group.gap not in SPACED:
            break
        digits += len(group.digits)
        if digits == _REFERENCE_DIGITS:
            return taken
    return 0
