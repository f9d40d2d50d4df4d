"""End User Messaging Social: Meta's webhook entry, as JSON in a string, within AWS's own notification."""

from __future__ import annotations

from pydantic import Json

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.notify.providers.reading import MessageId, Notification, Reading, SecondsSinceEpoch

_STATES = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
    "undeliverable": DeliveryState.FAILED,
}
_FOR_GOOD = frozenset(
    {
        1013,  # the number is not valid
        131021,  # the number is the sender's own
        131026,  # not on WhatsApp, or of a client too old to take it
        131050,  # the recipient wants no more of it
    }
)
"""Meta's error codes that speak of the recipient, rather than of the message, the sender or the moment."""


class _Error(Notification):
    code: int


class _Status(Notification):
    id: MessageId
    status: str
    timestamp: SecondsSinceEpoch
    errors: tuple[_Error, ...] = ()


class _Value(Notification):
    # What people write to us comes here as well, under ``messages``, and is not looked at.
    statuses: tuple[_Status, ...] = ()


class _Change(Notification):
    value: _Value = _Value()


class _Entry(Notification):
    changes: tuple[_Change, ...] = ()


class _Event(Notification):
    whatsAppWebhookEntry: Json[_Entry]  # noqa: N815 - AWS's own names
    messageId: MessageId | None = None  # noqa: N815 - the name in their events


def read(body: dict[str, object]) -> Reading:
    """A notification of End User Messaging Social.

    AWS answers a sending with an id of its own and tells that at the head of the notification, Meta's id
    stands in the status: a message is looked for under both.

    Raises:
        pydantic.ValidationError: it has another form.
    """
    event = _Event.model_validate(body)
    statuses = [status for change in event.whatsAppWebhookEntry.changes for status in change.value.statuses]
    at_its_head = (event.messageId,) if event.messageId and len(statuses) == 1 else ()
    return Reading(
        events=[
            DeliveryEvent(
                channel=Channel.WHATSAPP,
                message_ids=tuple(dict.fromkeys((*at_its_head, status.id))),
                outcome=_of(status),
            )
            for status in statuses
            if status.status in _STATES
        ],
        unread=["whatsapp-status" for status in statuses if status.status not in _STATES],
    )


def _of(status: _Status) -> Outcome:
    error = status.errors[0].code if status.errors else None
    return Outcome(
        state=_STATES[status.status],
        at=status.timestamp,
        code=str(error) if error is not None and 0 <= error < 10**7 else None,
        for_good=error in _FOR_GOOD,
    )
