"""Sends an alert that did not reach its officer by the next channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from functions.adapters.messages import is_written
from functions.domain.alerts import Alert
from functions.domain.calendar import IST
from functions.domain.channel import Channel
from functions.domain.errors import BeingSent, Unavailable
from functions.domain.next_channel import (
    candidates,
    is_same_message,
    is_still_needed,
    is_written_for,
)
from functions.domain.office import Officer, in_post
from functions.domain.ports import Ports, Told
from functions.domain.record import Record
from functions.notify.channels import FORMS, address_of
from functions.notify.delivering import deliver
from functions.notify.marking import is_marked
from functions.observability import count, logger


class OutOfHoursError(Exception):
    """The channels that are left keep hours, and it is night."""


def use_next_channel(outside: Ports, public_base_url: str, reference: str, failed: Alert) -> bool:
    """Sends an alert by the next channel by which it did not go yet.

    The evidence of that names the channel that failed, so that a repeat finds it done, and two channels that
    fail at the same time take two others. One that does not work now is passed over for the next, as nobody
    knows for how long it will not.

    Args:
        outside: the ports.
        public_base_url: what ``/v1/ack`` is appended to in links.
        reference: of the record that it speaks of.
        failed: the alert, with the channel that failed.

    Returns:
        Whether it went out now.

    Raises:
        OutOfHoursError: it is to be tried again when the channels that are left may be used.
        Unavailable: a dependency is out, or another is sending it just now; it is to be tried again.
    """
    record = outside.records.load(reference)
    event = next((event for event in record.events if event.sequence == failed.sequence), None)
    rules, now = outside.registry.registers().alert_rules, outside.clock.now()
    if event is None or not is_still_needed(record, event, failed, rules, now):
        return False
    today = now.astimezone(IST).date()
    officer = in_post(outside.registry.officers_of(failed.office), failed.level, today)
    if officer is None:
        return False
    told = _told(outside, reference, failed)
    if any(_takes_over(one, failed) and not one.is_under_way for one in told.values()):
        return False
    is_closed, fault = False, None
    for alert, to in _ways_left(outside, record, officer, failed, told):
        if rules.earliest(alert.channel, now, keeps_hours=alert.keeps_hours) > now:
            is_closed = True
            continue
        try:
            return _go(outside, public_base_url, record, officer, failed, (alert, to))
        except Exception as error:
            by = alert.channel
            if isinstance(error, BeingSent) and _takes_over(_told(outside, reference, failed)[by], failed):
                # By another worker that was told of the same failure: one way round is enough.
                raise
            logger.warning("way round failed", error=type(error).__name__, alert_of=reference, by=by)
            fault = fault or error
    if fault is not None:
        raise fault
    if is_closed:
        raise OutOfHoursError
    count("ChannelsExhausted")
    logger.warning("no channel is left", alert_of=reference, office=failed.office, post=failed.level)
    return False


def _go(
    outside: Ports,
    public_base_url: str,
    record: Record,
    officer: Officer,
    failed: Alert,
    way: tuple[Alert, str],
) -> bool:
    """Whether an alert went out now instead of the one that failed; if not, its queue follows that up."""
    alert, to = way
    if deliver(outside, public_base_url, record, alert, officer, to):
        count("NextChannelUsed")
        logger.info("next channel used", alert_of=record.reference, by=alert.channel, failed=failed.channel)
        return True
    if not _takes_over(_told(outside, record.reference, failed)[alert.channel], failed):
        # Another failed channel took this one first.
        raise Unavailable("channel", 1)
    return False


def _told(outside: Ports, reference: str, failed: Alert) -> Mapping[Channel, Told]:
    """The evidence of the alert by each channel by which it went, or was tried."""
    return {
        one.alert.channel: one
        for one in outside.deliveries.of_event(reference, failed.sequence)
        if one.alert is not None and is_same_message(one.alert, failed)
    }


def _takes_over(told: Told, failed: Alert) -> bool:
    """Whether a message went, or is to go, instead of the one that failed."""
    return told.alert is not None and told.alert.instead_of is failed.channel


def _is_no_more_than_tried(told: Told) -> bool:
    """Whether a way round another channel is being tried, or was: the claim tells which.

    What the alert's own event is to send is none: that comes again by itself.
    """
    return told.is_under_way and told.alert is not None and told.alert.instead_of is not None


def _ways_left(
    outside: Ports, record: Record, officer: Officer, failed: Alert, told: Mapping[Channel, Told]
) -> Iterator[tuple[Alert, str]]:
    """What may go instead, and where to, in order; first of all what somebody died over, or passed over."""
    for alert in sorted(candidates(failed), key=lambda one: one.channel not in told):
        standing = told.get(alert.channel)
        to = address_of(officer, alert.channel)
        is_free = standing is None or _takes_over(standing, failed) or _is_no_more_than_tried(standing)
        if to is None or not is_free or not is_written(f"{alert.template}.{FORMS[alert.channel]}"):
            continue
        if not is_written_for(record, alert, outside.registry.registers().alert_rules):
            continue
        # An emergency tries what may be mended by now.
        if record.is_emergency or not is_marked(outside, alert.channel, to):
            yield alert, to
