"""What was sent by SMS, e-mail and WhatsApp, and who was called."""

from __future__ import annotations

from dataclasses import dataclass

from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.ports import Mail, WhatsAppMessage


@dataclass(frozen=True)
class Sms:
    """An SMS that was sent."""

    phone: str
    text: str
    template: str


@dataclass(frozen=True)
class WhatsApp:
    """A WhatsApp message that was sent."""

    phone: str
    message: WhatsAppMessage


@dataclass(frozen=True)
class Call:
    """A call that was made."""

    phone: str
    text: str
    language: str
    reference: str


class FakeMessaging:
    """What was sent, by channel.

    Attributes:
        out: channels that do not work.
        broken: recipients whom the provider refuses for good, and how; by any channel.
        refused: the same by one channel alone.
        script: how the next mails fail, one after the other; None for one that goes.
    """

    def __init__(self) -> None:
        self.sms: list[Sms] = []
        self.mails: list[Mail] = []
        self.whatsapp: list[WhatsApp] = []
        self.calls: list[Call] = []
        self.out: set[Channel] = set()
        self.broken: dict[str, Exception] = {}
        self.refused: dict[tuple[str, str], Exception] = {}
        self.script: list[Exception | None] = []

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """See ``ports.Messaging.send_sms``."""
        self._fail_if("sms", phone)
        self.sms.append(Sms(phone, text, template))
        return f"sms-{len(self.sms)}"

    def send_mail(self, mail: Mail) -> str:
        """See ``ports.Messaging.send_mail``."""
        self._fail_if("email", mail.to)
        fault = self.script.pop(0) if self.script else None
        if fault is not None:
            raise fault
        self.mails.append(mail)
        return f"mail-{len(self.mails)}"

    def send_whatsapp(self, phone: str, message: WhatsAppMessage) -> str:
        """See ``ports.Messaging.send_whatsapp``."""
        self._fail_if("whatsapp", phone)
        self.whatsapp.append(WhatsApp(phone, message))
        return f"whatsapp-{len(self.whatsapp)}"

    def call(self, phone: str, text: str, language: str, reference: str) -> str:
        """See ``ports.Messaging.call``."""
        self._fail_if("voice", phone)
        self.calls.append(Call(phone, text, language, reference))
        return f"call-{len(self.calls)}"

    def _fail_if(self, channel: str, to: str) -> None:
        if channel in self.out:
            raise Unavailable(channel)
        if (channel, to) in self.refused:
            raise self.refused[channel, to]
        if to in self.broken:
            raise self.broken[to]
