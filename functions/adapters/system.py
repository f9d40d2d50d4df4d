"""The clock, randomness and identifiers of the real world."""

from __future__ import annotations

import random  # noqa: TID251 - this module is where randomness comes from
import secrets
import time  # noqa: TID251 - and time
from datetime import UTC, datetime

_TOKEN_BYTES = 16


class SystemClock:
    """Fills the ``Clock`` port."""

    def now(self) -> datetime:
        """See ``ports.Clock.now``."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """See ``ports.Clock.sleep``."""
        time.sleep(seconds)


class SystemIdentifiers:
    """Fills the ``Identifiers`` port."""

    def owner(self) -> str:
        """See ``ports.Identifiers.owner``."""
        return secrets.token_urlsafe(_TOKEN_BYTES)

    def secret_token(self) -> str:
        """See ``ports.Identifiers.secret_token``."""
        return secrets.token_urlsafe(_TOKEN_BYTES)

    def fraction(self) -> float:
        """See ``ports.Identifiers.fraction``."""
        return random.random()  # noqa: S311 - jitter is no secret
