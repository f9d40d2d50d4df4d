"""What the CMO Grievance Portal refuses goes back to the data analysts, with its reason (SOP, 3B).

An emergency's officer does not wait for the portal, and so not for the analysts either: whoever is to have it
is told before it goes back, and his clocks run on.
"""

from __future__ import annotations

from datetime import datetime

from functions.domain import forwarding, review
from functions.domain.calendar import Calendar
from functions.domain.office import Office, Officer
from functions.domain.record import Record


def needs_officer(record: Record) -> bool:
    """Whether an officer is to be looked for before it goes back: of an emergency that nobody has yet."""
    return record.is_emergency and forwarding.needs_routing(record)


def given_back(
    record: Record, reason: str, *, to: tuple[Office, Officer] | None, calendar: Calendar, at: datetime
) -> Record:
    """The record before the analysts once more.

    Args:
        record: accepted; the portal refused it.
        reason: the portal's words. What it said of an earlier attempt holds no more.
        to: who gets an emergency that nobody has yet; None where it has somebody, or nobody holds the post.
        calendar: with the holidays in force.
        at: now.
    """
    if to is not None and needs_officer(record):
        office, officer = to
        record = forwarding.assigned(record, office=office, officer=officer, at=at)
    others = (finding for finding in record.findings if finding.code != forwarding.PORTAL_REFUSED)
    return review.ask(
        record.model_copy(update={"waits_for_portal_since": None}),
        findings=(forwarding.refused_by_portal(reason), *others),
        term=None,
        calendar=calendar,
        at=at,
    )
