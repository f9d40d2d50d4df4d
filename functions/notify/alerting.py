"""Sends the alerts of an event, each once, at the hours at which they may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from functions.domain.alerts import Alert
from functions.domain.calendar import IST
from functions.domain.errors import Unavailable
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, in_post
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.notify.channels import address_of
from functions.notify.delivering import deliver
from functions.notify.formers import tell_former
from functions.notify.holding import Holding
from functions.notify.marking import is_skipped
from functions.notify.sending import Round
from functions.notify.timely import Timely
from functions.observability import count, logger


def tell(
    outside: Ports,
    public_base_url: str,
    reference: str,
    sequence: int,
    *,
    handed_on_at: datetime | None = None,
) -> int:
    """Sends what an event of a record tells officers; what it tells citizens has a queue of its own.

    What would disturb its recipient now is kept in the record until it may go. What comes late, since it was
    held, its channel was out, or it lay among the dead letters, asks nobody for what is done by then.

    Args:
        outside: the ports.
        public_base_url: what ``/v1/ack`` is appended to in links.
        reference: whose event.
        sequence: which event.
        handed_on_at: when a sweep handed on what was held; None where the event comes from the bus.

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
    # A sweep that was handed a later time is ahead of our clock; a message that was held up is behind it.
    now = max(event.at, handed_on_at or event.at, outside.clock.now())
    rules = outside.registry.registers().alert_rules
    sending, holding = Round(), Holding(outside, rules, now)
    timely = Timely(outside, record, event, rules)
    for alert in timely.alerts:
        if timely.still_holds(alert) and holding.lets_go(alert.channel, keeps_hours=alert.keeps_hours):
            _tell_officer(outside, sending, public_base_url, timely.record, alert, timely.alerts)
    tell_former(outside, sending, holding, record, event)
    sending.attempt(partial(holding.keep, reference, sequence), told="held")
    return sending.end()


def _tell_officer(
    outside: Ports,
    sending: Round,
    public_base_url: str,
    record: Record,
    alert: Alert,
    alerts: Sequence[Alert],
) -> None:
    today = outside.clock.now().astimezone(IST).date()
    officer = in_post(outside.registry.officers_of(alert.office), alert.level, today)
    if officer is None:
        # Few offices have an apex of their own; the CMO Grievance Cell must have somebody.
        if alert.level is not Level.APEX or alert.office == CMO_GRIEVANCE_CELL:
            count("OfficerMissing")
            logger.warning("nobody holds the post", office=alert.office, post=alert.level)
        return
    to = address_of(officer, alert.channel)
    if to is None:
        count("OfficerNotOnChannel")
        logger.info("no address", office=alert.office, post=alert.level, by=alert.channel)
        return
    if is_skipped(outside, record, alert, alerts, officer):
        return
    send = partial(deliver, outside, public_base_url, record, alert, officer, to)
    sending.attempt(send, post=alert.level, by=alert.channel)
