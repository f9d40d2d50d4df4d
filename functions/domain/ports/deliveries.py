"""What became of messages that were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, Outcome


@dataclass(frozen=True)
class Told:
    """The evidence of one message, with what is known of its delivery.

    Attributes:
        reference: of the record under which it stands.
        key: its own key there.
        alert: what it told an officer; None where it told somebody else.
        is_under_way: whether somebody is sending it just now, or died over it.
        contact: what stands for the number or address that it went to, see ``contact.contact_key``; None
            where that was not kept.
        outcome: what is known of its delivery; None for nothing yet.
    """

    reference: str
    key: str
    alert: Alert | None
    is_under_way: bool = False
    contact: str | None = None
    outcome: Outcome | None = None


class Deliveries(Protocol):
    """Evidence of what was sent, found by the provider's message id."""

    def find(self, channel: Channel, message_ids: Sequence[str]) -> Told | None:
        """The message that a provider speaks of; None when none of the ids is known, or not any more.

        Raises:
            Unavailable: the table does not answer.
        """

    def note(self, told: Told, outcome: Outcome) -> None:
        """Keeps what is known of a message's delivery now.

        Args:
            told: as it was found.
            outcome: what is to stand.

        Raises:
            Outrun: something else was noted meanwhile.
            Unavailable: the table does not answer.
        """

    def of_event(self, reference: str, sequence: int) -> Sequence[Told]:
        """The evidence of all messages that one event of a record caused.

        Raises:
            Unavailable: the table does not answer.
        """


class DeliveryEvents(Protocol):
    """The queue of what providers told."""

    def put(self, events: Sequence[DeliveryEvent], after: timedelta) -> None:
        """Puts events into the queue, to come after that time, which is at most fifteen minutes.

        Raises:
            Unavailable: the queue did not take all of them.
        """
