"""Numbers in free text that stand for a person: Aadhaar, PAN and bank accounts; found, and masked.

Digits are those of any script. A mask changes no text's length and leaves the last four, as UIDAI does.

**Aadhaar** (UIDAI): twelve digits, the first 2 to 9, the last a Verhoeff check digit. No word need tell one
that is in one piece, or in equal groups that are parted alike: fours and single digits by any sign; sixes,
threes and pairs by what does not part lists, dates and amounts. Within 40 characters behind the word Aadhaar,
or 25 before it, any groups will do that hold no mobile number and no date; right behind the word, or behind
"Aadhaar number", these as well. Twelve digits that look like 91 and a mobile number are a telephone's, unless
Aadhaar is spoken of.

**PAN**: see ``pan``. Parted by blanks, it takes capitals and the letter of a person, or its name before it.

**Accounts** have 9 to 18 digits and no check, so the words around must speak of one: the nearest before, up
to 120 characters, or one right behind. An IFSC code counts as such a word, and stays, since it names a
branch. What could be a telephone number, ten digits from 6 to 9 on among them, stays one, because a citizen
has to be rung; unless "account" with "number" or "bank", or short for it (A/C), stands directly before it, or
an IFSC code beside it.

This chooses between two wrongs. One in ten of all twelve digits passes the check, so now and then the number
of a file or a ration card, or a list, is crossed out: its last four digits stay, and analysts see it whole,
which harms less than an Aadhaar number at large. What is not found: an Aadhaar number with a wrong digit;
unequal groups far from the word; ten digits of an account behind "account" alone; a number that letters of a
code touch (``K234567890124``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from functions.domain import aadhaar, account_numbers, pan
from functions.domain.digit_groups import Group, groups_of, rows
from functions.domain.identifier_words import Words

IdentifierKind = Literal["Aadhaar number", "PAN", "bank account number"]

_KEPT = 4


@dataclass(frozen=True)
class Identifier:
    """A number that stands for a person.

    Attributes:
        start: where in the text it begins.
        end: where it has ended.
    """

    kind: IdentifierKind
    start: int
    end: int


def find(text: str) -> tuple[Identifier, ...]:
    """The identifiers in a text, by where they stand; none overlaps another."""
    if not any(map(str.isdecimal, text)):
        return ()
    words = Words(text)
    found = [Identifier("PAN", *span) for span in pan.spans(text)]
    groups = groups_of(text, [*((one.start, one.end) for one in found), *words.ifscs])
    numbers = list(aadhaar.among(groups, words))
    found += [
        Identifier("Aadhaar number", groups[first].start, groups[end - 1].end) for first, end in numbers
    ]
    for row in rows(list(_between(groups, numbers))):
        found += [
            Identifier("bank account number", account[0].start, account[-1].end)
            for account in account_numbers.among(text, row, words)
        ]
    return tuple(sorted(found, key=lambda one: one.start))


def masked(text: str) -> str:
    """The text with every letter and digit of an identifier crossed out but its last four."""
    pieces = list(text)
    for one in find(text):
        places = [place for place in range(one.start, one.end) if text[place].isalnum()]
        for place in places[:-_KEPT]:
            pieces[place] = "X"
    return "".join(pieces)


def _between(groups: Sequence[Group], numbers: Sequence[tuple[int, int]]) -> Iterator[Group]:
    """The groups of no Aadhaar number; what stands on either side of one stands apart."""
    taken = {at for first, end in numbers for at in range(first, end)}
    for at, group in enumerate(groups):
        if at not in taken:
            yield replace(group, gap="") if at - 1 in taken else group
