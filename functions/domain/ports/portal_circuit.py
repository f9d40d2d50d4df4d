"""The circuit breaker before the portal."""

from __future__ import annotations

from typing import Protocol

from functions.domain.circuit import Circuit


class PortalCircuit(Protocol):
    """How the portal was found lately, shared by all who ask it."""

    def read(self) -> Circuit:
        """The circuit as it stands; a closed one before the first failure.

        Raises:
            Unavailable: the table does not answer.
        """

    def save(self, before: Circuit, after: Circuit) -> Circuit:
        """Keeps the changed circuit, guarded by the version of ``before``.

        Raises:
            Outrun: somebody else changed it first.
            Unavailable: the table does not answer.
        """
