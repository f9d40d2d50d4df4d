"""What a record is about and where, coarsely: under which key others on the same matter stand."""

from __future__ import annotations

from datetime import UTC, timedelta

from functions.domain.record import Record, Status

_WEEK = timedelta(weeks=1)
WEEKS = 3
"""So far back others are looked for: the week of registration and the two before it."""
PER_WEEK = 25
"""At most so many are looked at in a week, the newest."""


def subject_key(record: Record) -> str | None:
    """Category, else department, and place; None where nothing was said, or it was not taken up."""
    subject = record.subject
    if subject is None or record.status is Status.REJECTED:
        return None
    what = subject.category or subject.department or ""
    return f"{what}|{subject.district or subject.police_office or ''}"


def weeks(record: Record) -> list[str]:
    """The ISO weeks (UTC) in which others are looked for, such as ``2026-W48``, its own first."""
    registered = record.registered_at.astimezone(UTC)
    found = []
    for back in range(WEEKS):
        year, week, _ = (registered - back * _WEEK).isocalendar()
        found.append(f"{year}-W{week:02d}")
    return found
