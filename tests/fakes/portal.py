"""The CMO Grievance Portal, with answers that a test scripts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from functions.adapters.portal import entry_of, key_of
from functions.adapters.portal_list import comparable
from functions.domain.calendar import IST
from functions.domain.ports import Accepted, HeldOtherwise, PortalAnswer, PortalPage, TryLater
from functions.domain.reconciliation import Listed
from functions.domain.record import Recall, Record


class FakePortal:
    """The portal: gives scripted answers first, then takes everything, one entry per reference.

    Like the simulator it takes nothing else under a key that it knows.

    Attributes:
        entries: its ids by reference; one that a test forgets is entered anew under another id.
        drops: how many answers are lost after what was posted is stored.
        listing: its list, of all days; what a test does to it is what the portal does to its entries.
        list_script: what it answers first when it is asked for its list.
    """

    def __init__(self) -> None:
        self.script: deque[PortalAnswer] = deque()
        self.entries: dict[str, str] = {}
        self.drops = 0
        self._posted: dict[str, tuple[str, dict[str, object]]] = {}
        self.listing: list[Listed] = []
        self.list_script: deque[PortalPage | TryLater] = deque()
        self.per_page = 2
        self._given = 0
        self.pushes: list[Record] = []
        self.recalls: list[Recall] = []
        self.while_answering: deque[Callable[[], None]] = deque()

    def push(self, record: Record, recall: Recall | None) -> PortalAnswer:
        """See ``ports.Portal.push``."""
        self.pushes.append(record)
        self.recalls += [recall] if recall is not None else []
        if self.while_answering:
            self.while_answering.popleft()()
        if self.script:
            return self.script.popleft()
        return self._stored(record, recall)

    def _stored(self, record: Record, recall: Recall | None) -> PortalAnswer:
        if record.reference not in self.entries:
            self._given += 1
            self.entries[record.reference] = f"CMO/2026/{self._given:07d}"
            self.listing.append(self._entry(record))
        portal_id = self.entries[record.reference]
        key, body = key_of(record, recall), entry_of(record, recall)
        known = self._posted.get(key)
        # What a test made it lose, or hold under another id, has no key any more.
        if known is not None and known[0] == portal_id and self._lists(record, recall) and known[1] != body:
            return HeldOtherwise()
        self._posted[key] = (portal_id, body)
        if recall is not None:
            self.listing = [
                replace(entry, recalls={*entry.recalls, recall.number})
                if entry.reference == record.reference
                else entry
                for entry in self.listing
            ]
        if self.drops:
            self.drops -= 1
            return TryLater(retry_after=None, why="no-answer")
        return Accepted(portal_id)

    def _lists(self, record: Record, recall: Recall | None) -> bool:
        return recall is None or any(
            recall.number in entry.recalls for entry in self.listing if entry.reference == record.reference
        )

    def _entry(self, record: Record) -> Listed:
        portal_id, fields = self.entries[record.reference], self.fields_of(record)
        return Listed(record.reference, portal_id, key=record.reference, fields=fields)

    def listed(self, day: date, cursor: str | None) -> PortalPage | TryLater:
        """See ``ports.Portal.listed``."""
        if self.list_script:
            return self.list_script.popleft()
        start = int(cursor or 0)
        found = [entry for entry in self.listing if _registered_on(entry) == day]
        end = start + self.per_page
        return PortalPage(found[start:end], malformed=0, next=str(end) if end < len(found) else None)

    def fields_of(self, record: Record) -> Mapping[str, object]:
        """See ``ports.Portal.fields_of``."""
        return comparable(entry_of(record))


def _registered_on(entry: Listed) -> date:
    moment = entry.fields["registered_at"]
    assert isinstance(moment, datetime)
    return moment.astimezone(IST).date()
