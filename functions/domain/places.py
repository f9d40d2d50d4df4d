"""Whether two spellings name one place."""

from __future__ import annotations

from rapidfuzz import fuzz

from functions.domain.spelling import words_of

_ALIKE = 75.0
_BEGINS = 4
_ROMAN_NUMBERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def is_same_place(one: str | None, other: str | None) -> bool | None:
    """Whether two spellings name one place, such as ``Ranaghat-II`` and ``রানাঘাট ২``; None where unknown."""
    if not one or not other:
        return None
    name, number = _name_and_number(one)
    other_name, other_number = _name_and_number(other)
    if not name or not other_name:
        return None
    return number == other_number and fuzz.ratio(name, other_name) >= _ALIKE


def sound_of(place: str | None) -> str | None:
    """How a place begins to sound, with its number: ``rngt2`` of both spellings; None where unknown."""
    name, number = _name_and_number(place or "")
    return name[:_BEGINS] + number if name else None


def _name_and_number(place: str) -> tuple[str, str]:
    words = words_of(place)
    numbers = [_ROMAN_NUMBERS.get(word.latin, word.latin) for word in words]
    name = "".join(word.sound for word, number in zip(words, numbers, strict=True) if not number.isdigit())
    return name, "".join(number for number in numbers if number.isdigit())
