"""End User Messaging: calls, and SMS where they go that way."""

from __future__ import annotations

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.notify.providers.reading import (
    MessageId,
    MillisecondsSinceEpoch,
    Notification,
    Reading,
    UnreadableError,
)

_SENT, _DELIVERED, _FAILED = DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.FAILED
_TYPES: dict[str, tuple[DeliveryState, bool]] = {
    "VOICE_INITIATED": (_SENT, False),
    "VOICE_RINGING": (_SENT, False),
    "VOICE_ANSWERED": (_DELIVERED, False),
    "VOICE_COMPLETED": (_DELIVERED, False),
    "VOICE_BUSY": (_FAILED, False),
    "VOICE_NO_ANSWER": (_FAILED, False),
    "VOICE_FAILED": (_FAILED, False),
    "VOICE_TTL_EXPIRED": (_FAILED, False),
    "TEXT_SENT": (_SENT, False),
    "TEXT_PENDING": (_SENT, False),
    "TEXT_QUEUED": (_SENT, False),
    "TEXT_SUCCESSFUL": (_DELIVERED, False),
    "TEXT_DELIVERED": (_DELIVERED, False),
    "TEXT_INVALID": (_FAILED, True),
    "TEXT_BLOCKED": (_FAILED, True),
    "TEXT_INVALID_MESSAGE": (_FAILED, False),
    "TEXT_UNREACHABLE": (_FAILED, False),
    "TEXT_CARRIER_UNREACHABLE": (_FAILED, False),
    "TEXT_CARRIER_BLOCKED": (_FAILED, False),
    "TEXT_SPAM": (_FAILED, False),
    "TEXT_UNKNOWN": (_FAILED, False),
    "TEXT_TTL_EXPIRED": (_FAILED, False),
    "TEXT_PROTECT_BLOCKED": (_FAILED, False),
}
"""What each type means, and whether it speaks of the recipient for good.

A call that was answered reached somebody, or an answering machine: the provider cannot tell them apart.
"""


class _Event(Notification):
    eventType: str  # noqa: N815 - AWS's own names
    eventTimestamp: MillisecondsSinceEpoch  # noqa: N815 - the name in their events
    messageId: MessageId  # noqa: N815 - the name in their events


def is_known(event_type: object) -> bool:
    """Whether it is a type of events that is read here."""
    return isinstance(event_type, str) and event_type.startswith(("VOICE_", "TEXT_"))


def read(body: dict[str, object]) -> Reading:
    """An event of End User Messaging.

    Raises:
        UnreadableError: its type is unknown.
        pydantic.ValidationError: it has another form.
    """
    event = _Event.model_validate(body)
    if event.eventType not in _TYPES:
        raise UnreadableError("end-user-messaging-type")
    state, for_good = _TYPES[event.eventType]
    outcome = Outcome(
        state=state,
        at=event.eventTimestamp,
        code=event.eventType if state is _FAILED else None,
        for_good=for_good,
    )
    channel = Channel.VOICE if event.eventType.startswith("VOICE_") else Channel.SMS
    return Reading([DeliveryEvent(channel=channel, message_ids=(event.messageId,), outcome=outcome)])
