"""What the readers of all providers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from functions.domain.delivery import DeliveryEvent

MessageId = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=r"^\S+$")]
_MILLISECONDS = 1_000


class UnreadableError(Exception):
    """It is no event of a provider that we know.

    Attributes:
        reason: a code for the log; nothing of the event.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Reading:
    """What one notification told.

    Attributes:
        events: of our messages.
        unread: why some of it could not be read, as codes.
    """

    events: Sequence[DeliveryEvent] = ()
    unread: Sequence[str] = field(default=())


class Notification(BaseModel):
    """The base of what providers send: more fields than are needed here, and an error repeats none."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


def from_milliseconds(value: object) -> object:
    """Unix milliseconds as a time."""
    return _moment(value / _MILLISECONDS) if isinstance(value, int) else value


def from_unix_text(value: object) -> object:
    """Unix seconds in digits as a time."""
    return _moment(int(value)) if isinstance(value, str) and value.isdecimal() else value


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError):
        message = "lies outside the years that can be reckoned with"
        raise ValueError(message) from None


MillisecondsSinceEpoch = Annotated[datetime, BeforeValidator(from_milliseconds)]
SecondsSinceEpoch = Annotated[datetime, BeforeValidator(from_unix_text)]
