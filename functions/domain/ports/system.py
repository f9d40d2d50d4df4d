"""Time and randomness."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Now, timezone-aware UTC."""

    def sleep(self, seconds: float) -> None:
        """Lets time pass: the pause before a remote call is tried again."""


class Identifiers(Protocol):
    """Randomness."""

    def owner(self) -> str:
        """A token that marks one write."""

    def secret_token(self) -> str:
        """128 random bits, base64url, 22 characters."""

    def fraction(self) -> float:
        """A random number in [0, 1), for jitter."""
