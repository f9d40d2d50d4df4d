"""What happens when a record's clock runs out."""

from __future__ import annotations

from datetime import datetime

from functions.domain import review
from functions.domain.record import Record, TimerKind


def run_out(record: Record, now: datetime) -> Record:
    """The record after every clock of it that has run out by ``now``; the very same when none has.

    What a clock asks for is decided from the record as it stands: a clock that came too late only stops.
    """
    for kind, due in sorted(record.timers.items(), key=lambda timer: timer[1]):
        if due > now or kind not in record.timers:
            continue
        match kind:
            case TimerKind.REVIEW_DEADLINE:
                if review.is_overdue(record, now):
                    record = review.go_ahead_unreviewed(record, at=now)
        if kind in record.timers:
            left = {other: at for other, at in record.timers.items() if other is not kind}
            record = record.model_copy(update={"timers": left})
    return record
