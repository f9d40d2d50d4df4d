"""What is found of a file's exact repeats, and what a record takes however many are on file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter  # noqa: TID251 - a benchmark measures

from functions.domain.record import Caller, Record, Subject
from local.bench.duplicates.shelf import Shelf, record
from local.replay.draw import Offices
from local.replay.rows import Complaint

_MONDAY = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)
_FORTNIGHT = timedelta(days=14)
_A_DAY = 60
"""Records of one place and matter a day: after the first thousand every week that is looked at is full."""
_CALLERS = 40
_TIMED = 100
_FIRST_PHONE = 917000000000


@dataclass(frozen=True)
class Found:
    """What was found of the repeats.

    Attributes:
        repeats: rows whose text came before, but for spaces around it.
        found: of these, those that were shown a row with that text.
        proposed: pairs proposed in all.
        seconds: what one record took, on average.
    """

    records: int
    repeats: int
    found: int
    proposed: int
    seconds: float


@dataclass(frozen=True)
class Pace:
    """What one record took with so many on file, on average."""

    on_file: int
    compared: float
    seconds: float


def find(complaints: Sequence[Complaint], offices: Offices) -> Found:
    """Lets each row be another caller's, all in a fortnight, and looks what is proposed.

    The file tells neither place nor matter: each text is given one of each by its hash, so that the same
    text has the same.
    """
    shelf = Shelf()
    texts: dict[str, str] = {}
    seen: set[str] = set()
    repeats = found = proposed = 0
    spent = 0.0
    for place, complaint in enumerate(complaints):
        at = _MONDAY + place * _FORTNIGHT / len(complaints)
        asked = record(str(place), _caller(place), _subject(complaint, offices), at)
        begun = perf_counter()
        shown = shelf.likely(asked)
        spent += perf_counter() - begun
        shelf.put(asked)
        text = (complaint.details or complaint.summary).strip()
        proposed += len(shown)
        if text in seen:
            repeats += 1
            found += any(texts[likely.reference] == text for likely in shown)
        seen.add(text)
        texts[asked.reference] = text
    return Found(len(complaints), repeats, found, proposed, spent / max(len(complaints), 1))


def pace(complaints: Sequence[Complaint], levels: Sequence[int]) -> Iterator[Pace]:
    """What a record takes where it takes most: all of one place and matter, every bound reached.

    Args:
        complaints: the rows; those after a level are measured against those up to it.
        levels: how many are on file.
    """
    shelf = Shelf()
    filed = 0
    for on_file in levels:
        for place in range(filed, on_file):
            shelf.put(_of_one_matter(complaints, place))
        filed = on_file
        asked = [_of_one_matter(complaints, place) for place in range(on_file, on_file + _TIMED)]
        compared = sum(len({other.reference for other in shelf.candidates(one)}) for one in asked)
        begun = perf_counter()
        for one in asked:
            shelf.likely(one)
        yield Pace(on_file, compared / _TIMED, (perf_counter() - begun) / _TIMED)


def _subject(complaint: Complaint, offices: Offices) -> Subject:
    text = (complaint.details or complaint.summary).strip()
    drawn = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    category, department = offices.categories[drawn % len(offices.categories)]
    district = offices.districts[drawn // len(offices.categories) % len(offices.districts)]
    return Subject(
        category=category,
        department=department,
        district=district,
        summary=complaint.summary,
        details=complaint.details,
    )


def _of_one_matter(complaints: Sequence[Complaint], place: int) -> Record:
    complaint = complaints[place % len(complaints)]
    subject = Subject(category="one", district="one", summary=complaint.summary, details=complaint.details)
    at = _MONDAY + place * timedelta(days=1) / _A_DAY
    return record(str(place), _caller(place % _CALLERS), subject, at)


def _caller(number: int) -> Caller:
    return Caller(phone=f"+{_FIRST_PHONE + number}")
