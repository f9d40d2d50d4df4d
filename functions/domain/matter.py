"""Where others on the same matter are found: by the clues that each record leaves.

A record leaves a clue under each of its keys, which are so narrow that few records share one: see ``clues``.
The newest of each key are read. A clue also has the record's *fingerprint*, so that only those are loaded and
compared which have most in common with the record that is looked at. Every number here is a bound: what is
read for a record stays the same however many are on file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from functions.domain import fingerprint
from functions.domain.record import Record

PERIOD = timedelta(weeks=2)
"""Clues of one key and period stand together."""
TOGETHER = timedelta(minutes=10)
"""What was registered so shortly after a record is found with it too: of two calls at the same time, each may
be looked at before the other has left its clues, but not both."""
PER_KEY = 100
"""At most so many clues are read under a key, the newest."""
COMPARED = 20
"""At most so many records are loaded and compared, those with most in common."""

_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Clues:
    """What of a record leads others to it.

    Attributes:
        keys: under which it is found; nothing that a caller said stands in them but what it is about and
            names, so they are hashed wherever they are kept.
        fingerprint: see ``fingerprint``.
    """

    keys: tuple[str, ...]
    fingerprint: bytes


NO_CLUES = Clues((), b"")


class Clue(NamedTuple):
    """What is found under a key."""

    registered_at: datetime
    reference: str
    fingerprint: bytes


def period(at: datetime) -> int:
    """The period in which a time lies."""
    return (at - _BEGIN) // PERIOD


def periods(record: Record) -> Sequence[int]:
    """The periods in which others are looked for, the newest first: so a fortnight back at least."""
    newest = period(record.registered_at + TOGETHER)
    return (newest, newest - 1)


def until(record: Record) -> datetime:
    """Up to when others are looked for."""
    return record.registered_at + TOGETHER


def is_together(record: Record, later: Record) -> bool:
    """Whether a later record was registered so shortly after that it was perhaps looked at first."""
    return later.registered_at - record.registered_at <= TOGETHER


def last_needed(record: Record) -> datetime:
    """When nobody looks for what a record left any more."""
    return record.registered_at + 2 * PERIOD


def likeliest(clues: Clues, found: Iterable[Clue]) -> list[str]:
    """The references of those to compare with: with most in common, of as much the newest."""
    mine = fingerprint.Marks(clues.fingerprint)
    known = {clue.reference: clue for clue in found}.values()
    ranked = sorted(
        ((mine.in_common(clue.fingerprint), clue.registered_at, clue.reference) for clue in known),
        reverse=True,
    )
    return [reference for _, _, reference in ranked[:COMPARED]]
