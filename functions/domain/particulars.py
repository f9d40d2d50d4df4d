"""What tells one matter from another that is told in the same words: which one, whose, and when.

Two widows of one village wait for their pensions in the same words, and all tube wells break alike. So of a
text is noted what it numbers (a ward, a plot, an application), where it is, which relatives it names, whether
it asks for what one citizen has alone or speaks for many, and whether the thing was mended before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.domain import people, sites, vocabulary
from functions.domain.meaning import Said, Sort, meanings_of
from functions.domain.sites import Site

_NUMBERED = frozenset(vocabulary.NUMBERED.split())
_NUMBERED_ALONE = frozenset(vocabulary.NUMBERED_ALONE.split())
_CALLED_NUMBER = "number"
_NEAR = 2
_LONG = 5
_LONG_NUMBER = "long"
_COUNTED = frozenset({"money", "percent", "people", "staff", "time"})
_TELEPHONE = re.compile("(?:91|0)?[6-9][0-9]{9}")
_TELLING_NUMBER = 3

_OWN = frozenset(vocabulary.OWN.split())
_SUFFERED = frozenset(vocabulary.SUFFERED.split())
_OTHERS_GET = re.compile("^(?:পাচ্ছে|পেয়েছে|পায়|pachch?e|pacche|peyeche|pay|gets?|getting|got)$")
_NOT = frozenset({"না", "na"})

_AGAIN = frozenset(
    {"আবার", "ফের", "নতুন", "फिर", "दोबारा", "नया", "नई", "abar", "phir", "notun", "naya", "again", "new"}
)
_DONE = frozenset({"become", "do", "give", "go", "repair"})
# The past before the past, in which a repair is told that did not last, or what was put up anew.
_HAD_BEEN = re.compile("ছিল$|chilo?$|^(?:था|थी|थे|tha|thi|was|were|had)$")


@dataclass(frozen=True)
class Particulars:
    """What a text tells beside what the matter is.

    Attributes:
        numbers: what is numbered, and its number; a long one counts for whatever it numbers.
        relatives: names that follow a word of kin.
        is_own: whether it asks for what one citizen has alone.
        suffered: whether it tells what is done to one citizen alone.
        says_we: whether it speaks in the first person plural, as families and neighbours do.
        speaks_for_all: whether it speaks for many, and does not say that the others get what is asked for.
        was_mended: whether it tells that what was mended broke again.
    """

    site: Site
    numbers: frozenset[tuple[str, str]]
    relatives: frozenset[str]
    is_own: bool
    suffered: bool
    says_we: bool
    speaks_for_all: bool
    was_mended: bool


def particulars(said: Said) -> Particulars:
    """What a text tells."""
    meanings = meanings_of(said)
    return Particulars(
        site=sites.site(said),
        numbers=frozenset(_numbers(said, meanings)),
        relatives=people.relatives(said),
        is_own=not _OWN.isdisjoint(meanings),
        suffered=not _SUFFERED.isdisjoint(meanings),
        says_we="we" in meanings,
        speaks_for_all=_speaks_for_all(said, meanings),
        was_mended=_was_mended(said, meanings),
    )


def number_otherwise(one: Particulars, other: Particulars) -> bool:
    """Whether both number the same sort of thing, and none alike: ward 5 and ward 7."""
    for kind in {kind for kind, _ in one.numbers} & {kind for kind, _ in other.numbers}:
        if not {own for own in one.numbers if own[0] == kind} & other.numbers:
            return True
    return False


def share_a_number(one: Particulars, other: Particulars) -> bool:
    """Whether both tell the same number of three digits or more of the same thing."""
    return any(len(number) >= _TELLING_NUMBER for _, number in one.numbers & other.numbers)


def _numbers(said: Said, meanings: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, (word, meant) in enumerate(said):
        if meant is None or meant.sort is not Sort.NUMBER or _TELEPHONE.fullmatch(meant.name):
            continue
        before, behind = meanings[max(at - _NEAR, 0) : at][::-1], meanings[at + 1 : at + 1 + _NEAR]
        if not _COUNTED.isdisjoint(behind[:1]):
            continue
        # The nearest first.
        around = [*before[:1], *behind[:1], *before[1:], *behind[1:]]
        in_digits = word.latin.isdigit()
        if in_digits and len(meant.name) >= _LONG:
            yield _LONG_NUMBER, meant.name
        alone = [kind for kind in around if kind in _NUMBERED_ALONE]
        if alone and (in_digits or _CALLED_NUMBER in around):
            yield alone[0], meant.name
        elif _CALLED_NUMBER in around:
            yield next((kind for kind in around if kind in _NUMBERED), _CALLED_NUMBER), meant.name


def _speaks_for_all(said: Said, meanings: Sequence[str]) -> bool:
    return any(
        meaning == "people" and not _get_it([word.written for word, _ in said[at + 1 : at + 2 + _NEAR]])
        for at, meaning in enumerate(meanings)
    )


def _get_it(behind: Sequence[str]) -> bool:
    """Whether the words behind all others tell that they get it."""
    return any(
        _OTHERS_GET.match(word) and after not in _NOT
        for word, after in zip(behind[:_NEAR], [*behind[1:], ""], strict=False)
    )


def _was_mended(said: Said, meanings: Sequence[str]) -> bool:
    done = any(
        _HAD_BEEN.search(word.written) and not _DONE.isdisjoint(meanings[max(at - _NEAR, 0) : at + 2])
        for at, (word, _) in enumerate(said)
    )
    return done and any(word.written in _AGAIN for word, _ in said)
