"""Writes an alert to the officer whom it is for."""

from __future__ import annotations

from datetime import datetime

from functions.adapters.messages import found_wanting, not_stated
from functions.domain.acknowledgement import LIFETIME, Link, digest_of
from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.leaving import caller_to_show, subject_to_show
from functions.domain.office import Officer
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.domain.registers import Registers
from functions.notify.channels import language_of, send_by
from functions.wire import told

# What these speak of is the time that was missed; a recall may have set another since.
_OF_A_TIME_MISSED = frozenset({"officer_breached", "officer_escalated"})


def send_alert(
    outside: Ports, public_base_url: str, record: Record, alert: Alert, officer: Officer, to: str
) -> str:
    """Writes an alert in its recipient's language and sends it.

    Args:
        outside: the ports.
        public_base_url: what ``/v1/ack`` is appended to in links.
        record: of which it speaks.
        alert: what is to be told.
        officer: whom.
        to: where.

    Returns:
        The provider's message id.

    Raises:
        Unavailable: the channel or the table is out.
        Undeliverable: the channel does not reach this officer.
        Unregistered: the message is not registered, and was not sent.
    """
    language = language_of(officer, alert.language, alert.template, alert.channel)
    # Nobody can press what is spoken; the other messages have it.
    is_linked = alert.asks and alert.channel is not Channel.VOICE
    link = _link(outside, public_base_url, record, alert) if is_linked else ""
    values = _values(outside.registry.registers(), record, alert, officer, language, link)
    return send_by(outside, alert.channel, to, f"{language}/{alert.template}", values, link)


def _link(outside: Ports, public_base_url: str, record: Record, alert: Alert) -> str:
    token = outside.identifiers.secret_token()
    outside.links.keep(
        Link(
            digest=digest_of(token),
            reference=record.reference,
            assignment=alert.assignment,
            office=alert.office,
            level=alert.level,
            channel=alert.channel,
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
    caller = caller_to_show(record.caller)
    category = registers.categories.get(subject.category or "") if subject else None
    district = registers.offices.get(subject.district or "") if subject else None
    failed = record.recalled[-1].failed if alert.tells_of_recall and record.recalled else ()
    is_anothers = alert.besides or alert.rung is not None
    has_it = record.assignment.office if is_anothers and record.assignment else alert.office
    return {
        "emergency": record.is_emergency,
        "recall_reasons": [found_wanting(check, language) for check in failed],
        "reference": record.reference,
        "category": category.name_in(language) if category else not_stated(language),
        "office": registers.offices[has_it].name_in(language),
        "assignee": record.assignment.officer if record.assignment else not_stated(language),
        "district": district.name_in(language) if district else "",
        "due": told(_due(record, alert)) or not_stated(language),
        "link": link,
        "role": alert.level.value,
        "for_information": alert.for_information,
        "summary": subject.summary if subject else "",
        "details": (subject.details or "") if subject else "",
        "portal_id": record.portal_id or "",
        "caller_name": caller.name or "",
        "caller_phone": caller.phone,
        "officer_name": officer.name,
        "designation": officer.designation,
    }


def _due(record: Record, alert: Alert) -> datetime | None:
    missed = record.told_breach_of if alert.template in _OF_A_TIME_MISSED else None
    return missed or record.due_at
