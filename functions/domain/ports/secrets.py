"""Secrets Manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Secrets(Protocol):
    """Secrets Manager, cached."""

    def webhook(self, sender: str, *, fresh: bool = False) -> Sequence[str]:
        """The sender's signing secrets, current first.

        Args:
            sender: such as ``call-centre``.
            fresh: read it again if what is known is older than a minute.

        Raises:
            Unavailable: they cannot be read.
        """

    def reference_key(self) -> bytes:
        """The key from which references are derived; it never changes."""
