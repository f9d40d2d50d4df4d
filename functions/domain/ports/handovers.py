"""The queue of offices that may have got another officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol


class Handovers(Protocol):
    """The queue of offices whose open grievances are to be looked at: an officer may have a successor."""

    def ask(self, offices: Sequence[str], after: timedelta) -> None:
        """Has each office looked at, no sooner than after that time, which is at most fifteen minutes.

        Raises:
            Unavailable: the queue did not take all of them.
        """
