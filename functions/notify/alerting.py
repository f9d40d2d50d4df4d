"""Composes and sends the alerts of an event, each once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from functions.adapters.messages import found_wanting, language_for, mail_of, render
from functions.domain.acknowledgement import LIFETIME, Link, digest_of
from functions.domain.alerts import Alert, Channel, alerts_for
from functions.domain.calendar import IST
from functions.domain.errors import Unavailable
from functions.domain.leaving import subject_to_show
from functions.domain.office import Officer, in_post
from functions.domain.ports import Mail, Ports
from functions.domain.record import Event, Record
from functions.domain.registers import Registers
from functions.notify.citizens import tell_citizens
from functions.notify.formers import tell_former
from functions.notify.sending import Round, once
from functions.observability import count, logger
from functions.wire import told

# What these speak of is the time that was missed; a recall may have set another since.
_OF_A_TIME_MISSED = frozenset({"officer_breached", "officer_escalated"})
_FORMS = {Channel.SMS: "sms.j2", Channel.EMAIL: "mail.j2"}


def tell(outside: Ports, public_base_url: str, reference: str, sequence: int) -> int:
    """Sends what an event of a record causes, to officers and to citizens.

    Args:
        outside: the ports.
        public_base_url: what ``/v1/ack`` is appended to in links.
        reference: whose event.
        sequence: which event.

    Returns:
        How many messages went out now; those that went out before are not sent again.

    Raises:
        Unavailable: a channel is out, or another worker is sending one of them just now. What was sent is
            noted; the others go when the event comes again.
    """
    record = outside.records.load(reference)
    event = next((event for event in record.events if event.sequence == sequence), None)
    if event is None:
        # The bus can be ahead of no committed write: only a message made by hand gets here.
        raise Unavailable("event", 1)
    sending = Round()
    _tell_officers(outside, sending, public_base_url, record, event)
    tell_former(outside, sending, record, event)
    tell_citizens(outside, sending, record, event)
    return sending.end()


def _tell_officers(
    outside: Ports, sending: Round, public_base_url: str, record: Record, event: Event
) -> None:
    today = outside.clock.now().astimezone(IST).date()
    for alert in alerts_for(record, event):
        officer = in_post(outside.registry.officers_of(alert.office), alert.level, today)
        if officer is None:
            count("OfficerMissing")
            logger.warning("nobody holds the post", office=alert.office, level=alert.level)
            continue
        send = partial(_send, outside, public_base_url, record, alert, officer)
        sending.attempt(
            partial(once, outside.alert_log, record.reference, alert, send),
            level=alert.level,
            by=alert.channel,
        )


def _send(outside: Ports, public_base_url: str, record: Record, alert: Alert, officer: Officer) -> str:
    language = language_for(officer.language, f"{alert.template}.{_FORMS[alert.channel]}")
    link = _link(outside, public_base_url, record, alert) if alert.asks else ""
    values = _values(outside.registry.registers(), record, alert, officer, language, link)
    name = f"{language}/{alert.template}"
    match alert.channel:
        case Channel.SMS:
            template = f"{name}.{_FORMS[alert.channel]}"
            return outside.messaging.send_sms(officer.phone, render(template, values), template)
        case Channel.EMAIL:
            subject, text, html = mail_of(name, values)
            return outside.messaging.send_mail(Mail(to=officer.email, subject=subject, text=text, html=html))


def _link(outside: Ports, public_base_url: str, record: Record, alert: Alert) -> str:
    token = outside.identifiers.secret_token()
    outside.links.keep(
        Link(
            digest=digest_of(token),
            reference=record.reference,
            assignment=alert.assignment,
            level=alert.level,
            expires_at=outside.clock.now() + LIFETIME,
        )
    )
    return f"{public_base_url}/v1/ack?t={token}"


def _values(
    registers: Registers, record: Record, alert: Alert, officer: Officer, language: str, link: str
) -> dict[str, object]:
    """Every variable that a message may name; empty where the record has nothing.

    Personal identifiers in the caller's words are masked: mail leaves the State's own store.
    """
    subject = subject_to_show(record.subject) if record.subject else None
    category = registers.categories.get(subject.category or "") if subject else None
    district = registers.offices.get(subject.district or "") if subject else None
    failed = record.recalled[-1].failed if alert.tells_of_recall and record.recalled else ()
    has_it = record.assignment.office if alert.besides and record.assignment else alert.office
    return {
        "emergency": record.is_emergency,
        "recall_reasons": [found_wanting(check, language) for check in failed],
        "reference": record.reference,
        "category": category.name_in(language) if category else "-",
        "office": registers.offices[has_it].name_in(language),
        "district": district.name_in(language) if district else "",
        "due": told(_due(record, alert)) or "-",
        "link": link,
        "role": alert.level.value,
        "for_information": alert.for_information,
        "summary": subject.summary if subject else "",
        "details": (subject.details or "") if subject else "",
        "portal_id": record.portal_id or "",
        "caller_name": record.caller.name or "",
        "caller_phone": record.caller.phone,
        "officer_name": officer.name,
        "designation": officer.designation,
    }


def _due(record: Record, alert: Alert) -> datetime | None:
    missed = record.told_breach_of if alert.template in _OF_A_TIME_MISSED else None
    return missed or record.due_at
