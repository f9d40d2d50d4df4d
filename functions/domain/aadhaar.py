"""Aadhaar numbers among the groups of digits in a text.

What is one, and what is risked, stands in ``identifiers``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from stdnum import verhoeff

from functions.domain.digit_groups import SPACED, Group, digits_of
from functions.domain.identifier_words import Said, WordKind, Words

DIGITS = 12
_PAIR, _USUAL, _PIN = 2, 4, 6
_SIZES = frozenset({1, _PAIR, 3, _USUAL, _PIN})
_NEVER = {_PAIR: ".,:;(/_*|\\~'\u00b7\u2022", 3: ",;/", _PIN: ",;"}
"""By the size of equal groups what parts them in lists, dates and amounts rather than in one number."""
_BEFORE, _BEHIND, _PIN_BEFORE = 40, 25, 20
_NAMING: frozenset[WordKind] = frozenset({"aadhaar", "telephone"})
_MOBILE_FORMS = ((10,), (5, 5), (3, 3, 4), (4, 3, 3), (4, 6), (6, 4))


def among(groups: Sequence[Group], words: Words) -> Iterator[tuple[int, int]]:
    """From which group to which each number goes, the last one not counted; from left to right."""
    alone = dict(_alone(groups, words))
    at = 0
    while at < len(groups):
        taken = _taken(groups, at, alone.get(at, 0), words)
        if taken:
            yield at, at + taken
        at += taken or 1


def is_valid(digits: str) -> bool:
    """Whether twelve digits can be an Aadhaar number: the first is no 0 or 1, the last checks the others."""
    return digits[0] in "23456789" and bool(verhoeff.is_valid(digits))


def _taken(groups: Sequence[Group], at: int, alone: int, words: Words) -> int:
    """How many groups from here on are a number; 0 where none begins."""
    if alone and _is_number(groups[at : at + alone]):
        return alone
    window = _window(groups, at)
    if window and _is_spoken_of(window, words) and _is_number(window):
        return len(window)
    return 0


def _is_number(window: Sequence[Group]) -> bool:
    return not any(group.of_code for group in window) and is_valid(digits_of(window))


def _window(groups: Sequence[Group], at: int) -> Sequence[Group]:
    """The groups from here on that have twelve digits together; none where no groups have."""
    digits = 0
    for end in range(at, min(len(groups), at + DIGITS)):
        if end > at and not groups[end].gap:
            break
        digits += len(groups[end].digits)
        if digits >= DIGITS:
            return groups[at : end + 1] if digits == DIGITS else ()
    return ()


# Written so that no word need tell.


def _alone(groups: Sequence[Group], words: Words) -> Iterator[tuple[int, int]]:
    """Where a number may begin though nothing speaks of one, and how many groups it would have."""
    at = 0
    while at < len(groups):
        size = len(groups[at].digits)
        if size == DIGITS:
            if not _is_dialled(groups[at], words):
                yield at, 1
            at += 1
            continue
        end = _end_of_equals(groups, at)
        if size in _SIZES:
            yield from _in_equals(groups, at, end, words)
        if _is_usual_mixed(groups, at):
            yield at, DIGITS // _USUAL
        # The last of equal groups may be the first of others, parted otherwise.
        at = max(at + 1, end - 1)


def _in_equals(groups: Sequence[Group], first: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Where among equal groups a number may begin: they are one, or several and nothing else.

    The usual groups of four may have others beside them, unless these are telephone numbers.
    """
    needed = DIGITS // len(groups[first].digits)
    is_whole = (end - first) % needed == 0
    is_anywhere = needed == DIGITS // _USUAL and not _is_telephone(groups[first], words)
    if not (is_whole or is_anywhere):
        return
    for start in range(first, end - needed + 1, 1 if is_anywhere else needed):
        if not _is_other(groups[start : start + needed], words):
            yield start, needed


def _end_of_equals(groups: Sequence[Group], at: int) -> int:
    """Where groups of the same size, parted in the same way, have ended."""
    end = at + 1
    while (
        end < len(groups)
        and len(groups[end].digits) == len(groups[at].digits)
        and groups[end].gap
        and groups[end].gap == groups[at + 1].gap
    ):
        end += 1
    return end


def _is_usual_mixed(groups: Sequence[Group], at: int) -> bool:
    """Whether these are three groups of four, once a blank and once a dash between, and no fourth."""
    window = groups[at : at + 3]
    joins = [len(group.digits) == _USUAL and group.gap in SPACED for group in groups[at : at + 4]]
    return (
        len(window) == 3  # noqa: PLR2004 - the usual three
        and len(window[0].digits) == _USUAL
        and not joins[0]
        and joins[1:3] == [True, True]
        and not any(joins[3:])
        and window[1].gap != window[2].gap
    )


def _is_other(window: Sequence[Group], words: Words) -> bool:
    """Whether equal groups are rather years, a list of small numbers, or PIN codes."""
    size, gap = len(window[0].digits), window[1].gap
    if gap[0] in _NEVER.get(size, ""):
        return True
    if size == _USUAL:
        return all("1900" <= group.digits < "2100" for group in window)
    if size == _PAIR:
        return all(one.digits < other.digits for one, other in pairwise(window))
    return size == _PIN and words.before(window[0].start, _PIN_BEFORE, {"pin"}) is not None


def _is_dialled(group: Group, words: Words) -> bool:
    """Whether twelve digits are 91 and a mobile number: not where an Aadhaar number is spoken of."""
    return group.digits.startswith(("916", "917", "918", "919")) and _near([group], words) is None


# Written in any way, where a word tells.


def _near(window: Sequence[Group], words: Words) -> Said | None:
    """The word for Aadhaar near a number; None where one for a telephone stands nearer before it."""
    start, end = window[0].start, window[-1].end
    word = words.before(start, _BEFORE, _NAMING) or words.behind(end, _BEHIND, _NAMING)
    return word if word is not None and word.kind == "aadhaar" else None


def _is_telephone(group: Group, words: Words) -> bool:
    word = words.before(group.start, _BEFORE, _NAMING)
    return word is not None and word.kind == "telephone"


def _is_spoken_of(window: Sequence[Group], words: Words) -> bool:
    """Whether a word for Aadhaar lets these groups be one number.

    Right behind the word, whatever is no date is; else it must look like one number, and like no telephone's.
    """
    word = _near(window, words)
    if word is None:
        return False
    gaps = {group.gap for group in window[1:]}
    is_uniform = len(gaps) <= 1
    if word.end <= window[0].start and words.introduces(word, window[0].start):
        return is_uniform or not _holds_date(window)
    looks_like_one = is_uniform or gaps <= SPACED
    return looks_like_one and not _holds_date(window) and not _holds_mobile(window)


def _holds_date(window: Sequence[Group]) -> bool:
    for day, month, year in zip(window, window[1:], window[2:], strict=False):
        if len(day.digits) == _USUAL:
            day, year = year, day  # noqa: PLW2901 - the year stands first
        if (
            len(year.digits) == _USUAL
            and "1900" <= year.digits < "2100"
            and len(day.digits) <= 2 >= len(month.digits)  # noqa: PLR2004 - a day and a month
            and 1 <= int(day.digits) <= 31  # noqa: PLR2004 - days
            and 1 <= int(month.digits) <= 12  # noqa: PLR2004 - months
        ):
            return True
    return False


def _holds_mobile(window: Sequence[Group]) -> bool:
    sizes = tuple(len(group.digits) for group in window)
    return any(
        window[at].digits[0] in "6789" and sizes[at : at + len(form)] == form
        for at in range(len(window))
        for form in _MOBILE_FORMS
    )
