"""Events of the portal that came before we know the id that they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from functions.domain.receipt import Receipt


class PendingEvents(Protocol):
    """What the portal told of a grievance under an id that we do not know yet."""

    def keep(self, portal_id: str, event: str, receipt: Receipt) -> None:
        """Keeps a portal's event, JSON, with the receipt of its request.

        Raises:
            Outrun: the receipt's key came before.
            Unavailable: the table is out; nothing is known to be kept.
        """

    def of(self, portal_id: str) -> Sequence[tuple[str, str]]:
        """What was kept for that id: each one's own key and the event, JSON, oldest first."""

    def drop(self, portal_id: str, key: str) -> None:
        """Forgets one that was matched."""
