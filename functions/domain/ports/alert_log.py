"""What was told to whom, once."""

from __future__ import annotations

from typing import Protocol

from functions.domain.alerts import Alert
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.contact import ContactFailed
from functions.domain.delivery import Outcome
from functions.domain.overdue import ReviewsOverdue
from functions.domain.roster import RosterSent
from functions.domain.succession import PassedOn
from functions.domain.upload import UploadInForce
from functions.domain.vacancy import Vacancy

Telling = (
    Alert | CitizenMessage | ReviewsOverdue | PassedOn | Vacancy | RosterSent | ContactFailed | UploadInForce
)
"""What is told once: its ``key`` makes it the same when its event comes again."""


class AlertLog(Protocol):
    """Evidence of what was told, and the guard against telling it twice."""

    def claim(self, reference: str, alert: Telling) -> bool:
        """Whether the caller is to send it: False when it was sent, or when another event is at it.

        Args:
            reference: of the record that it speaks of; a word of its own for what speaks of many.
            alert: what is to be told.

        Raises:
            BeingSent: another is sending it just now, and may yet fail.
        """

    def let_go(self, reference: str, alert: Telling) -> None:
        """Lets whoever comes next send what the caller claimed and could not send.

        Without it they would have to wait until the caller is taken for dead. Does nothing when another has
        claimed it since.

        Args:
            reference: as it was claimed.
            alert: what was to be told.

        Raises:
            Unavailable: the table does not answer.
        """

    def sent(self, reference: str, alert: Telling, message_id: str, contact: str | None = None) -> None:
        """Notes that it went out, so that it is found again by the provider's message id.

        Args:
            reference: as it was claimed.
            alert: what was told.
            message_id: the provider's.
            contact: what stands for the number or address, see ``contact.contact_key``.

        Raises:
            Unavailable: the table does not answer. Whether it was noted is not known.
        """

    def refused(
        self,
        reference: str,
        alert: Telling,
        outcome: Outcome,
        message_id: str,
        contact: str | None = None,
    ) -> None:
        """Notes that its provider did not take it, and that it is not tried again.

        Args:
            reference: as it was claimed.
            alert: what was to be told.
            outcome: why, and whether for good.
            message_id: what stands for the provider's, who gave none.
            contact: as for :meth:`sent`.

        Raises:
            Unavailable: the table does not answer. Whether it was noted is not known.
        """
