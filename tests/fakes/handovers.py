"""The queue of offices that may have got another officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta


class FakeHandovers:
    """The queue of offices where an officer may have a successor.

    Attributes:
        asked: each office, and after which time.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, timedelta]] = []

    def ask(self, offices: Sequence[str], after: timedelta) -> None:
        """See ``ports.Handovers.ask``."""
        self.asked += [(office, after) for office in offices]
