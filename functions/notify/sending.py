"""What an event causes goes out each once and each alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from functions.domain.errors import Unanswered, Undeliverable
from functions.domain.ports import AlertLog, Telling
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


def once(
    log: AlertLog, reference: str, message: Telling, send: Callable[[], str], contact: str | None = None
) -> bool:
    """Sends what was not sent before, and notes it.

    Args:
        log: where it is claimed and noted.
        reference: of the record under which it stands.
        message: what is told.
        send: sends it and tells the provider's message id.
        contact: what stands for the number or address, where it is to be marked should it fail.

    Returns:
        Whether it went out now.

    Raises:
        Unavailable: another is sending it just now, or a dependency is out.
        Unanswered: its provider may have taken it. It is sent once more when the claim has run out.
    """
    if not log.claim(reference, message):
        return False
    try:
        message_id = send()
    except Undeliverable:
        # It is not tried again, and whoever called notes why.
        raise
    except Unanswered:
        # It may have gone: nobody is to send it again before the claim has run out.
        raise
    except Exception:
        _let_go(log, reference, message)
        raise
    log.sent(reference, message, message_id, contact)
    return True


def _let_go(log: AlertLog, reference: str, message: Telling) -> None:
    try:
        log.let_go(reference, message)
    except Exception as error:  # noqa: BLE001 - it is the failure to send that is to be told
        logger.warning("alert not let go", error=type(error).__name__)
