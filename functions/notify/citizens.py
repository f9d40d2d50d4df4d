"""Tells citizens what was decided of their records, and what became of the lead that goes on for these."""

from __future__ import annotations

from functools import partial

from functions.adapters.messages import CITIZENS_FALLBACK, language_for, render
from functions.domain import linking
from functions.domain.citizen_messages import (
    CitizenMessage,
    has_ended,
    message_about_lead,
    message_about_own,
)
from functions.domain.lifecycle import TELLS_CITIZENS
from functions.domain.phone import takes_sms
from functions.domain.ports import Ports
from functions.domain.record import Event, Record
from functions.notify.sending import Round, once
from functions.observability import count, logger


def tell_citizens(outside: Ports, sending: Round, record: Record, event: Event) -> None:
    """Sends what an event tells the record's own citizen, and those whose records were linked to it.

    A record may be linked when its lead is at its end already: that event then tells of both, so that no
    order of the two leaves anybody without an answer.

    Args:
        outside: the ports.
        sending: the round of this event.
        record: as it stands.
        event: one of its events.

    Raises:
        Unavailable: the table does not tell who is linked.
    """
    if event.type not in TELLS_CITIZENS:
        return
    about_own = message_about_own(record, event)
    if about_own is not None:
        sending.attempt(partial(_send, outside, record, about_own), told=about_own.template)
    lead = linking.lead(record, outside.records.load)
    if not has_ended(lead):
        return
    itself = () if lead.reference == record.reference else (record.reference,)
    for reference in (*itself, *linking.linked_through(record.reference, outside.records.linked_to)):
        sending.attempt(partial(_answer, outside, reference, lead), told="end of the lead", linked=reference)


def _answer(outside: Ports, reference: str, lead: Record) -> bool:
    linked = outside.records.load(reference)
    message = message_about_lead(linked, lead)
    return message is not None and _send(outside, linked, message)


def _send(outside: Ports, record: Record, message: CitizenMessage) -> bool:
    if not takes_sms(record.caller.phone):
        count("LandlineNotTold")
        logger.info("a landline takes no SMS", citizen_of=record.reference, told=message.template)
        return False
    file = f"{message.template}.sms.j2"
    template = f"{language_for(record.call.language, file, CITIZENS_FALLBACK)}/{file}"
    text = render(template, {"reference": record.reference, "lead": message.lead or ""})
    send = partial(outside.messaging.send_sms, record.caller.phone, text, template)
    return once(outside.alert_log, record.reference, message, send)
