"""The bus of events."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain.record import Event


class FakeBus:
    """The bus; it remembers what it took.

    Attributes:
        refuses: positions of the next call that it does not take.
    """

    def __init__(self) -> None:
        self.published: list[tuple[str, Event]] = []
        self.refuses: set[int] = set()

    def publish(self, events: Sequence[tuple[str, Event]]) -> Sequence[int]:
        """See ``ports.EventBus.publish``."""
        failed = sorted(place for place in self.refuses if place < len(events))
        self.refuses = set()
        self.published += [told for place, told in enumerate(events) if place not in failed]
        return failed
