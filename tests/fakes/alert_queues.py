"""The queues of events of which somebody is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from functions.domain.errors import Unavailable
from functions.domain.held_alerts import Readers
from functions.domain.linking import Part
from functions.domain.record import Event


class FakeAlertQueues:
    """The queues to which the bus brings the events of which officers, and citizens, are told.

    Attributes:
        handed_on: for whom, reference and sequence of each event, and by which time its messages may go.
        parts: reference and sequence of each event that is told in parts, the part, and by which time.
        out: the queues that take nothing.
    """

    def __init__(self) -> None:
        self.handed_on: list[tuple[Readers, str, int, datetime]] = []
        self.parts: list[tuple[str, int, Part, datetime]] = []
        self.out: set[Readers] = set()

    def hand_on(self, readers: Readers, events: Sequence[tuple[str, Event]], at: datetime) -> None:
        """See ``ports.AlertQueues.hand_on``."""
        self._refuse_when_out(readers)
        self.handed_on += [(readers, reference, event.sequence, at) for reference, event in events]

    def hand_on_in_parts(self, told: tuple[str, Event], parts: Sequence[Part], at: datetime) -> None:
        """See ``ports.AlertQueues.hand_on_in_parts``."""
        self._refuse_when_out(Readers.CITIZENS)
        reference, event = told
        self.parts += [(reference, event.sequence, part, at) for part in parts]

    def _refuse_when_out(self, readers: Readers) -> None:
        if readers in self.out:
            raise Unavailable("alerts")
