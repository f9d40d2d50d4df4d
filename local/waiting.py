"""Waiting for something to come true."""

from __future__ import annotations

import time  # noqa: TID251 - commands wait by the wall clock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


_LONGER_EACH_TIME = 1.3


def wait_until(
    done: Callable[[], bool], seconds: float, interval: float = 0.05, longest: float | None = None
) -> bool:
    """Asks until the answer is yes, or the time is over.

    Args:
        done: What to ask.
        seconds: How long at the most.
        interval: The pause between two questions.
        longest: The pause to which it grows, for questions that keep busy what is waited for; None for one
            that stays as it is.

    Returns:
        Whether the answer was yes in time.
    """
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(interval)
        interval = min(interval * _LONGER_EACH_TIME, longest or interval)
    return True
