"""When a message that failed comes again."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol


class Redelivery(Protocol):
    """The queues that functions read from, as far as they are told when a message is to come again."""

    def ask(self, queue_arn: str, receipt: str, after: timedelta) -> None:
        """Has a message come again after so long, instead of when its queue hands out anew what failed.

        Args:
            queue_arn: the queue that it came from.
            receipt: under which it was handed out.
            after: whole seconds, twelve hours at the most.

        Raises:
            Unavailable: the queue does not answer; the message comes again when it would have anyway.
        """
