"""Numbers in free text that stand for a person: Aadhaar, PAN and bank accounts; found, and masked.

Aadhaar (UIDAI): twelve digits, the first 2 to 9, the last a Verhoeff check digit; masked as UIDAI does it,
the last four digits stay. PAN (Income Tax Department): AAAAA9999A, the fourth letter the kind of holder.
Accounts have 9 to 18 digits and no check, so the words around must speak of one: an IFSC code counts as such
a word, and stays, since it names a branch. A mask changes no text's length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stdnum import verhoeff

IdentifierKind = Literal["Aadhaar number", "PAN", "bank account number"]

_DIGITS = "0-9\u09e6-\u09ef\u0966-\u096f"  # ASCII, Bengali, Devanagari
_DIGIT = f"[{_DIGITS}]"
_ALONE_BEFORE = f"(?<![{_DIGITS}A-Za-z])"
_ALONE_AFTER = f"(?![{_DIGITS}A-Za-z])"
_GAP = "(?:[ \u00a0]?[-\u2013][ \u00a0]?|[ \u00a0]{1,2})"
_GROUP = re.compile(f"{_DIGIT}+")
# What is masked already is passed over whole, lest its last four digits begin another number.
_RUN = re.compile(
    f"{_ALONE_BEFORE}(?:XXXX{_GAP}XXXX{_GAP}{_DIGIT}{{4}}|(?P<run>\\+?{_DIGIT}+(?:{_GAP}{_DIGIT}+)*))"
    f"{_ALONE_AFTER}"
)
_PAN = re.compile(
    f"{_ALONE_BEFORE}[A-Z]{{3}}[ABCFGHJLPT][A-Z](?!0000)[0-9]{{4}}[A-Z]{_ALONE_AFTER}", re.IGNORECASE
)
_REFERENCE = re.compile(r"SSM[- ]?\Z", re.IGNORECASE)

# Own lists. The word that stands nearest before the number tells what it is, else one just behind it.
_ACCOUNT_WORDS = re.compile(
    r"(?P<account>\baccounts?\b|\ba/c\b|\bacc?t?\.? ?no\b|\bkhata\b|\bpass ?book\b|\b[A-Z]{4}0[A-Z0-9]{6}\b"
    r"|অ্যাকাউন্ট|একাউন্ট|এ্যাকাউন্ট|হিসাব নম্বর|খাতা নম্বর|পাসবই|खाता|खाते|अकाउंट|एकाउंट|पासबुक)"
    r"|(?P<other>\bphone|\bmob(?:ile)?\b|\bconsumer|\bcustomer|\bmeter|\bbill\b|\bref(?:erence)?\b|\bdocket"
    r"|\bapplication|\bregistration|\btransaction|\butr\b|\bration\b"
    r"|ফোন|মোবাইল|গ্রাহক|কনজিউমার|মিটার|রেফারেন্স|আবেদন|রেজিস্ট্রেশন|রেশন"
    r"|फ़ोन|फोन|मोबाइल|उपभोक्ता|ग्राहक|मीटर|आवेदन|पंजीकरण|राशन)",
    re.IGNORECASE,
)
_AADHAAR_WORDS = re.compile(r"aadh?aa?r|\buid\b|আধার|आधार", re.IGNORECASE)
_BEFORE, _BEHIND = 40, 20
_AADHAAR_DIGITS, _AADHAAR_GROUP = 12, 4
_ACCOUNT_DIGITS = range(9, 19)
_ACCOUNT_GROUP, _ACCOUNT_GROUPS = range(3, 7), 3
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


@dataclass(frozen=True)
class _Group:
    """Digits without a gap, as ASCII."""

    digits: str
    start: int
    end: int


def find(text: str) -> tuple[Identifier, ...]:
    """The identifiers in a text, by where they stand; none overlaps another."""
    found = [Identifier("PAN", *match.span()) for match in _PAN.finditer(text)]
    for run in _RUN.finditer(text):
        if run["run"] and not _REFERENCE.search(text[max(0, run.start() - 4) : run.start()]):
            found += _in_run(text, _groups(run))
    return tuple(sorted(found, key=lambda one: one.start))


def masked(text: str) -> str:
    """The text with every letter and digit of an identifier crossed out but its last four."""
    pieces = list(text)
    for one in find(text):
        places = [place for place in range(one.start, one.end) if text[place].isalnum()]
        for place in places[:-_KEPT]:
            pieces[place] = "X"
    return "".join(pieces)


def _groups(run: re.Match[str]) -> list[_Group]:
    groups = [
        _Group("".join(str(unicodedata.decimal(digit)) for digit in match[0]), *match.span())
        for match in _GROUP.finditer(run.string, run.start(), run.end())
    ]
    if run[0].startswith("+"):
        # A country code and what follows it: a telephone number.
        dialled = 0
        while groups and dialled < _AADHAAR_DIGITS:
            dialled += len(groups.pop(0).digits)
    return groups


def _in_run(text: str, groups: list[_Group]) -> Iterator[Identifier]:
    """Aadhaar numbers first; what stands between them may be accounts."""
    between: list[_Group] = []
    at = 0
    while at < len(groups):
        taken = _aadhaar(text, groups[at : at + 3])
        if taken:
            yield from _accounts(text, between)
            yield Identifier("Aadhaar number", groups[at].start, groups[at + taken - 1].end)
            between = []
        else:
            between.append(groups[at])
        at += taken or 1
    yield from _accounts(text, between)


def _aadhaar(text: str, groups: list[_Group]) -> int:
    """How many of the groups are an Aadhaar number: 1, 3, or none."""
    first = groups[0]
    if len(first.digits) == _AADHAAR_DIGITS:
        return int(_is_aadhaar(first.digits) and not _dialled_without_plus(text, first))
    if [len(group.digits) for group in groups] != [_AADHAAR_GROUP] * 3:
        return 0
    return 3 if _is_aadhaar("".join(group.digits for group in groups)) else 0


def _is_aadhaar(digits: str) -> bool:
    return digits[0] in "23456789" and bool(verhoeff.is_valid(digits))


def _dialled_without_plus(text: str, group: _Group) -> bool:
    """Whether twelve digits are 91 and a mobile number; with the word Aadhaar before them they are not."""
    looks_dialled = group.digits.startswith(("916", "917", "918", "919"))
    return looks_dialled and not _AADHAAR_WORDS.search(text, max(0, group.start - _BEFORE), group.start)


def _accounts(text: str, groups: list[_Group]) -> Iterator[Identifier]:
    """Account numbers: in one piece, or in three groups and more."""
    short: list[_Group] = []
    for group in [*groups, None]:
        if group is not None and len(group.digits) in _ACCOUNT_GROUP:
            short.append(group)
            continue
        if len(short) >= _ACCOUNT_GROUPS:
            yield from _account(text, short)
        short = []
        if group is not None:
            yield from _account(text, [group])


def _account(text: str, groups: list[_Group]) -> Iterator[Identifier]:
    digits = "".join(group.digits for group in groups)
    start, end = groups[0].start, groups[-1].end
    if len(digits) in _ACCOUNT_DIGITS and not _is_telephone(digits) and _speaks_of_account(text, start, end):
        yield Identifier("bank account number", start, end)


def _is_telephone(digits: str) -> bool:
    """Whether it is a mobile number, or one with the 0 of a trunk call or an STD code before it, or 91."""
    mobile = re.fullmatch("(?:91|0)?[6-9][0-9]{9}", digits)
    return bool(mobile or re.fullmatch("0[1-9][0-9]{9}", digits))


def _speaks_of_account(text: str, start: int, end: int) -> bool:
    before = list(_ACCOUNT_WORDS.finditer(text, max(0, start - _BEFORE), start))
    if before:
        return before[-1]["account"] is not None
    behind = _ACCOUNT_WORDS.search(text, end, end + _BEHIND)
    return behind is not None and behind["account"] is not None
