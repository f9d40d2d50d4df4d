"""SMS, e-mail, WhatsApp and voice calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Attachment:
    """A file that goes with an e-mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """An e-mail in both forms.

    Attributes:
        reference: of the record that it speaks of, so that mail clients show what concerns one together; None
            for what speaks of none, or of many.
    """

    to: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
    reference: str | None = None


@dataclass(frozen=True)
class WhatsAppMessage:
    """A template message: the provider holds the template's text, and is sent what fills it.

    Attributes:
        template: its path below ``messages/``, such as ``en/officer_emergency.whatsapp.j2``.
        language: in which it is written.
        parameters: what fills the body, in the order of the registered template.
        link_token: what is appended to the address of the template's button; None where it has none.
        text: the whole as the recipient reads it.
        reference: of the record that it speaks of; it comes back with what becomes of the message.
    """

    template: str
    language: str
    parameters: tuple[str, ...]
    link_token: str | None
    text: str
    reference: str


class Messaging(Protocol):
    """SMS, e-mail, WhatsApp and voice calls.

    Each returns the provider's message id, which says that the provider took it, not that it arrived.

    Raises:
        Unavailable: the channel is out and did not take the message, which may go later.
        Unanswered: the channel did not say whether it took the message.
        Undeliverable: this recipient cannot be reached by the channel, or the deployment does not have it.
        Unregistered: the message's template is not registered; nothing was sent.
    """

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """Sends an SMS under the DLT registration of its template."""

    def send_mail(self, mail: Mail) -> str:
        """Sends an e-mail."""

    def send_whatsapp(self, phone: str, message: WhatsAppMessage) -> str:
        """Sends a template message by WhatsApp."""

    def call(self, phone: str, text: str, language: str, reference: str) -> str:
        """Calls a number and has a text spoken.

        Args:
            phone: E.164.
            text: as it is written; a reference in it is spelled out.
            language: of the text, one that there is a voice for.
            reference: of the record that it speaks of; it comes back with what becomes of the call.
        """
