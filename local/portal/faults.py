"""How the simulator misbehaves when it is told to."""

import math
import random  # noqa: TID251 - a fixed seed, in a process that is no part of the product
import threading
from collections.abc import Callable

from pydantic import JsonValue

from local.portal.contract import DropResponse, ErrorRate, Fault, Plain, RateLimit, Refuse, Slow

_SEED = 20261124


class Faults:
    """The fault in force, and what it still has to do; safe to use from many threads.

    Args:
        clock: seconds that only ever grow, for the rate limit.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.order(Plain(mode="ok"))

    def order(self, fault: Fault) -> None:
        """Puts a fault in the place of the one before; a sequence or a bucket begins anew."""
        with self._lock:
            self._fault = fault
            self._sequence = random.Random(_SEED)  # noqa: S311 - repeatable is what is wanted
            self._left = fault.value if isinstance(fault, DropResponse) else 0
            self._tokens = max(1.0, fault.value) if isinstance(fault, RateLimit) else 0.0
            self._filled_at = self._clock()

    def state(self) -> dict[str, JsonValue]:
        """``mode`` and ``value``; of ``drop_response`` the value is how many answers are left to drop."""
        with self._lock:
            if not isinstance(self._fault, DropResponse):
                return {"mode": self._fault.mode, "value": self._fault.value}
            if self._left == 0:
                return {"mode": "ok", "value": None}
            return {"mode": "drop_response", "value": self._left}

    def is_down(self) -> bool:
        """Whether connections are closed without an answer."""
        return self._fault.mode == "down"

    def retry_after(self) -> int | None:
        """Takes a token for one request; None if there was one, else whole seconds to wait, at least 1."""
        with self._lock:
            if not isinstance(self._fault, RateLimit):
                return None
            rate, now = self._fault.value, self._clock()
            self._tokens = min(max(1.0, rate), self._tokens + (now - self._filled_at) * rate)
            self._filled_at = now
            if rate > 0 and self._tokens >= 1:
                self._tokens -= 1
                return None
            return max(1, math.ceil((1 - self._tokens) / rate)) if rate > 0 else 1

    def fails_this_post(self) -> bool:
        """Whether the next post in the fixed sequence gets 503."""
        with self._lock:
            return isinstance(self._fault, ErrorRate) and self._sequence.random() < self._fault.value

    def refusal(self) -> str | None:
        """The reason that every post is refused with, if any."""
        fault = self._fault
        return fault.value if isinstance(fault, Refuse) else None

    def delay(self) -> float:
        """Seconds before an answer."""
        fault = self._fault
        return fault.value if isinstance(fault, Slow) else 0.0

    def drops_this_answer(self) -> bool:
        """Whether the answer to a post that was just stored is dropped; counts it."""
        with self._lock:
            if self._left == 0:
                return False
            self._left -= 1
            return True
