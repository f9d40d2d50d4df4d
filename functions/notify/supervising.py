"""Tells the data analysts' supervisor of reviews that were not decided in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from functions.adapters.messages import mail_of
from functions.domain import overdue
from functions.domain.errors import Unavailable
from functions.domain.ports import Mail, Ports
from functions.domain.record import Record
from functions.once import once
from functions.wire import told

REVIEWS = "REVIEWS"
"""Under which the alert log keeps what was told: it speaks of many records and belongs to none."""

COUNTED = 2000
"""So many overdue reviews are counted at the most; beyond it the mail says that there are more."""

LISTED = 50

_PAGE = 100


@dataclass(frozen=True, order=True)
class Waiting:
    """A review that is overdue: emergencies come before the others, then the longest waiting."""

    is_ordinary: bool
    since: datetime
    reference: str


@dataclass(frozen=True)
class Overdue:
    """Reviews that are overdue.

    Attributes:
        waiting: each, in their order.
        has_more: whether there are more of them than were counted.
    """

    waiting: list[Waiting]
    has_more: bool


def tell_supervisor(outside: Ports, to: str, reference: str, sequence: int) -> int:
    """Sends the mail that an overdue review causes: one for all that fell due at the same moment.

    Args:
        outside: the ports.
        to: the supervisor's mail address.
        reference: whose event.
        sequence: which event.

    Returns:
        How many mails went out now: none where it went out before, where the event concerns no overdue
        review, where that review was decided since, and where the provider refused the mail.

    Raises:
        Unavailable: a dependency is out, or another worker is sending it just now. It goes when the event
            comes again.
    """
    record = outside.records.load(reference)
    event = next((event for event in record.events if event.sequence == sequence), None)
    if event is None:
        # The bus can be ahead of no committed write: only a message made by hand gets here.
        raise Unavailable("event", 1)
    message = overdue.message_of(event)
    if message is None:
        return 0
    # A sweep that was handed a later time is ahead of our clock; a mail that was held up is behind it.
    now = max(event.at, outside.clock.now())
    if not overdue.is_overdue(record, now):
        return 0
    message = message.model_copy(update={"told_by": f"{reference}#{sequence}"})
    return int(once(outside, REVIEWS, message, partial(_send, outside, to, record, now)))


def _send(outside: Ports, to: str, record: Record, now: datetime) -> str:
    values = _values(_overdue(outside, record, now), now)
    subject, text, html = mail_of("en/supervisor_reviews", values, layout="layout_of_list")
    return outside.messaging.send_mail(Mail(to=to, subject=subject, text=text, html=html))


def _overdue(outside: Ports, first: Record, now: datetime) -> Overdue:
    """All that are overdue, of which one is known; the queue is read no further than they can stand in it."""
    waiting = {first.reference: _waiting(first)}
    cursor: str | None = None
    while True:
        page = outside.records.waiting_for_review(_PAGE, cursor)
        waiting |= {one.reference: _waiting(one) for one in page.records if overdue.is_overdue(one, now)}
        cursor = page.next
        if cursor is None or len(waiting) > COUNTED or any(_is_too_young(one, now) for one in page.records):
            break
    return Overdue(sorted(waiting.values())[:COUNTED], has_more=len(waiting) > COUNTED)


def _waiting(record: Record) -> Waiting:
    since = record.review.asked_at if record.review else record.registered_at
    return Waiting(not record.is_emergency, since, record.reference)


def _is_too_young(record: Record, now: datetime) -> bool:
    """Whether neither it nor what stands behind it in the queue can be overdue; emergencies stand before."""
    return not record.is_emergency and record.registered_at + overdue.SHORTEST_WAIT > now


def _values(found: Overdue, now: datetime) -> dict[str, object]:
    count = len(found.waiting)
    listed = found.waiting[:LISTED]
    return {
        "how_many": f"more than {count:,}" if found.has_more else f"{count:,}",
        "is_one": count == 1,
        "emergencies": sum(not one.is_ordinary for one in found.waiting),
        "now": told(now),
        "lines": [
            {"reference": one.reference, "since": told(one.since), "is_emergency": not one.is_ordinary}
            for one in listed
        ],
        "is_cut_short": count > len(listed),
    }
