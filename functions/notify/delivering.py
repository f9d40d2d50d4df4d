"""Sends a message once, and has followed up what its provider does not take."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.contact import contact_key
from functions.domain.delivery import DeliveryEvent, refused_at_once
from functions.domain.errors import Undeliverable, Unregistered
from functions.domain.office import Officer
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.domain.succession import PassedOn
from functions.notify.composing import send_alert
from functions.notify.sending import once
from functions.observability import count, logger

Message = Alert | CitizenMessage | PassedOn
"""What goes by a channel of its own."""

_CODE = re.compile(r"[A-Za-z][A-Za-z_.-]{0,63}")
_UNREGISTERED = "Unregistered"
_OF_THE_DEPLOYMENT = frozenset({Undeliverable.NOT_SET_UP, _UNREGISTERED})
_SOON = timedelta(seconds=2)
"""By then it stands in the evidence that it was refused."""


def deliver(
    outside: Ports, public_base_url: str, record: Record, alert: Alert, officer: Officer, to: str
) -> bool:
    """Sends an alert, unless it was sent before.

    What its provider refuses is noted, and comes to the room's queue as what fails later does: the contact
    is marked there, and the next channel used. So does what is not registered, which is not sent at all: no
    repeat would change that, and an alarm tells of it.

    Args:
        outside: the ports.
        public_base_url: what ``/v1/ack`` is appended to in links.
        record: of which it speaks.
        alert: what is told.
        officer: whom.
        to: the number or address on the alert's channel.

    Returns:
        Whether it went out now.

    Raises:
        Unavailable: another is sending it just now, or a dependency is out.
    """
    send = partial(send_alert, outside, public_base_url, record, alert, officer, to)
    return once_or_refused(outside, record.reference, alert, send, to)


def once_or_refused(
    outside: Ports, reference: str, message: Message, send: Callable[[], str], to: str
) -> bool:
    """As :func:`deliver`, for any message that goes by a channel of its own.

    Args:
        outside: the ports.
        reference: of the record under which it stands.
        message: what is told.
        send: sends it and tells the provider's message id.
        to: the number or address on the message's channel.
    """
    contact = contact_key(message.channel, to)
    try:
        return once(outside.alert_log, reference, message, send, contact)
    except Undeliverable as error:
        _refused(outside, reference, message, contact, error.code, for_good=error.is_of_the_contact)
    except Unregistered as error:
        count("AlertUnregistered")
        logger.error("message not registered", template=error.template)
        _refused(outside, reference, message, contact, _UNREGISTERED, for_good=False)
    return False


def _refused(
    outside: Ports,
    reference: str,
    message: Message,
    contact: str,
    code: str,
    *,
    for_good: bool,
) -> None:
    told = code if _CODE.fullmatch(code) else "other"
    outcome = refused_at_once(told, outside.clock.now(), for_good=for_good)
    logger.warning("refused by the provider", refused=reference, by=message.channel, code=told)
    # First into the queue: should the note be lost, it is sent, and refused, once more.
    event = DeliveryEvent(
        channel=Channel(message.channel), message_ids=(refused_id(reference, message),), outcome=outcome
    )
    outside.delivery_events.put([event], _SOON)
    outside.alert_log.refused(reference, message, outcome, refused_id(reference, message), contact)
    if code not in _OF_THE_DEPLOYMENT:
        # That the deployment has no such channel, or no such message, says nothing of how deliveries fare.
        count("DeliveryFailed")


def refused_id(reference: str, message: Message) -> str:
    """What stands for the provider's message id of a message that the provider did not take."""
    return f"refused/{reference}/{message.key}"
