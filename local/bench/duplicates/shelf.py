"""Records in memory, found by the very rules by which the table's indexes find candidates."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from functions.domain import duplicates, matter
from functions.domain.record import Call, Caller, Kind, Likely, Record, Status, Subject


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
    """What is on file, in the order in which it came."""

    def __init__(self) -> None:
        self._matters: dict[tuple[str, str], list[Record]] = defaultdict(list)
        self._callers: dict[str, list[Record]] = defaultdict(list)

    def put(self, kept: Record) -> None:
        """Files a record."""
        self._callers[kept.caller.phone].append(kept)
        key = matter.subject_key(kept)
        if key is not None:
            self._matters[key, matter.weeks(kept)[0]].append(kept)

    def candidates(self, asked: Record) -> list[Record]:
        """With which a record is compared."""
        found = self._callers[asked.caller.phone][-duplicates.OF_CALLER :]
        key = matter.subject_key(asked)
        if key is not None:
            for week in matter.weeks(asked):
                found = found + self._matters[key, week][-matter.PER_WEEK :]
        return found

    def likely(self, asked: Record) -> tuple[Likely, ...]:
        """What the analyst would be shown."""
        return duplicates.likely(asked, self.candidates(asked))
