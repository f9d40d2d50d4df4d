"""Records that were pushed into a portal, an evening later."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from functions.domain.record import Record
from functions.reconcile.reconciling import reconcile
from tests.builders import (
    NOW,
    action_taken,
    forwarded,
    numbered,
    visited,
)
from tests.fakes import FakePorts

DAY = date(2026, 11, 24)
LATER = NOW + timedelta(hours=20)
CELL = "grievance-cell@wb.example"


class World:
    """Records that were pushed into a portal, an evening later."""

    def __init__(self, outside: FakePorts) -> None:
        self.outside = outside
        self.portal = outside.portal
        outside.clock.moment = LATER

    def pushed(self, number: int, record: Record | None = None) -> str:
        """A record that the portal holds with all its recalls; its reference."""
        record = numbered(record or forwarded(), number)
        answer = self.portal.push(record, None)
        record = record.model_copy(update={"portal_id": answer.portal_id})  # type: ignore[union-attr]  # it was accepted
        for recall in record.recalled[: record.recalls_pushed]:
            self.portal.push(record, recall)
        self.portal.pushes.clear()
        self.outside.records.put(record)
        return record.reference

    def recalled(self, number: int) -> str:
        """A record that was recalled, which the portal knows."""
        record = visited(action_taken(), meets_standard=False)
        return self.pushed(number, record.model_copy(update={"recalls_pushed": 1}))

    def loses(self, reference: str, *, remembers_key: bool = False) -> None:
        """The portal loses an entry."""
        self.portal.listing = [entry for entry in self.portal.listing if entry.reference != reference]
        if not remembers_key:
            del self.portal.entries[reference]

    def alters(self, reference: str, **changes: Any) -> None:  # noqa: ANN401 - a field each
        """The portal lists something else."""
        self.portal.listing = [
            replace(entry, **changes) if entry.reference == reference else entry
            for entry in self.portal.listing
        ]

    def runs(self, *days: date, until: timedelta = timedelta(minutes=10)) -> list[dict[str, Any]]:
        """A run; the reports that it kept, in the order of the days."""
        self.outside.uploads.results.clear()
        self.outside.clock.advance(minutes=30)
        now = self.outside.clock.now()
        reconcile(self.outside, days or (DAY,), now=now, until=now + until, tell=CELL)
        return [json.loads(body) for body in self.outside.uploads.results.values()]

    def found(self) -> list[tuple[str, str, str]]:
        """A run; kind, reference and outcome of what it found."""
        (report,) = self.runs()
        return [(one["kind"], one["reference"], one["outcome"]) for one in report["differences"]]

    def record(self, reference: str) -> Record:
        """The record as it stands."""
        return self.outside.records.load(reference)
