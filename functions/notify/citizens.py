"""Tells citizens what becomes of their records, and what became of the lead that goes on for these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from functions.adapters.messages import CITIZENS_FALLBACK, language_for, render
from functions.domain import linking
from functions.domain.citizen_messages import (
    CitizenMessage,
    has_ended,
    message_about_lead,
    message_about_own,
)
from functions.domain.errors import Unavailable
from functions.domain.lifecycle import TELLS_CITIZENS, Audience
from functions.domain.linking import Part
from functions.domain.phone import takes_sms
from functions.domain.ports import Ports
from functions.domain.record import Event, Record
from functions.notify.delivering import once_by_channel
from functions.notify.holding import Holding
from functions.notify.passing_on import pass_on
from functions.notify.sending import Round
from functions.observability import count, logger


def tell_citizens(
    outside: Ports,
    reference: str,
    sequence: int,
    *,
    handed_on_at: datetime | None = None,
    linked: Part | None = None,
) -> int:
    """Sends what an event tells the record's own citizen, and has those told whose records were linked to it.

    A record may be linked when its lead is at its end already: that event then tells of the end, so that no
    order of the two leaves anybody without an answer. It is also what those get who were linked before
    (``passing_on``). What would disturb now is kept in the record.

    Args:
        outside: the ports.
        reference: whose event.
        sequence: which event.
        handed_on_at: when a sweep handed on what was held; None where the event comes from the bus.
        linked: those whose records were linked, of whom alone this is about; None for all of it.

    Returns:
        How many messages went out now; those that went out before are not sent again.

    Raises:
        Unavailable: the table or the provider is out, or another worker is sending one of them just now.
            What was sent is noted; the others go when the event comes again.
    """
    record = outside.records.load(reference)
    event = next((event for event in record.events if event.sequence == sequence), None)
    if event is None:
        # The bus can be ahead of no committed write: only a message made by hand gets here.
        raise Unavailable("event", 1)
    # As for officers: a sweep's time may be ahead of our clock, a message that was held up is behind it.
    now = max(event.at, handed_on_at or event.at, outside.clock.now())
    sending = Round()
    holding = Holding(outside, outside.registry.registers().alert_rules, now)
    teller = _Teller(outside, sending, holding)
    lead = linking.lead(record, outside.records.load)
    if linked is None:
        teller.tell(record, event, lead)
    # What waits here for the morning brings this event again; who were linked are told then as well.
    if _tells_of_end(event, lead) and not holding.keeps_any:
        sending.attempt(partial(pass_on, outside, record, event, linked, now), told="end of the lead")
    sending.attempt(partial(holding.keep, reference, sequence), told="held")
    return sending.end()


def _tells_of_end(event: Event, lead: Record) -> bool:
    """Whether an event is one by which those hear of it whose records were linked."""
    return Audience.LINKED in TELLS_CITIZENS.get(event.type, ()) and has_ended(lead)


@dataclass(frozen=True)
class _Teller:
    """Tells what one event tells."""

    outside: Ports
    sending: Round
    holding: Holding

    def tell(self, record: Record, event: Event, lead: Record) -> None:
        rules = self.outside.registry.registers().alert_rules
        about_own = message_about_own(record, event, rules, lead)
        if about_own is not None:
            self.sending.attempt(partial(self._send, record, about_own), told=about_own.template)
        about_lead = message_about_lead(record, lead, rules) if _tells_of_end(event, lead) else None
        if about_lead is not None:
            self.sending.attempt(partial(self._send, record, about_lead), told=about_lead.template)

    def _send(self, record: Record, message: CitizenMessage) -> bool:
        if not _can_be_told(self.outside, record, message):
            return False
        if not self.holding.lets_go(message.channel, keeps_hours=message.keeps_hours):
            return False
        file = f"{message.template}.sms.j2"
        template = f"{language_for(record.call.language, file, CITIZENS_FALLBACK)}/{file}"
        text = render(template, {"reference": record.reference, "lead": message.lead or ""})
        send = partial(self.outside.messaging.send_sms, record.caller.phone, text, template)
        # Whom no SMS reaches is reached by no second one: the call centre can ring.
        return once_by_channel(self.outside, record.reference, message, send, record.caller.phone)


def _can_be_told(outside: Ports, record: Record, message: CitizenMessage) -> bool:
    if not takes_sms(record.caller.phone):
        count("LandlineNotTold")
        logger.info("a landline takes no SMS", citizen_of=record.reference, told=message.template)
        return False
    if outside.opt_outs.has_opted_out(record.caller.phone):
        count("CitizenOptedOut")
        logger.info("opted out of SMS", citizen_of=record.reference, told=message.template)
        return False
    return True
