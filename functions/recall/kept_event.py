"""What marks that an event of the portal which came too early was applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from functions.domain.ports import Ports
from functions.domain.receipt import Receipt, fingerprint

MARKED_FOR = timedelta(days=200)
"""How long it is known that one was applied: longer than one is kept that could not be dropped."""

_SENDER = "kept-portal-event"


@dataclass(frozen=True)
class KeptEvent:
    """A kept event in the place of a POST (``changing.Asked``).

    Its mark is written with what follows from it: who could not drop it, or matches it at the same time,
    finds it done.

    Attributes:
        portal_id: the id that was not known.
        key: its own among those kept for that id.
    """

    portal_id: str
    key: str

    @property
    def sender(self) -> str:
        """None of the door's: under the event's own ``webhook-id`` stands that it was kept."""
        return _SENDER

    @property
    def webhook_id(self) -> str:
        """What tells it from every other one."""
        return f"{self.portal_id} {self.key}"

    @property
    def fingerprint(self) -> str:
        """As good as its key: what is kept does not change."""
        return fingerprint(_SENDER, "MATCH", self.portal_id, self.key.encode())

    def receipt(self, outside: Ports, answer: str) -> Receipt:
        """The mark, with what a POST would have been answered."""
        return Receipt(
            sender=_SENDER,
            webhook_id=self.webhook_id,
            fingerprint=self.fingerprint,
            owner=outside.identifiers.owner(),
            answer=answer,
            expires_at=outside.clock.now() + MARKED_FOR,
        )
