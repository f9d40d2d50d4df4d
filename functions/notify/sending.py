"""What an event causes goes out each alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from functions.observability import logger


class Round:
    """The messages of one event: one that fails holds back no other, and goes when the event comes again.

    Attributes:
        sent: how many went out in this round.
    """

    def __init__(self) -> None:
        self.sent = 0
        self._failed: Exception | None = None

    def attempt(self, send: Callable[[], bool], **told: Any) -> None:  # noqa: ANN401 - as the log takes it
        """Sends one, or notes that it failed.

        Args:
            send: sends it and tells whether it did.
            told: what the log says of it when it fails, without personal data.
        """
        try:
            self.sent += send()
        except Exception as error:  # noqa: BLE001 - the others may work, and an emergency needs whichever does
            logger.warning("alert failed", error=type(error).__name__, **told)
            self._failed = self._failed or error

    def end(self) -> int:
        """How many went out.

        Raises:
            Exception: the first failure, where there was one.
        """
        if self._failed is not None:
            raise self._failed
        return self.sent
