"""What became of a message after its provider took it.

Providers tell it late, twice and in any order. So what is known of a message only ever rises: two outcomes
are joined, and the join does not depend on which came first (it is a semilattice: commutative, associative,
idempotent). What was delivered is not undone by a late failure of another attempt; what bounced afterwards
is, for then nobody has read it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from functions.domain.channel import Channel
from functions.domain.model import Moment, Value

_LONGEST_NUMBER = 7
"""No code of a provider has more digits in a row; a telephone number has."""


def _without_address(code: str) -> str:
    digits = 0
    for character in code:
        digits = digits + 1 if character.isdigit() else 0
        if digits > _LONGEST_NUMBER:
            message = "looks like a telephone number"
            raise ValueError(message)
    return code


Code = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"), AfterValidator(_without_address)
]
"""Why, in the provider's terms: a code or a word of ours for its sentence, never the recipient."""


class DeliveryState(StrEnum):
    """How far a message came.

    ``SUPPRESSED`` was never tried: the provider knows the address for a bad one. ``COMPLAINED`` was delivered
    and called unwanted, after which the provider tries that address no more.
    """

    SENT = "sent"
    DELAYED = "delayed"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    COMPLAINED = "complained"


_ORDER = {state: place for place, state in enumerate(DeliveryState)}
_UNREACHED = frozenset({DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.SUPPRESSED})
_ALWAYS_FOR_GOOD = frozenset({DeliveryState.BOUNCED, DeliveryState.SUPPRESSED, DeliveryState.COMPLAINED})
_REACHED = frozenset({DeliveryState.DELIVERED, DeliveryState.READ})


class Outcome(Value):
    """What a provider told of a message.

    Attributes:
        at: when, by the provider's clock.
        code: why, where it told; None otherwise.
        for_good: whether the recipient cannot be reached there at all, rather than not this time.
    """

    state: DeliveryState
    at: Moment
    code: Code | None = None
    for_good: bool = False

    @property
    def is_unreached(self) -> bool:
        """Whether the message did not reach its recipient, and no further attempt is to be expected."""
        return self.state in _UNREACHED

    @property
    def is_reached(self) -> bool:
        """Whether it is with its recipient."""
        return self.state in _REACHED

    @property
    def condemns_contact(self) -> bool:
        """Whether the number or address is not worth another attempt."""
        return self.state in _ALWAYS_FOR_GOOD or (self.state is DeliveryState.FAILED and self.for_good)


def joined(one: Outcome | None, other: Outcome) -> Outcome:
    """What is known when both are: the one that stands higher; of equals the earlier one."""
    return other if one is None else max(one, other, key=_height)


def _height(outcome: Outcome) -> tuple[int, bool, float, str]:
    return (_ORDER[outcome.state], outcome.for_good, -outcome.at.timestamp(), outcome.code or "")


class DeliveryEvent(Value):
    """What a provider told of one message.

    Attributes:
        message_ids: under which the provider may have answered when it was sent; the likeliest first.
        looked_up: how often the message was looked up without being found.
    """

    channel: Channel
    message_ids: tuple[str, ...]
    outcome: Outcome
    looked_up: int = 0


LOOKED_UP_AFTER = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10))
"""A provider may tell before it is noted that the message went out: when that is looked up again."""


def looked_up_again(event: DeliveryEvent) -> tuple[DeliveryEvent, timedelta] | None:
    """An event of a message that is not known, and when it is to come again; None when it is given up."""
    if event.looked_up >= len(LOOKED_UP_AFTER):
        return None
    after = LOOKED_UP_AFTER[event.looked_up]
    return event.model_copy(update={"looked_up": event.looked_up + 1}), after


def refused_at_once(code: str, at: datetime, *, for_good: bool) -> Outcome:
    """The outcome of a message that its provider did not take."""
    return Outcome(state=DeliveryState.FAILED, at=at, code=code, for_good=for_good)
