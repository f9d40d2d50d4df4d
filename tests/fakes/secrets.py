"""Secrets that a test sets."""

from __future__ import annotations

from collections.abc import Sequence

from tests.builders import REFERENCE_KEY


class FakeSecrets:
    """Secrets that a test sets."""

    def __init__(self) -> None:
        self.signing: dict[str, list[str]] = {}
        self.key = REFERENCE_KEY

    def webhook(self, sender: str, *, fresh: bool = False) -> Sequence[str]:
        """See ``ports.Secrets.webhook``."""
        del fresh
        return self.signing[sender]

    def reference_key(self) -> bytes:
        """See ``ports.Secrets.reference_key``."""
        return self.key
