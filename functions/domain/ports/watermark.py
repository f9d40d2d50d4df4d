"""How far the changes of the table are published."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Watermark(Protocol):
    """Up to when every change of the table is known to be published."""

    def read(self) -> datetime | None:
        """None before the first change was published."""

    def move(self, moment: datetime, known_from: datetime) -> None:
        """Moves it forward, never back, and over no gap.

        Args:
            moment: up to when all is published.
            known_from: from when on that is known; should the watermark be older, it stays.
        """
