"""The acknowledgement link: a random token, stored hashed, that names one assignment and expires."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from functions.domain import lifecycle
from functions.domain.assignment import FORMER, is_assigned
from functions.domain.channel import Channel
from functions.domain.model import Moment, Value
from functions.domain.office import Level
from functions.domain.record import Event, EventType, Record, Status

LIFETIME = timedelta(days=30)


class Link(Value):
    """What a token stands for.

    Attributes:
        digest: SHA-256 of the token, hexadecimal; the token itself is only in the message.
        office: code of the office of whom the message went to, who may be above the office that has it; None
            in links of a time before.
        level: which officer of that office.
        channel: by which the message went; None in links of a time before.
    """

    digest: str
    reference: str
    assignment: int
    level: Level
    expires_at: Moment
    office: str | None = None
    channel: Channel | None = None


class LinkState(StrEnum):
    """What the page behind the link says; from ``TRANSFERRED`` on, what overtook the link."""

    ASK = "ask"
    DONE = "done"
    ALREADY = "already"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    TRANSFERRED = "transferred"
    SUCCEEDED = "succeeded"
    ESCALATED = "escalated"
    RECALLED = "recalled"
    SENT_ANEW = "sent_anew"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    CLOSED = "closed"


@dataclass(frozen=True)
class LinkStanding:
    """How a link stands.

    Attributes:
        since: when that came about; None where nothing did, or where it is not known.
    """

    state: LinkState
    since: datetime | None = None


_ENDED_BY = {
    Status.CLOSED: (LinkState.CLOSED, EventType.RECORD_CLOSED),
    Status.REJECTED: (LinkState.WITHDRAWN, EventType.RECORD_REJECTED),
    Status.DUPLICATE: (LinkState.WITHDRAWN, EventType.RECORD_MARKED_DUPLICATE),
    Status.ACTION_TAKEN: (LinkState.REPORTED, EventType.ACTION_TAKEN),
}
_GIVEN_BY = {
    EventType.ESCALATED: LinkState.ESCALATED,
    EventType.ATR_RECALLED: LinkState.RECALLED,
}


def digest_of(token: str) -> str:
    """The form in which a token is stored and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def state_of(link: Link, record: Record, now: datetime) -> LinkState:
    """What opening the link means now; only in state ``ask`` may it acknowledge."""
    return standing_of(link, record, now).state


def standing_of(link: Link, record: Record, now: datetime) -> LinkStanding:
    """The same, with since when."""
    if now >= link.expires_at:
        return LinkStanding(LinkState.EXPIRED, link.expires_at)
    if record.assignment_number == link.assignment and is_assigned(record):
        if record.acknowledged_at is not None:
            return LinkStanding(LinkState.ALREADY, record.acknowledged_at)
        if lifecycle.allows(record, EventType.ALERT_ACKNOWLEDGED):
            return LinkStanding(LinkState.ASK)
    return _overtaken(link, record)


def _overtaken(link: Link, record: Record) -> LinkStanding:
    """What happened since: how the matter ended, else what took it from the assignment of the link."""
    if record.status in _ENDED_BY:
        state, ended = _ENDED_BY[record.status]
        return LinkStanding(state, _latest(record, lambda event: event.type is ended))
    if record.assignment_number == link.assignment:
        # It turned out to be another office's, which is to be found yet.
        return LinkStanding(
            LinkState.WITHDRAWN, _latest(record, lambda event: event.type is EventType.RECORD_ACCEPTED)
        )
    return _passed_on(link, record)


def _passed_on(link: Link, record: Record) -> LinkStanding:
    mine, given = (_given(record, link.assignment), _given(record, link.assignment + 1))
    if given is None:
        return LinkStanding(LinkState.SENT_ANEW)
    state = _GIVEN_BY.get(given.type, LinkState.SENT_ANEW)
    if FORMER in given.data:
        state = LinkState.SUCCEEDED
    elif state is LinkState.SENT_ANEW and (mine is None or given.data["office"] != mine.data["office"]):
        state = LinkState.TRANSFERRED
    return LinkStanding(state, given.at)


def _given(record: Record, assignment: int) -> Event | None:
    """The event by which the assignment of that number began; None where nobody was told of it."""
    return next((one for one in record.events if one.data.get("assignment") == assignment), None)


def _latest(record: Record, is_meant: Callable[[Event], bool]) -> datetime | None:
    return next((event.at for event in reversed(record.events) if is_meant(event)), None)
