"""Records found by what they hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from functions.domain import forwarding, linking, succession
from functions.domain.assignment import awaits_redress, may_come_back
from functions.domain.calendar import IST
from functions.domain.office import Level
from functions.domain.reconciliation import Late
from functions.domain.record import Record, Status


class FakeRecordIndex:
    """Records by lead, portal id, day, office and clock."""

    kept: dict[str, Record]
    written_at: dict[str, datetime]
    portal_ids: dict[str, str]
    late: set[Late]

    def linked_to(self, reference: str) -> Sequence[str]:
        """See ``ports.Records.linked_to``."""
        linked = (one.reference for one in self.kept.values() if linking.lead_of(one) == reference)
        return sorted(one for one in linked if one != reference)

    def by_portal_id(self, portal_id: str) -> str | None:
        """See ``ports.Records.by_portal_id``."""
        return self.portal_ids.get(portal_id)

    def pushed_on(self, day: date) -> Sequence[str]:
        """See ``ports.Records.pushed_on``."""
        pushed = [self.kept[reference] for reference in dict.fromkeys(self.portal_ids.values())]
        pushed.sort(key=lambda one: (one.registered_at, one.reference))
        return [one.reference for one in pushed if one.registered_at.astimezone(IST).date() == day]

    def late_pushes(self, before: date) -> Sequence[Late]:
        """See ``ports.Records.late_pushes``."""
        return sorted(one for one in self.late if one.pushed_on < before)

    def drop_late(self, gone_through: Sequence[Late]) -> None:
        """See ``ports.Records.drop_late``."""
        self.late -= set(gone_through)

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """See ``ports.Records.changed_since``."""
        changes = sorted((moment, reference) for reference, moment in self.written_at.items())
        return [reference for moment, reference in changes if since <= moment <= until]

    def waiting_for_portal(self, limit: int) -> Sequence[str]:
        """See ``ports.Records.waiting_for_portal``."""
        waiting = [record for record in self.kept.values() if forwarding.is_parked(record)]
        waiting.sort(key=lambda one: (not one.is_emergency, one.registered_at, one.reference))
        return [record.reference for record in waiting[:limit]]

    def newest(self, limit: int) -> Sequence[Record]:
        """See ``ports.Records.newest``."""
        held = {*self.portal_ids.values()}
        newest_first = sorted(
            (
                record
                for record in self.kept.values()
                if record.reference in held
                or record.status is Status.UNDER_REVIEW
                or forwarding.is_parked(record)
            ),
            key=lambda record: (record.registered_at, record.reference),
            reverse=True,
        )
        return newest_first[:limit]

    def has_open(self, office: str) -> bool:
        """See ``ports.Records.has_open``."""
        assigned = [record.assignment for record in self.kept.values() if awaits_redress(record)]
        return any(assignment is not None and assignment.office == office for assignment in assigned)

    def has_reported(self, office: str) -> bool:
        """See ``ports.Records.has_reported``."""
        reported = [record.assignment for record in self.kept.values() if may_come_back(record)]
        return any(assignment is not None and assignment.office == office for assignment in reported)

    def left_behind(self, office: str, level: Level, present: Collection[str], limit: int) -> Sequence[str]:
        """See ``ports.Records.left_behind``."""
        left = [
            (record.assignment.holder or "-", record.assignment.since, record.reference)
            for record in self.kept.values()
            if record.assignment and succession.is_left_behind(record, office, level, present)
        ]
        return [reference for _, _, reference in sorted(left)[:limit]]

    def with_timer_due(self, now: datetime) -> Sequence[str]:
        """See ``ports.Records.with_timer_due``."""
        running = [record for record in self.kept.values() if record.timers]
        clocks = sorted((min(record.timers.values()), record.reference) for record in running)
        return [reference for due, reference in clocks if due <= now]
