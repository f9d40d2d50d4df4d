"""Words that tell what a number is: an Aadhaar number, an account, a telephone number or another one.

Own lists, in Bengali, Hindi, English, Urdu and, for Aadhaar, Santali. Nobody has measured them on real calls.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

WordKind = Literal["aadhaar", "account", "ifsc", "telephone", "pin", "other"]

_KINDS: dict[WordKind, str] = {
    # Reserve Bank of India: four letters of the bank, a 0, six of the branch.
    "ifsc": r"(?<![A-Za-z0-9])[A-Z]{4}0[A-Z0-9]{6}(?![A-Za-z0-9])",
    "aadhaar": r"(?<![A-Za-z])(?:aa?dhaa?r|aadaa?r|uid(?:ai|no)?(?![A-Za-z]))|আধার|आधार|آدھار|ادھار|ᱟᱫᱷᱟᱨ",
    "account": r"(?<![A-Za-z])(?:accounts?(?:no|number)?|a/cs?(?:no)?|accts?|acc?t?[./ ]{0,2}no|khata"
    r"|pass ?book)(?![A-Za-z])|অ্যাকাউন্ট|একাউন্ট|এ্যাকাউন্ট|হিসাব নম্বর|খাতা|পাসবই"
    r"|खाता|खाते|अकाउंट|एकाउंट|पासबुक|اکاؤنٹ|کھات[ہے]",
    "telephone": r"(?<![A-Za-z])(?:tele)?phone|\bph\b|\btel\b|\bcontact|\bmob(?:ile)?\b|\bcall\b|\bring\b"
    r"|\bwhatsapp|ফোন|মোবাইল|হোয়াটস|फ़ोन|फोन|मोबाइल|व्हाट्स|فون|موبائل",
    "pin": r"\bpin(?: ?code)?\b|পিন|पिन",
    "other": r"\bconsumer|\bcustomer|\bmeter|\bbill\b|\bref(?:erence)?\b|\bdocket|\bapplication|\benrol"
    r"|\bregistration|\btransaction|\butr\b|\bration\b|গ্রাহক|কনজিউমার|মিটার|রেফারেন্স|আবেদন|রেজিস্ট্রেশন|রেশন"
    r"|उपभोक्ता|ग्राहक|मीटर|आवेदन|पंजीकरण|राशन",
}
_SAID = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()), re.IGNORECASE)

_NUMBER = r"numbers?|nos?\.?|নম্বর|নাম্বার|নং\.?|संख्या|नंबर|नम्बर|नं\.?|نمبر|#"
# What may stand between a word and its number: an inflection first, and nothing that ends a sentence.
_BETWEEN = re.compile(
    "(?:[\u0900-\u09ff]{1,3}|\\.)?"
    rf"(?:[\s:=()\[\]/*'\"\u2010-\u2015-]|{_NUMBER}|cards?|is"
    "|কার্ড|ের|টি|টা|হল|হলো|হচ্ছে|कार्ड|का|की|है|کارڈ|ہے)*",
    re.IGNORECASE,
)
_OF_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
# Abbreviations that only numbers follow.
_SHORT_FOR_NUMBER = re.compile(r"a/cs?|accts?|.*no|.*number|হিসাব নম্বর", re.IGNORECASE)
_OF_BANK = re.compile(r"(?:bank|savings?|\bsb|ব্যাংক|ব্যাঙ্ক|बैंक|بینک)[\u0980-\u09ff]{0,3}\s*\Z", re.IGNORECASE)
_BANK_BEFORE = 16
_LABELLED = re.compile(
    r"(?:aa?dhaa?r|uid|a/?c|acct|account|khata|cards?|nos?|num|numbers?|is)\Z", re.IGNORECASE
)
_LONGEST_LABEL = 8
_WORD_BEHIND = re.compile(r"[A-Za-z]{3}|(?:is|no)(?![A-Za-z])", re.IGNORECASE)
_ENDS_IN_LATIN = re.compile(r"[A-Za-z]\Z")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Said:
    """A word of the lists, and where it stands."""

    kind: WordKind
    start: int
    end: int


class Words:
    """The words of the lists that a text holds, found once: any number of numbers is then held against them.

    Attributes:
        ifscs: the IFSC codes, whose digits are no number's.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._said = [
            Said(kind, *match.span())
            for match in _SAID.finditer(text)
            for kind in _KINDS
            if match.lastgroup == kind
        ]
        self._starts = [one.start for one in self._said]
        self._ends = [one.end for one in self._said]
        self.ifscs = [(one.start, one.end) for one in self._said if one.kind == "ifsc"]

    def before(self, at: int, reach: int, kinds: Container[WordKind]) -> Said | None:
        """The word of these kinds that stands nearest before a place, if it ends within reach of it."""
        for one in reversed(self._said[bisect_left(self._ends, at - reach) : bisect_right(self._ends, at)]):
            if one.kind in kinds:
                return one
        return None

    def behind(self, at: int, reach: int, kinds: Container[WordKind]) -> Said | None:
        """The word of these kinds that stands nearest behind a place, if it begins within reach of it."""
        for one in self._said[bisect_left(self._starts, at) : bisect_right(self._starts, at + reach)]:
            if one.kind in kinds:
                return one
        return None

    def introduces(self, word: Said, at: int) -> bool:
        """Whether only "number", "is" and the like stand between a word and a place behind it."""
        return _BETWEEN.fullmatch(self._text, word.end, at) is not None

    def names_account(self, word: Said, at: int) -> bool:
        """Whether a word for an account, directly before a place, speaks of the number of one at a bank."""
        if not self.introduces(word, at):
            return False
        said, before = (
            self._text[word.start : word.end],
            self._text[max(0, word.start - _BANK_BEFORE) : word.start],
        )
        return bool(
            _OF_NUMBER.search(self._text, word.end, at)
            or _SHORT_FOR_NUMBER.fullmatch(said)
            or _OF_BANK.search(before)
        )


def is_part_of_code(text: str, start: int, end: int) -> bool:
    """Whether Latin letters touch a number, as in a code; ``No`` before it does not make it one."""
    before = text[max(0, start - _LONGEST_LABEL) : start]
    if _ENDS_IN_LATIN.search(before) and not _LABELLED.search(before):
        return True
    return bool(_LATIN.match(text, end) and not _WORD_BEHIND.match(text, end))
