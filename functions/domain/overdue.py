"""Reviews that nobody decided in time: the data analysts' supervisor is told.

That is a working day, and a quarter of an hour for an emergency that the portal refused. Any other emergency
goes ahead by itself (``review.go_ahead_unreviewed``); what does not waits on for its decision, however long
it takes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from functions.domain import lifecycle, review
from functions.domain.calendar import CLOSES
from functions.domain.model import Moment, Value
from functions.domain.record import Actor, Event, EventType, Record, Status

SHORTEST_WAIT = timedelta(hours=CLOSES.hour)
"""No ordinary review falls due sooner: from the last moment of one day to the close of office on the next."""

_MARK = "review_overdue"


class ReviewsOverdue(Value):
    """What the supervisor is told once: which reviews are overdue, at the moment when these fell due.

    All that was put before the analysts on one day falls due at one moment, and is one message.

    Attributes:
        decide_by: that moment.
        told_by: which event tells it, such as ``SSM-4821-903-7717#3``: while that one is at it, the others of
            the moment are done.
    """

    decide_by: Moment
    told_by: str = ""

    @property
    def key(self) -> str:
        """What makes it the same message when another review of that moment falls due."""
        return self.decide_by.astimezone(UTC).isoformat()


def is_overdue(record: Record, now: datetime) -> bool:
    """Whether it should have been decided by now, and goes no further until it is."""
    return (
        record.status is Status.UNDER_REVIEW
        and not review.goes_ahead_by_itself(record)
        and record.review is not None
        and record.review.decide_by is not None
        and record.review.decide_by <= now
    )


def told(record: Record, *, at: datetime) -> Record:
    """The record of which the supervisor is told; it waits on.

    Args:
        record: overdue, see :func:`is_overdue`.
        at: now.

    Raises:
        WrongState: it does not wait for review.
    """
    decide_by = record.review.decide_by if record.review else None
    within = "15 minutes of the portal's refusal" if record.is_emergency else "a working day"
    return lifecycle.advance(
        record,
        EventType.SLA_REMINDER_DUE,
        at=at,
        by=Actor.SLA_TIMER,
        note=f"Not decided by the data analysts within {within}; their supervisor is told",
        data={_MARK: True, "decide_by": decide_by.isoformat() if decide_by else None},
    )


def message_of(event: Event) -> ReviewsOverdue | None:
    """What an event tells the supervisor; None for every event that concerns no overdue review."""
    if event.type is not EventType.SLA_REMINDER_DUE or event.data.get(_MARK) is not True:
        return None
    return ReviewsOverdue.model_validate({"decide_by": event.data["decide_by"]})
