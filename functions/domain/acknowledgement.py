"""The acknowledgement link: a random token, stored hashed, that names one assignment and expires."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from functions.domain import lifecycle
from functions.domain.assignment import is_assigned
from functions.domain.model import Moment, Value
from functions.domain.office import Level
from functions.domain.record import EventType, Record

LIFETIME = timedelta(days=30)


class Link(Value):
    """What a token stands for.

    Attributes:
        digest: SHA-256 of the token, hexadecimal; the token itself is only in the message.
    """

    digest: str
    reference: str
    assignment: int
    level: Level
    expires_at: Moment


class LinkState(StrEnum):
    """What the page behind the link says."""

    ASK = "ask"
    DONE = "done"
    ALREADY = "already"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


def digest_of(token: str) -> str:
    """The form in which a token is stored and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def state_of(link: Link, record: Record, now: datetime) -> LinkState:
    """What opening the link means now; only in state ``ask`` may it acknowledge."""
    if now >= link.expires_at:
        return LinkState.EXPIRED
    if not is_assigned(record) or record.assignment_number != link.assignment:
        return LinkState.SUPERSEDED
    if record.acknowledged_at is not None:
        return LinkState.ALREADY
    if not lifecycle.allows(record, EventType.ALERT_ACKNOWLEDGED):
        return LinkState.SUPERSEDED
    return LinkState.ASK
