"""The queues of events of which somebody is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from functions.domain.held_alerts import Readers
from functions.domain.linking import Part
from functions.domain.record import Event


class AlertQueues(Protocol):
    """The queues to which the bus brings the events of which officers, and citizens, are told."""

    def hand_on(self, readers: Readers, events: Sequence[tuple[str, Event]], at: datetime) -> None:
        """Brings events there once more.

        Args:
            readers: whom they are to be told.
            events: each with the reference of its record.
            at: by which time their messages may go.

        Raises:
            Unavailable: the queue did not take all of them.
        """

    def hand_on_in_parts(self, told: tuple[str, Event], parts: Sequence[Part], at: datetime) -> None:
        """Brings one event there once for each part of the records that were linked to its record.

        Args:
            told: the event, with the reference of its record.
            parts: of those records.
            at: by which time the messages may go.

        Raises:
            Unavailable: the queue did not take all of them.
        """
