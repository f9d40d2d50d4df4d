"""Tells an officer who was succeeded in the post that a grievance is the successor's now."""

from __future__ import annotations

from functools import partial

from functions.adapters.messages import not_stated
from functions.domain.calendar import IST
from functions.domain.channel import Channel
from functions.domain.office import Officer, in_post, is_same_person
from functions.domain.ports import Ports
from functions.domain.record import Event, Record
from functions.domain.succession import PassedOn, messages_to_former
from functions.notify.channels import address_of, language_of, send_by
from functions.notify.delivering import once_by_channel
from functions.notify.holding import Holding
from functions.notify.sending import Round
from functions.observability import count, logger


def tell_former(outside: Ports, sending: Round, holding: Holding, record: Record, event: Event) -> None:
    """Sends what an event tells the former officer, at the number and address of then.

    Where these belong to the post they are the successor's by now, who is not told of having a successor.

    Args:
        outside: the ports.
        sending: the round of this event.
        holding: tells what may go now.
        record: as it stands.
        event: one of its events.

    Raises:
        Unavailable: the registry does not tell who that was.
    """
    for message in messages_to_former(record, event, outside.registry.registers().alert_rules):
        former = outside.registry.holders_of(message.office).get(message.holder)
        if former is None:
            count("FormerOfficerUnknown")
            logger.warning("former officer unknown", office=message.office, post=message.level)
            return
        if not _concerns(outside, former, message.channel):
            continue
        if holding.lets_go(message.channel, keeps_hours=message.keeps_hours):
            send = partial(_send, outside, record, message, former)
            to = str(address_of(former, message.channel))
            once_only = partial(once_by_channel, outside, record.reference, message, send, to)
            sending.attempt(once_only, told=message.template, by=message.channel)


def _concerns(outside: Ports, former: Officer, channel: Channel) -> bool:
    if address_of(former, channel) is None:
        return False
    today = outside.clock.now().astimezone(IST).date()
    present = in_post(outside.registry.officers_of(former.office), former.level, today)
    if present is None:
        return True
    belongs_to_post = address_of(former, channel) == address_of(present, channel)
    return not belongs_to_post and not is_same_person(former, present)


def _send(outside: Ports, record: Record, message: PassedOn, former: Officer) -> str:
    language = language_of(former, message.language, message.template, message.channel)
    to = str(address_of(former, message.channel))
    values = _values(outside, record, former, language)
    return send_by(outside, message.channel, to, f"{language}/{message.template}", values, link="")


def _values(outside: Ports, record: Record, former: Officer, language: str) -> dict[str, object]:
    registers = outside.registry.registers()
    subject = record.subject
    category = registers.categories.get(subject.category or "") if subject else None
    district = registers.offices.get(subject.district or "") if subject else None
    return {
        "emergency": False,
        "recall_reasons": [],
        "reference": record.reference,
        "category": category.name_in(language) if category else not_stated(language),
        "district": district.name_in(language) if district else "",
        "office": registers.offices[former.office].name_in(language),
        "officer_name": former.name,
        "designation": former.designation,
    }
