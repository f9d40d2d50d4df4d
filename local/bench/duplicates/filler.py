"""Calls that have nothing to do with each other, as busy days bring them.

Their texts are those of the labelled pairs, each with its names replaced by others, of another block.
"""

from __future__ import annotations

import random  # noqa: TID251 - seeded, so that a run can be repeated
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from functions.domain.matter import Clues
from functions.domain.meaning import read
from functions.domain.record import Caller, Record
from functions.domain.spelling import Script
from functions.domain.text import SUMMARY_LENGTH
from local.bench.duplicates.shelf import Shelf, clues_of

BLOCKS = (
    *("Amdanga", "Bhatar", "Chhatna", "Dhupguri", "Egra-I", "Faridpur", "Goghat"),
    *("Harirampur", "Illambazar", "Jamuria", "Kashipur", "Labpur", "Mejia", "Neturia"),
)
"""A district's."""
_OF_A_CATEGORY = 100
_NAMES_A_BLOCK = 0.75
_SHORTEST_NAME = 3
_FIRST_PHONE = 917000040000


@dataclass(frozen=True)
class _Call:
    like: Record
    clues: Clues


class Filler:
    """Draws calls from those of others.

    Args:
        calls: whose texts are taken, and what they are about.
        district: code of the district in which all lie.
    """

    def __init__(self, calls: Sequence[Record], district: str) -> None:
        self._calls = calls
        self._district = district
        self._of: dict[str, list[_Call]] = {}

    def fill(self, shelf: Shelf, category: str, a_day: int, since: datetime, days: int) -> None:
        """Files so many calls of a category a day."""
        of_category = self._drawn(category)
        drawn = random.Random(f"{category} {a_day}")  # noqa: S311 - hides nothing
        for number in range(a_day * days):
            call = drawn.choice(of_category)
            at = since + drawn.random() * timedelta(days=days)
            shelf.put_like(call.like, call.clues, f"{category}-{a_day}-{number}", at)

    def fill_with_all(self, shelf: Shelf, a_day: int, since: datetime, days: int) -> None:
        """Files so many calls of each category a day."""
        for category in self._by_category:
            self.fill(shelf, category, a_day, since, days)

    @cached_property
    def _by_category(self) -> Mapping[str, Sequence[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for call in self._calls:
            if call.subject and call.subject.category:
                found[call.subject.category].append(call)
        return dict(sorted(found.items()))

    @cached_property
    def _names(self) -> Mapping[Script, Sequence[str]]:
        found: dict[Script, set[str]] = defaultdict(set)
        for call in self._calls:
            for script, name in _names_in(_text(call)):
                found[script].add(name)
        return {script: sorted(names) for script, names in found.items()}

    def _drawn(self, category: str) -> Sequence[_Call]:
        if category not in self._of:
            drawn = random.Random(category)  # noqa: S311 - hides nothing
            # What nobody else called about is filled with what others call about.
            texts = self._by_category.get(category) or self._calls
            self._of[category] = [
                self._another(drawn.choice(texts), category, number, drawn)
                for number in range(_OF_A_CATEGORY)
            ]
        return self._of[category]

    def _another(self, call: Record, category: str, number: int, drawn: random.Random) -> _Call:
        assert call.subject is not None
        text = _text(call)
        for script, name in _names_in(text):
            begin = text.casefold().find(name)
            if begin >= 0:
                text = text[:begin] + drawn.choice(self._names[script]) + text[begin + len(name) :]
        subject = call.subject.model_copy(
            update={
                "summary": text[:SUMMARY_LENGTH],
                "details": text if len(text) > SUMMARY_LENGTH else None,
                "category": category,
                "district": self._district,
                "police_office": None,
                "block": drawn.choice(BLOCKS) if drawn.random() < _NAMES_A_BLOCK else None,
            }
        )
        caller = Caller(phone=f"+{_FIRST_PHONE + number}")
        like = call.model_copy(update={"subject": subject, "caller": caller, "reference": f"like-{number}"})
        return _Call(like, clues_of(like))


def _text(call: Record) -> str:
    subject = call.subject
    return (subject.details or subject.summary) if subject else ""


def _names_in(text: str) -> Iterator[tuple[Script, str]]:
    for word, meant in read(text):
        if meant is None and len(word.sound) >= _SHORTEST_NAME and not word.latin.isdigit():
            yield word.script, word.written
