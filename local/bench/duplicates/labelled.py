"""The labelled pairs of ``samples/duplicates.csv``, and how the score judges them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from functions.domain import duplicates
from functions.domain.record import Caller, Record, Subject
from local.bench.duplicates.shelf import POLICE_DISTRICTS, record
from local.layout import PROJECT
from local.replay.rows import prepare

PAIRS = PROJECT / "samples" / "duplicates.csv"
ENTERED_OTHERWISE = PROJECT / "samples" / "duplicates_entered_otherwise.csv"
"""Pairs of which the second call has another category, none, or a police office alone."""

FIRST_HARD, FIRST_LOCKED = 301, 601
"""What a pair was written for goes by its number."""

SINCE = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
"""When the earlier call of each pair came."""


@dataclass(frozen=True)
class Pair:
    """Two records, and whether they are about the same matter.

    Attributes:
        kind: what makes them alike, or what makes them differ.
    """

    number: int
    label: Literal["same", "different"]
    kind: str
    one: Record
    other: Record

    @property
    def is_locked(self) -> bool:
        """Whether it is one of those that nobody looks at while tuning."""
        return self.number >= FIRST_LOCKED

    @property
    def is_hard(self) -> bool:
        """Whether it was written to be hard: told in other words, or differing in one thing."""
        return self.number >= FIRST_HARD


@dataclass(frozen=True)
class Figures:
    """How many pairs were judged how.

    Attributes:
        found: same, and proposed.
        missed: same, and not proposed.
        wrong: different, and proposed.
        passed: different, and not proposed.
    """

    found: int = 0
    missed: int = 0
    wrong: int = 0
    passed: int = 0

    def __add__(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(
            self.found + other.found,
            self.missed + other.missed,
            self.wrong + other.wrong,
            self.passed + other.passed,
        )

    @property
    def recall(self) -> float:
        """Share of the same that is proposed."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def precision(self) -> float:
        """Share of the proposed that is the same."""
        return self.found / max(self.found + self.wrong, 1)


def read_pairs(path: Path = PAIRS) -> tuple[Pair, ...]:
    """Reads the labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_pair(row) for row in csv.DictReader(file))


def judge(pairs: Iterable[Pair]) -> Figures:
    """How the score judges pairs."""
    judged = Counter((pair.label, is_proposed(pair)) for pair in pairs)
    return Figures(
        found=judged["same", True],
        missed=judged["same", False],
        wrong=judged["different", True],
        passed=judged["different", False],
    )


def is_proposed(pair: Pair) -> bool:
    """Whether the score is high enough to be shown."""
    return duplicates.score(pair.one, pair.other, POLICE_DISTRICTS) >= duplicates.THRESHOLD


def _pair(row: Mapping[str, str]) -> Pair:
    number = int(row["id"])
    apart = timedelta(days=int(row["days_apart"]))
    return Pair(
        number,
        "same" if row["label"] == "same" else "different",
        row["kind"],
        _side(row, "a", number, SINCE),
        _side(row, "b", number, SINCE + apart),
    )


def _side(row: Mapping[str, str], side: str, number: int, at: datetime) -> Record:
    complaint = prepare(number, row[f"{side}_text"])
    assert complaint is not None
    named = {
        name: row.get(f"{side}_{name}") or None
        for name in ("department", "scheme", "category", "district", "police_office", "block")
    }
    subject = Subject.model_validate({**named, "summary": complaint.summary, "details": complaint.details})
    caller = Caller(phone=row[f"{side}_phone"], name=row[f"{side}_name"] or None)
    return record(f"{number}-{side}", caller, subject, at)
