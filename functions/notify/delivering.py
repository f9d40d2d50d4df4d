"""Sends a message once, and has followed up what its provider does not take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.contact import contact_key
from functions.domain.delivery import DeliveryEvent, Outcome
from functions.domain.office import Officer
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.domain.succession import PassedOn
from functions.notify.composing import send_alert
from functions.once import once

Message = Alert | CitizenMessage | PassedOn
"""What goes by a channel of its own."""

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
    return once_by_channel(outside, record.reference, alert, send, to)


def once_by_channel(
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
    channel = Channel(message.channel)
    follow_up = partial(_follow_up, outside, channel)
    return once(outside, reference, message, send, contact_key(channel, to), follow_up)


def _follow_up(outside: Ports, channel: Channel, refused_id: str, outcome: Outcome) -> None:
    event = DeliveryEvent(channel=channel, message_ids=(refused_id,), outcome=outcome)
    outside.delivery_events.put([event], _SOON)
