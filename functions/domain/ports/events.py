"""The bus of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from functions.domain.record import Event


class EventBus(Protocol):
    """EventBridge."""

    def publish(self, events: Sequence[tuple[str, Event]]) -> Sequence[int]:
        """Publishes events, each with its record's reference, in order.

        Returns:
            Positions of those that the bus did not take, ascending; empty when all went.
        """
