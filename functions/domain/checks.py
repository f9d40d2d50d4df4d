"""Automatic checks before a data analyst looks: each a finding, never a refusal.

A finding's text is a plain sentence that repeats none of the caller's words.
"""

from __future__ import annotations

import re

from functions.domain.record import Finding, Record, Subject
from functions.domain.registers import Registers
from functions.domain.text import THIN_WORDS

# Words with which callers describe danger to life, one expression per language. They suggest, the analyst
# decides. Own list, from the matters that the SOP's emergencies are about: life, fire, flood, violence.
_DANGER = re.compile(
    r"বাঁচান|প্রাণনাশ|খুনের হুমকি|মেরে ফেল|আগুন লেগে|ডুবে যা|ভেসে যা|বাঁধ ভেঙে|অ্যাম্বুলেন্স পা|মরণাপন্ন"
    r"|जान का खतरा|जान से मार|आग लग|डूब रह|बांध टूट|बचाइए|एम्बुलेंस नहीं"
    r"|\b(?:life threat|threat to life|will kill|on fire|drowning|embankment (?:has )?broke|dying)",
    re.IGNORECASE,
)


def _text_of(subject: Subject) -> str:
    return f"{subject.summary}\n{subject.details or ''}"


def _thin(record: Record, subject: Subject) -> Finding | None:
    if record.is_emergency or len(_text_of(subject).split()) >= THIN_WORDS:
        return None
    return Finding(
        code="thin-text", severity="warning", text="The text may be too thin for an officer to act on."
    )


def _scheme(subject: Subject, registers: Registers) -> Finding | None:
    if subject.scheme is None:
        return None
    scheme = registers.schemes.get(subject.scheme)
    if scheme is None:
        return Finding(
            code="unknown-scheme", severity="notice", text="The scheme is not in the register of schemes."
        )
    if subject.department is not None and subject.department not in scheme.departments:
        return Finding(
            code="scheme-of-another-department",
            severity="warning",
            text=f"{scheme.name} is run by {', '.join(sorted(scheme.departments))}, "
            f"not by {subject.department}.",
        )
    return None


def _category(subject: Subject, registers: Registers) -> Finding | None:
    if subject.category is None or subject.category in registers.categories:
        return None
    return Finding(
        code="unknown-category", severity="notice", text="The category is not in the register of categories."
    )


def _no_place(subject: Subject) -> Finding | None:
    if subject.district or subject.police_office:
        return None
    return Finding(
        code="no-place", severity="notice", text="Neither a district nor a police office is named."
    )


def _emergency(record: Record, subject: Subject, registers: Registers) -> Finding | None:
    in_danger = bool(_DANGER.search(_text_of(subject)))
    category = registers.categories.get(subject.category or "")
    if record.is_emergency and not in_danger and category is not None and not category.suggests_emergency:
        return Finding(
            code="doubtful-emergency",
            severity="warning",
            text=f"Flagged as an emergency, but matters of the category {category.code} seldom are.",
        )
    if not record.is_emergency and in_danger:
        return Finding(
            code="possible-emergency",
            severity="warning",
            text="The text speaks of danger to life, but the record is not flagged as an emergency.",
        )
    return None


def run(record: Record, registers: Registers) -> tuple[Finding, ...]:
    """All findings on the record, in a fixed order."""
    subject = record.subject
    if subject is None:
        return ()
    findings = (
        _emergency(record, subject, registers),
        _thin(record, subject),
        _scheme(subject, registers),
        _category(subject, registers),
        _no_place(subject),
    )
    return tuple(finding for finding in findings if finding is not None)
