"""Records in memory, found by the very rules by which the table's clues and index find candidates."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from functions.adapters import bundled
from functions.domain import duplicates, matter
from functions.domain.matter import Clue, Clues
from functions.domain.record import Call, Caller, Kind, Likely, Record, Status, Subject

POLICE_DISTRICTS = bundled.registers().police_districts


def record(reference: str, caller: Caller, subject: Subject, at: datetime) -> Record:
    """A grievance as it is looked at, just registered."""
    return Record(
        reference=reference,
        kind=Kind.GRIEVANCE,
        status=Status.REGISTERED,
        version=1,
        owner="bench",
        record_id=reference,
        content_hash="bench",
        registered_at=at,
        call=Call(started_at=at),
        caller=caller,
        subject=subject,
    )


class Shelf:
    """What is on file.

    Args:
        below: what else is on file, and stays as it is.

    Attributes:
        queries: how often clues were asked for.
        read: how many clues were read.
    """

    def __init__(self, below: Shelf | None = None) -> None:
        self._below = below
        self._clues: dict[tuple[str, int], list[Clue]] = defaultdict(list)
        self._callers: dict[str, list[Record]] = defaultdict(list)
        self._kept: dict[str, tuple[Record, datetime]] = {}
        self.queries = self.read = 0

    def put(self, kept: Record) -> None:
        """Files a record."""
        self._callers[kept.caller.phone].append(kept)
        self.put_like(kept, clues_of(kept), kept.reference, kept.registered_at)

    def put_like(self, like: Record, clues: Clues, reference: str, at: datetime) -> None:
        """Files a record that is like one for which the clues are known, of a caller who calls once."""
        self._kept[reference] = (like, at)
        clue = Clue(at, reference, clues.fingerprint)
        for key in clues.keys:
            insort(self._clues[key, matter.period(at)], clue)

    def candidates(self, asked: Record) -> list[Record]:
        """With which a record is compared."""
        clues = clues_of(asked)
        found = [clue for key in clues.keys for clue in self._under(key, asked)]
        self.read += len(found)
        others = (clue for clue in found if clue.reference != asked.reference)
        own = self._callers[asked.caller.phone][-duplicates.OF_CALLER :]
        return own + [self.load(reference) for reference in matter.likeliest(clues, others)]

    def likely(self, asked: Record) -> tuple[Likely, ...]:
        """What the analyst would be shown."""
        found = self.candidates(asked)
        # Nobody marks a duplicate here: each leads itself, and is among them.
        known = {one.reference: one for one in found}
        return duplicates.likely(asked, found, known.__getitem__, POLICE_DISTRICTS)

    def _under(self, key: str, asked: Record) -> list[Clue]:
        found: list[Clue] = []
        for period in matter.periods(asked):
            self.queries += 1
            end = (matter.until(asked), "~", b"")
            found += self.newest((key, period), end, matter.PER_KEY - len(found))
            if len(found) == matter.PER_KEY:
                break
        return found

    def newest(self, place: tuple[str, int], end: tuple[datetime, str, bytes], limit: int) -> Sequence[Clue]:
        """The newest clues of a key and period that stand before an end."""
        under = self._clues.get(place, [])
        below = self._below.newest(place, end, limit) if self._below else []
        before = bisect_left(under, end)
        newest = [*under[max(before - limit, 0) : before], *below]
        return sorted(newest, reverse=True)[:limit]

    def load(self, reference: str) -> Record:
        """A record that was filed, here or below."""
        if reference not in self._kept and self._below is not None:
            return self._below.load(reference)
        like, at = self._kept[reference]
        if like.reference == reference:
            return like
        return like.model_copy(update={"reference": reference, "registered_at": at})


def clues_of(kept: Record) -> Clues:
    """The clues that a record leaves."""
    return duplicates.clues(kept, POLICE_DISTRICTS)
