"""Automatic checks of what was said: its length, its words, and the identifiers in it."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain.identifiers import find
from functions.domain.record import Finding, Record, Subject
from functions.domain.registers import Registers
from functions.domain.text import THIN_WORDS
from functions.domain.words import words_of

THIN_REASON_WORDS = 3
"""A reason of fewer words, such as "very urgent", hardly says why it is an emergency."""


def _text_of(subject: Subject) -> str:
    return f"{subject.summary}\n{subject.details or ''}"


def of_length(record: Record, subject: Subject) -> Finding | None:
    """An officer can act on it; nobody asks for a long text in an emergency."""
    if record.is_emergency or len(_text_of(subject).split()) >= THIN_WORDS:
        return None
    return Finding(
        code="thin-text", severity="warning", text="The text may be too thin for an officer to act on."
    )


def of_reason(record: Record, registers: Registers) -> Finding | None:
    """The reason of an emergency says something."""
    if record.emergency is None:
        return None
    reason = record.emergency.reason or ""
    if len(reason.split()) >= THIN_REASON_WORDS or _bears_a_flag(reason, registers):
        return None
    return Finding(
        code="thin-emergency-reason",
        severity="notice",
        text="The reason of the emergency says hardly anything.",
    )


def _speaks_of_danger(words: Sequence[str], category: str | None, registers: Registers) -> bool:
    """Whether a word of danger is said; one of a certain category counts there and where none is known."""
    known = category in registers.categories
    return any(
        phrases.occur_among(words)
        for where, phrases in registers.emergency_words.items()
        if not where or not known or where == category
    )


def _bears_a_flag(reason: str, registers: Registers) -> bool:
    """Whether a flag may rest on its reason: there words count too that are too common to suggest one."""
    words = words_of(reason)
    return registers.supporting_words.occur_among(words) or _speaks_of_danger(words, None, registers)


def of_emergency(record: Record, subject: Subject, registers: Registers) -> Finding | None:
    """The flag fits what is said. The words only suggest: an analyst decides."""
    category = registers.categories.get(subject.category or "")
    text = _text_of(subject)
    if record.emergency is not None:
        likely = category is not None and category.emergency != "no"
        # Of a flagged one the words of every category count: a doubt needs more than a missing word.
        if (
            likely
            or _bears_a_flag(record.emergency.reason or "", registers)
            or _speaks_of_danger(words_of(text), None, registers)
        ):
            return None
        return Finding(
            code="doubtful-emergency",
            severity="notice",
            text="Flagged as an emergency, but neither the text, the reason nor the category suggests one.",
        )
    if _speaks_of_danger(words_of(text), subject.category, registers):
        return Finding(
            code="possible-emergency",
            severity="warning",
            text="The text speaks of danger, but the record is not flagged as an emergency.",
        )
    if category is not None and category.emergency == "yes":
        return Finding(
            code="possible-emergency",
            severity="warning",
            text=f"Matters of the category {category.code} often are emergencies; this one is not flagged.",
        )
    return None


def of_subject(record: Record, subject: Subject, registers: Registers) -> Finding | None:
    """It may be a subject that is not taken up. Of an emergency nobody asks: life comes first."""
    if record.is_emergency:
        return None
    words = words_of(_text_of(subject))
    names = [one.name for one in registers.not_taken_up if one.phrases.occur_among(words)]
    if not names:
        return None
    return Finding(
        code="not-taken-up",
        severity="warning",
        text=f"It may be a subject that is not taken up: {'; '.join(names)}.",
    )


def of_identifiers(record: Record, subject: Subject) -> Finding | None:
    """Personal identifiers in free text: the kinds are told, never the numbers."""
    texts = (
        subject.summary,
        subject.details,
        subject.scheme,
        subject.category,
        subject.block,
        record.caller.name,
        record.emergency.reason if record.emergency else None,
        record.caller.address,
    )
    kinds = sorted({one.kind for text in texts if text for one in find(text)})
    if not kinds:
        return None
    return Finding(
        code="personal-identifier",
        severity="notice",
        text=f"The text holds personal identifiers ({', '.join(kinds)}). "
        "They are masked in what leaves this system.",
    )
