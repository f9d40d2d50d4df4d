"""Numbers of bank accounts among the groups of digits in a text: the words around tell them.

What is one, and what is risked, stands in ``identifiers``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.domain.digit_groups import SPACED, Group, digits_of
from functions.domain.identifier_words import Said, WordKind, Words

_DIGITS = range(9, 19)
_GROUP, _GROUPS, _GROUPS_NAMED = range(3, 7), 3, 2
_NEAR, _FAR, _BEHIND, _IFSC_BEHIND = 40, 120, 20, 40
_TELLING: frozenset[WordKind] = frozenset({"account", "ifsc", "telephone", "other"})
# Masked or not, lest a second look finds more than the first.
_ANOTHER = re.compile(r"[\dX]{9}")
# With the 0 of a trunk call or an STD code before it, or 91.
_TELEPHONE = re.compile("(?:91|0)?[6-9][0-9]{9}|0[1-9][0-9]{9}")


def among(text: str, row: Sequence[Group], words: Words) -> Iterator[Sequence[Group]]:
    """The account numbers among groups that stand together: in one piece, or in several shorter ones."""
    short: list[Group] = []
    for group in row:
        if short and (len(group.digits) not in _GROUP or group.gap not in SPACED):
            yield from _account(text, short, words)
            short = []
        if len(group.digits) in _GROUP:
            short.append(group)
        else:
            yield from _account(text, [group], words)
    yield from _account(text, short, words)


def _account(text: str, groups: Sequence[Group], words: Words) -> Iterator[Sequence[Group]]:
    digits = digits_of(groups)
    if len(digits) not in _DIGITS or any(group.of_code for group in groups):
        return
    start, end = groups[0].start, groups[-1].end
    word = words.before(start, _NEAR, _TELLING)
    is_named = word is not None and word.kind == "account" and words.names_account(word, start)
    if not is_named and 1 < len(groups) < _GROUPS:
        return
    if is_named or (
        _has_ifsc(text, word, start, end, words)
        if _TELEPHONE.fullmatch(digits)
        else _is_spoken_of(word, start, end, words)
    ):
        yield groups


def _is_spoken_of(word: Said | None, start: int, end: int, words: Words) -> bool:
    """Whether what stands near speaks of an account: before it, else right behind, else far before."""
    word = (
        word
        or words.behind(end, _BEHIND, _TELLING)
        or words.behind(end, _IFSC_BEHIND, {"ifsc"})
        or words.before(start, _FAR, _TELLING)
    )
    return word is not None and word.kind in {"account", "ifsc"}


def _has_ifsc(text: str, word: Said | None, start: int, end: int, words: Words) -> bool:
    """Whether an IFSC code stands beside what could be a telephone number, and goes with no other number."""
    if word is not None and word.kind in {"telephone", "other"}:
        return False
    before, behind = words.before(start, _NEAR, {"ifsc"}), words.behind(end, _IFSC_BEHIND, _TELLING)
    if before and not _ANOTHER.search(text, before.end, start):
        return True
    return bool(behind and behind.kind == "ifsc" and not _ANOTHER.search(text, end, behind.start))
