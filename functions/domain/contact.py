"""Whether a number or address is worth an attempt, by what became of the last messages to it.

A contact is known by a hash of channel and address, so that a corrected address is another contact and no
number stands anywhere. What counts is the latest failure for good and the latest delivery, by the provider's
clock, whichever was told first.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from functions.domain.channel import Channel
from functions.domain.delivery import Code, DeliveryState, Outcome
from functions.domain.model import Moment, Value
from functions.domain.office import Level

MARKED_FOR = timedelta(days=30)
"""After which a contact is tried again, and told of again when it fails again."""

_COMES_BACK_WITHIN = timedelta(days=1)
"""A mail server may take what it sends back later: so long a delivery does not show that a contact works."""


class Mark(Value):
    """That a contact failed for good.

    Attributes:
        since: when it did first; it stands for ``MARKED_FOR``.
        state: how it failed.
        code: why, in the provider's terms.
    """

    since: Moment
    state: DeliveryState
    code: Code | None = None


class ContactFailed(Value):
    """One mail to the registry's keeper: that a contact is marked. Neither number, address nor name is in it.

    Attributes:
        contact: what stands for it.
        since: of the mark.
        office: code of the office in whose line it stands.
        level: of the officer there.
    """

    contact: str
    since: Moment
    office: str
    level: Level

    @property
    def key(self) -> str:
        """What makes it the same: it is told once while the mark stands, for each post with that contact."""
        return f"{self.contact}#{self.since.isoformat()}#{self.office}#{self.level}"


class Contact(Value):
    """What is known of a contact.

    Attributes:
        key: of channel and address, see :func:`contact_key`.
        office: code of the office whose officer was last told there; None for a citizen's.
        level: of that officer.
        delivered_at: when a message last reached it.
        works_since: when one first reached it after the last failure; None where none did.
        failed_at: when one last failed for good.
        mark: what it is marked with, also when the mark does not stand any more.
    """

    key: str
    channel: Channel
    office: str | None = None
    level: Level | None = None
    delivered_at: Moment | None = None
    works_since: Moment | None = None
    failed_at: Moment | None = None
    mark: Mark | None = None

    def mark_at(self, now: datetime) -> Mark | None:
        """The mark that stands; None when there is none."""
        if self.mark is None or self._was_reached_since or now >= self.mark.since + MARKED_FOR:
            return None
        return self.mark

    def mark_failing(self, at: datetime) -> Mark | None:
        """The mark that a failure leaves standing, or sets up again; None where it makes a new one.

        Where the contact worked for no longer than a message may take to come back, it did not work.
        """
        if self.mark is None or at >= self.mark.since + MARKED_FOR:
            return None
        worked_since = (self.works_since or self.delivered_at) if self._was_reached_since else None
        is_new = worked_since is not None and at - worked_since >= _COMES_BACK_WITHIN
        return None if is_new else self.mark

    @property
    def _was_reached_since(self) -> bool:
        if self.failed_at is None or self.delivered_at is None:
            return False
        return self.delivered_at >= self.failed_at


def contact_key(channel: Channel, address: str) -> str:
    """What stands for a number or an address on a channel; hashed, for keys reach logs and metrics.

    That keeps it out of sight, and does not stop whoever sets out to try all numbers there are.
    """
    return hashlib.sha256(f"{channel}\n{address.strip().casefold()}".encode()).hexdigest()[:32]


def after_failure(contact: Contact, outcome: Outcome) -> Contact:
    """The contact after a message to it failed for good; the same one when that tells nothing new."""
    if contact.failed_at is not None and outcome.at <= contact.failed_at:
        return contact
    standing = contact.mark_failing(outcome.at)
    mark = standing or Mark(since=outcome.at, state=outcome.state, code=outcome.code)
    reached = contact.delivered_at
    works_since = reached if reached is not None and reached >= outcome.at else None
    return contact.model_copy(update={"failed_at": outcome.at, "mark": mark, "works_since": works_since})


def after_delivery(contact: Contact, at: datetime) -> Contact:
    """The contact after a message reached it; the same one when that tells nothing new."""
    if contact.delivered_at is not None and at <= contact.delivered_at:
        return contact
    is_first = contact.works_since is None and (contact.failed_at is None or at >= contact.failed_at)
    works_since = at if is_first else contact.works_since
    return contact.model_copy(update={"delivered_at": at, "works_since": works_since})
