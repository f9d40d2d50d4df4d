"""SNS: the log lines in which it tells what became of an SMS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.notify.providers.reading import MessageId, Notification, Reading, UnreadableError

_FAILURES: dict[str, tuple[str, bool]] = {
    "Blocked as spam by phone carrier": ("spam-filter", False),
    "Destination is on a blocked list": ("destination-blocked", True),
    "Invalid phone number": ("invalid-number", True),
    "Message body is invalid": ("invalid-message", False),
    "Phone carrier has blocked this message": ("carrier-blocked", False),
    "Phone carrier is currently unreachable/unavailable": ("carrier-unreachable", False),
    "Phone has blocked SMS": ("phone-blocks-sms", True),
    "Phone is on a blocked list": ("phone-blocked", True),
    "Phone is currently unreachable/unavailable": ("phone-unreachable", False),
    "Phone number is opted out": ("opted-out", True),
    "This delivery would exceed max price": ("too-dear", False),
    "Unknown error attempting to reach phone": ("unknown", False),
}
"""SNS's sentences: our word for each, and whether it speaks of the number for good.

A carrier takes for spam what does not match its DLT registration, so that says nothing of the number.
"""


class _Notification(Notification):
    messageId: MessageId  # noqa: N815 - SNS's own names
    timestamp: str


class _Delivery(Notification):
    providerResponse: str = ""  # noqa: N815 - the name in their events
    dwellTimeMs: int = 0  # noqa: N815 - the name in their events
    dwellTimeMsUntilDeviceAck: int | None = None  # noqa: N815 - the name in their events


class _Line(Notification):
    notification: _Notification
    delivery: _Delivery
    status: str


def read(body: dict[str, object]) -> Reading:
    """A line of the log of SMS sent to a number.

    What counts as delivered is what SNS calls a success: where the carrier tells nothing of the handset, that
    the carrier has it.

    Raises:
        UnreadableError: its status or its time is unknown.
        pydantic.ValidationError: it has another form.
    """
    line = _Line.model_validate(body)
    dwelt = line.delivery.dwellTimeMsUntilDeviceAck or line.delivery.dwellTimeMs
    at = _time(line.notification.timestamp) + timedelta(milliseconds=dwelt)
    match line.status:
        case "SUCCESS":
            outcome = Outcome(state=DeliveryState.DELIVERED, at=at)
        case "FAILURE":
            code, for_good = _FAILURES.get(line.delivery.providerResponse.rstrip(". "), ("other", False))
            outcome = Outcome(state=DeliveryState.FAILED, at=at, code=code, for_good=for_good)
        case _:
            raise UnreadableError("sns-status")
    return Reading(
        [DeliveryEvent(channel=Channel.SMS, message_ids=(line.notification.messageId,), outcome=outcome)]
    )


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableError("sns-time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
