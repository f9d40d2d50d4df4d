"""When a message that failed comes again."""

from __future__ import annotations

from datetime import timedelta


class FakeRedelivery:
    """The queues that functions read from.

    Attributes:
        asked: queue, receipt and after which time.
        fails: what is raised instead, if anything.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, timedelta]] = []
        self.fails: Exception | None = None

    def ask(self, queue_arn: str, receipt: str, after: timedelta) -> None:
        """See ``ports.Redelivery.ask``."""
        if self.fails is not None:
            raise self.fails
        self.asked.append((queue_arn, receipt, after))
