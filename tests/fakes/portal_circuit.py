"""The circuit breaker before the portal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from functions.domain.circuit import Circuit
from functions.domain.errors import Outrun


class FakePortalCircuit:
    """How the portal was found lately.

    Attributes:
        before_write: each is called once before a write: where others come between.
    """

    def __init__(self) -> None:
        self.kept = Circuit()
        self.before_write: deque[Callable[[], None]] = deque()

    def read(self) -> Circuit:
        """See ``ports.PortalCircuit.read``."""
        return self.kept

    def save(self, before: Circuit, after: Circuit) -> Circuit:
        """See ``ports.PortalCircuit.save``."""
        if self.before_write:
            self.before_write.popleft()()
        if self.kept.version != before.version:
            raise Outrun("the circuit was changed by somebody else just now")
        self.kept = after.model_copy(update={"version": before.version + 1})
        return self.kept
