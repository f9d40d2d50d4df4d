"""The ways to an officer: where each reaches him, and how a message goes by it."""

from __future__ import annotations

from collections.abc import Mapping

from functions.adapters.messages import language_for, mail_of, render
from functions.adapters.whatsapp_templates import message_of
from functions.domain.alert_rules import RECIPIENTS
from functions.domain.channel import Channel
from functions.domain.office import Officer
from functions.domain.ports import Mail, Ports

FORMS: Mapping[Channel, str] = {
    Channel.SMS: "sms.j2",
    Channel.EMAIL: "mail.j2",
    Channel.WHATSAPP: "whatsapp.j2",
    Channel.VOICE: "voice.j2",
}
"""How the file of a message ends, by channel."""


def address_of(officer: Officer, channel: Channel) -> str | None:
    """Where a channel reaches an officer; None where it does not."""
    match channel:
        case Channel.EMAIL:
            return officer.email
        case Channel.WHATSAPP:
            return officer.whatsapp
        case Channel.SMS | Channel.VOICE:
            return officer.phone


def language_of(officer: Officer, language: str, template: str, channel: Channel) -> str:
    """The language in which an officer is written to.

    Args:
        officer: who.
        language: as the alert table has it; ``recipient`` for the officer's own.
        template: name of the message, without language and channel.
        channel: by which it goes.
    """
    wanted = officer.language if language == RECIPIENTS else language
    return language_for(wanted, f"{template}.{FORMS[channel]}")


def send_by(
    outside: Ports, channel: Channel, to: str, name: str, values: Mapping[str, object], link: str
) -> str:
    """Writes a message and sends it.

    Args:
        outside: the ports.
        channel: by which it goes.
        to: where, see :func:`address_of`.
        name: language and message, such as ``bn/officer_emergency``.
        values: every variable that it names, its reference among them.
        link: the acknowledgement link; empty where it asks for none.

    Returns:
        The provider's message id.

    Raises:
        Unavailable: the channel is out.
        Undeliverable: the channel does not reach this recipient.
        Unregistered: the message is not registered, and was not sent.
    """
    file = f"{name}.{FORMS[channel]}"
    language, _, _ = name.partition("/")
    reference = str(values["reference"])
    match channel:
        case Channel.SMS:
            return outside.messaging.send_sms(to, render(file, values), file)
        case Channel.WHATSAPP:
            return outside.messaging.send_whatsapp(to, message_of(file, values, reference, link))
        case Channel.VOICE:
            return outside.messaging.call(to, render(file, values), language, reference)
        case Channel.EMAIL:
            subject, text, html = mail_of(name, values)
            return outside.messaging.send_mail(
                Mail(to=to, subject=subject, text=text, html=html, reference=reference)
            )
