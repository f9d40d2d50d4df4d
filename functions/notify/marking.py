"""Marks contacts that fail for good, and tells the registry's keeper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from functions.adapters.messages import mail_of
from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.contact import (
    MARKED_FOR,
    Contact,
    ContactFailed,
    Mark,
    after_delivery,
    after_failure,
    contact_key,
)
from functions.domain.delivery import Outcome
from functions.domain.errors import Outrun, Unavailable
from functions.domain.next_channel import is_same_message
from functions.domain.office import Level, Officer
from functions.domain.ports import Mail, Ports, Told
from functions.domain.record import Record
from functions.notify.channels import address_of
from functions.observability import count, logger
from functions.once import once
from functions.wire import told as told_at

CONTACTS = "CONTACTS"
"""Under which the alert log keeps what the registry's keeper was told."""

_TRIES = 5


def is_marked(outside: Ports, channel: Channel, to: str) -> bool:
    """Whether a number or address failed for good lately.

    Raises:
        Unavailable: the table does not answer.
    """
    contact = outside.contacts.find(contact_key(channel, to))
    return contact is not None and contact.mark_at(outside.clock.now()) is not None


def is_skipped(
    outside: Ports, record: Record, alert: Alert, planned: Sequence[Alert], officer: Officer
) -> bool:
    """Whether an alert is left out: its contact is marked, and another that the officer is told by is not.

    An emergency tries whatever there is.

    Args:
        outside: the ports.
        record: of which it speaks.
        alert: one that is to go.
        planned: all that its event causes.
        officer: whom it tells.

    Raises:
        Unavailable: the table does not answer.
    """
    to = address_of(officer, alert.channel)
    if record.is_emergency or to is None or not is_marked(outside, alert.channel, to):
        return False
    for other in planned:
        to = address_of(officer, other.channel)
        is_other = other.channel is not alert.channel and is_same_message(other, alert)
        if is_other and to is not None and not is_marked(outside, other.channel, to):
            count("MarkedContactSkipped")
            logger.info("marked contact skipped", office=alert.office, post=alert.level, by=alert.channel)
            return True
    return False


def note_contact(
    outside: Ports, keeper: str, told: Told, channel: Channel, before: Outcome | None, after: Outcome
) -> None:
    """Notes what a message's delivery says of its contact, and tells the keeper of one that is marked.

    Args:
        outside: the ports.
        keeper: mail address of who keeps the registry.
        told: the message.
        channel: by which it went.
        before: what was known of its delivery.
        after: what is known now.

    Raises:
        Unavailable: a dependency is out.
    """
    if told.contact is None:
        return
    if after.is_reached:
        # What this very message's other attempt failed with is void, whichever of the two came last.
        at = max(after.at, before.at) if before is not None and before.is_unreached else after.at
        _change(outside, told, channel, lambda contact: after_delivery(contact, at))
    elif after.condemns_contact:
        was, contact = _change(outside, told, channel, lambda contact: after_failure(contact, after))
        mark = contact.mark_at(outside.clock.now())
        if mark is None:
            return
        # By the message that failed: the contact may be another post's by now, or a second one's as well.
        post = told.alert or contact
        if was is None or was.mark != mark:
            count("ContactMarked")
            logger.warning("contact marked", office=post.office, post=post.level, by=channel, code=mark.code)
        if post.office is not None and post.level is not None:
            _tell_keeper(outside, keeper, post.office, post.level, contact, mark)


def _change(
    outside: Ports, told: Told, channel: Channel, decide: Callable[[Contact], Contact]
) -> tuple[Contact | None, Contact]:
    """The contact before and after a decision, kept."""
    key = str(told.contact)
    of_post = {"office": told.alert.office, "level": told.alert.level} if told.alert is not None else {}
    for _ in range(_TRIES):
        before = outside.contacts.find(key)
        known = (before or Contact(key=key, channel=channel)).model_copy(update=of_post)
        after = decide(known)
        if before is not None and after is known:
            return before, before
        try:
            outside.contacts.keep(before, after)
        except Outrun:
            continue
        return before, after
    raise Unavailable("contact", 1)


def _tell_keeper(
    outside: Ports, keeper: str, office: str, level: Level, contact: Contact, mark: Mark
) -> None:
    """Tells the registry's keeper of an officer's contact; a citizen's is nobody's to correct."""
    message = ContactFailed(contact=contact.key, since=mark.since, office=office, level=level)
    once(outside, CONTACTS, message, partial(_send, outside, keeper, message, contact.channel, mark))


def _send(outside: Ports, keeper: str, message: ContactFailed, channel: Channel, mark: Mark) -> str:
    office = outside.registry.registers().offices[message.office]
    values = {
        "office": office.name_and_code,
        "level": message.level,
        "channel": channel,
        "state": mark.state,
        "lines": [{"since": told_at(mark.since), "code": mark.code or mark.state}],
        "until": told_at(mark.since + MARKED_FOR),
    }
    subject, text, html = mail_of("en/cell_contact_failed", values, layout="layout_of_list")
    return outside.messaging.send_mail(Mail(to=keeper, subject=subject, text=text, html=html))
