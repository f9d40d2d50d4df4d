"""Lists of records that people work through, page by page."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime

from functions.domain import callback, feedback
from functions.domain.errors import Fault, Refused
from functions.domain.ports import Page
from functions.domain.record import Record, Status, TimerKind


class FakeRecordLists:
    """The lists, with cursors of their own."""

    kept: dict[str, Record]

    def waiting_for_review(self, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.waiting_for_review``."""
        queue = sorted(
            (not record.is_emergency, record.registered_at.isoformat(), record.reference)
            for record in self.kept.values()
            if record.status is Status.UNDER_REVIEW
        )
        return self._page(queue, limit, cursor)

    def _page(self, queue: list[tuple[bool, str, str]], limit: int, cursor: str | None) -> Page:
        after = _read_cursor(cursor)
        left = [place for place in queue if after is None or place > after]
        page = left[:limit]
        following = _write_cursor(page[-1]) if len(left) > limit else None
        return Page(records=[self.kept[place[2]] for place in page], next=following)

    def waiting_for_field_check(self, districts: Sequence[str], limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.waiting_for_field_check``."""
        queue = sorted(
            (False, record.atr.received_at.isoformat(), record.reference)
            for record in self.kept.values()
            if record.status is Status.ACTION_TAKEN
            and record.atr is not None
            and ((record.subject.district if record.subject else None) or "") in districts
        )
        return self._page(queue, limit, cursor)

    def to_be_called_back(self, now: datetime, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.to_be_called_back``."""
        queue = sorted(
            (False, record.callback.rang_at[0].isoformat(), record.reference)
            for record in self.kept.values()
            if callback.waits(record) and record.callback and record.callback.due_at
            if TimerKind.CALLBACK not in record.timers or record.callback.due_at <= now
        )
        return self._page(queue, limit, cursor)

    def unreachable(self, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.unreachable``."""
        queue = sorted(
            (False, record.callback.attempts[-1].at.isoformat(), record.reference)
            for record in self.kept.values()
            if record.status is Status.UNREACHABLE and record.callback
        )
        return self._page(queue, limit, cursor)

    def to_be_asked(self, since: datetime, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.to_be_asked``."""
        queue = sorted(
            (False, record.atr.received_at.isoformat(), record.reference)
            for record in self.kept.values()
            if feedback.is_to_be_asked(record) and record.atr and record.atr.received_at > since
        )
        return self._page(queue, limit, cursor)

    def of_caller(self, phone: str, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.of_caller``."""
        newest_first = sorted(
            (record for record in self.kept.values() if record.caller.phone == phone),
            key=lambda record: (record.registered_at, record.reference),
            reverse=True,
        )
        start = int(cursor or 0)
        more = start + limit < len(newest_first)
        return Page(newest_first[start : start + limit], str(start + limit) if more else None)


def _write_cursor(place: tuple[bool, str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read_cursor(cursor: str | None) -> tuple[bool, str, str] | None:
    if cursor is None:
        return None
    try:
        late, at, reference = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (TypeError, ValueError):
        raise Refused(Fault(None, "this cursor is none of this list")) from None
    return bool(late), str(at), str(reference)
