"""How far all changes are published."""

from __future__ import annotations

from datetime import datetime


class FakeWatermark:
    """Up to when every change is published."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def read(self) -> datetime | None:
        """See ``ports.Watermark.read``."""
        return self.moment

    def move(self, moment: datetime, known_from: datetime) -> None:
        """See ``ports.Watermark.move``."""
        if self.moment is None or known_from <= self.moment < moment:
            self.moment = moment
