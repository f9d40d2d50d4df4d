"""Tells an officer who was succeeded in the post that a grievance is the successor's now."""

from __future__ import annotations

from functools import partial

from functions.adapters.messages import language_for, mail_of, render
from functions.domain.alerts import Channel
from functions.domain.calendar import IST
from functions.domain.office import Officer, in_post, is_same_person
from functions.domain.ports import Mail, Ports
from functions.domain.record import Event, Record
from functions.domain.succession import PassedOn, messages_to_former
from functions.notify.sending import Round, once
from functions.observability import count, logger

SUCCEEDED = "officer_succeeded"


def tell_former(outside: Ports, sending: Round, record: Record, event: Event) -> None:
    """Sends what an event tells the former officer, at the number and address of then.

    Where these belong to the post they are the successor's by now, who is not told of having a successor.

    Args:
        outside: the ports.
        sending: the round of this event.
        record: as it stands.
        event: one of its events.

    Raises:
        Unavailable: the registry does not tell who that was.
    """
    for message in messages_to_former(event):
        former = outside.registry.holders_of(message.office).get(message.holder)
        if former is None:
            count("FormerOfficerUnknown")
            logger.warning("former officer unknown", office=message.office, level=message.level)
            return
        if _concerns(outside, former, message.channel):
            send = partial(_send, outside, record, message, former)
            once_only = partial(once, outside.alert_log, record.reference, message, send)
            sending.attempt(once_only, told=SUCCEEDED, by=message.channel)


def _concerns(outside: Ports, former: Officer, channel: Channel) -> bool:
    today = outside.clock.now().astimezone(IST).date()
    present = in_post(outside.registry.officers_of(former.office), former.level, today)
    if present is None:
        return True
    is_sms = channel is Channel.SMS
    belongs_to_post = former.phone == present.phone if is_sms else former.email == present.email
    return not belongs_to_post and not is_same_person(former, present)


def _send(outside: Ports, record: Record, message: PassedOn, former: Officer) -> str:
    is_sms = message.channel is Channel.SMS
    file = f"{SUCCEEDED}.sms.j2" if is_sms else f"{SUCCEEDED}.mail.j2"
    language = language_for(former.language, file)
    values = _values(outside, record, former, language)
    if is_sms:
        template = f"{language}/{file}"
        return outside.messaging.send_sms(former.phone, render(template, values), template)
    subject, text, html = mail_of(f"{language}/{SUCCEEDED}", values)
    return outside.messaging.send_mail(Mail(to=former.email, subject=subject, text=text, html=html))


def _values(outside: Ports, record: Record, former: Officer, language: str) -> dict[str, object]:
    registers = outside.registry.registers()
    subject = record.subject
    category = registers.categories.get(subject.category or "") if subject else None
    district = registers.offices.get(subject.district or "") if subject else None
    return {
        "emergency": False,
        "recall_reasons": [],
        "reference": record.reference,
        "category": category.name_in(language) if category else "-",
        "district": district.name_in(language) if district else "",
        "office": registers.offices[former.office].name_in(language),
        "officer_name": former.name,
        "designation": former.designation,
    }
