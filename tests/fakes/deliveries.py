"""What became of messages that were sent, and the queue of what providers told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, Outcome
from functions.domain.errors import Outrun
from functions.domain.ports import Told
from tests.fakes.alert_log import FakeAlertLog


class FakeDeliveries:
    """The evidence of the alert log, found by the provider's message id."""

    def __init__(self, log: FakeAlertLog) -> None:
        self._log = log

    def find(self, channel: Channel, message_ids: Sequence[str]) -> Told | None:
        """See ``ports.Deliveries.find``."""
        found = (self._log.ways.get((channel, message_id)) for message_id in message_ids)
        return next((self._told(*way) for way in found if way is not None), None)

    def note(self, told: Told, outcome: Outcome) -> None:
        """See ``ports.Deliveries.note``."""
        place = (told.reference, told.key)
        if self._log.outcomes.get(place) != told.outcome:
            raise Outrun("something else was noted meanwhile")
        self._log.outcomes[place] = outcome

    def of_event(self, reference: str, sequence: int) -> Sequence[Told]:
        """See ``ports.Deliveries.of_event``."""
        return [
            self._told(*place)
            for place in sorted(self._log.told)
            if place[0] == reference and place[1].startswith(f"{sequence:06d}#")
        ]

    def _told(self, reference: str, key: str) -> Told:
        place = (reference, key)
        told = self._log.told[place]
        return Told(
            reference=reference,
            key=key,
            alert=told if isinstance(told, Alert) else None,
            is_under_way=place not in self._log.evidence,
            contact=self._log.contacts.get(place),
            outcome=self._log.outcomes.get(place),
        )


class FakeDeliveryEvents:
    """The queue of what providers told.

    Attributes:
        waiting: what was put into it, and after which time it comes.
    """

    def __init__(self) -> None:
        self.waiting: list[tuple[DeliveryEvent, timedelta]] = []

    def put(self, events: Sequence[DeliveryEvent], after: timedelta) -> None:
        """See ``ports.DeliveryEvents.put``."""
        self.waiting += [(event, after) for event in events]
