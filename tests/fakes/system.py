"""Time and randomness, both in the hands of a test."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta

from tests.builders import NOW


class FakeClock:
    """A clock that stands until it is set; sleeping advances it."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment
        self.slept: list[float] = []

    def now(self) -> datetime:
        """See ``ports.Clock.now``."""
        return self.moment.astimezone(UTC)

    def sleep(self, seconds: float) -> None:
        """See ``ports.Clock.sleep``."""
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def advance(self, **spans: float) -> None:
        """Lets time pass, such as ``advance(minutes=15)``."""
        self.moment += timedelta(**spans)


class FakeIdentifiers:
    """Randomness that is the same in every run of a seed."""

    def __init__(self, seed: str = "tests") -> None:
        self._seed = seed
        self._drawn = 0

    def _draw(self) -> bytes:
        self._drawn += 1
        return hashlib.sha256(f"{self._seed}{self._drawn}".encode()).digest()

    def owner(self) -> str:
        """See ``ports.Identifiers.owner``."""
        return self._draw().hex()

    def secret_token(self) -> str:
        """See ``ports.Identifiers.secret_token``."""
        return base64.urlsafe_b64encode(self._draw()[:16]).decode().rstrip("=")

    def fraction(self) -> float:
        """See ``ports.Identifiers.fraction``."""
        return int.from_bytes(self._draw()[:6]) / 2**48
