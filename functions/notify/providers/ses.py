"""SES: what its event publishing tells of an e-mail.

Every mail of ours has one recipient, so that an event speaks of the whole message.
"""

from __future__ import annotations

import re

from pydantic import AliasChoices, AwareDatetime, Field

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.notify.providers.reading import MessageId, Notification, Reading, UnreadableError

_WORD = re.compile(r"[A-Za-z][A-Za-z-]{0,30}")
_SUPPRESSED = frozenset({"Suppressed", "OnAccountSuppressionList"})
_SAYS_NOTHING = frozenset({"Open", "Click", "Subscription"})
_TOLD_BY_TYPE: dict[str, tuple[DeliveryState, str | None]] = {
    "Send": (DeliveryState.SENT, None),
    # It holds what SES takes for a virus: the message is at fault, not the address.
    "Reject": (DeliveryState.FAILED, "Reject"),
    "Rendering Failure": (DeliveryState.FAILED, "RenderingFailure"),
}


class _Mail(Notification):
    messageId: MessageId  # noqa: N815 - SES's own names, here and below
    timestamp: AwareDatetime


class _Delivery(Notification):
    timestamp: AwareDatetime


class _Delay(_Delivery):
    delayType: str = ""  # noqa: N815 - the name in their events


class _Bounce(_Delivery):
    bounceType: str  # noqa: N815 - the name in their events
    bounceSubType: str = ""  # noqa: N815 - the name in their events


class _Complaint(_Delivery):
    complaintFeedbackType: str | None = None  # noqa: N815 - the name in their events
    complaintSubType: str | None = None  # noqa: N815 - the name in their events


class _Event(Notification):
    # Without event publishing, an identity's own feedback has the same form under another name.
    type: str = Field(validation_alias=AliasChoices("eventType", "notificationType"))
    mail: _Mail
    delivery: _Delivery | None = None
    deliveryDelay: _Delay | None = None  # noqa: N815 - the name in their events
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None


def read(body: dict[str, object]) -> Reading:
    """An event of SES.

    Raises:
        UnreadableError: its type is unknown, or what belongs to the type is missing.
        pydantic.ValidationError: it has another form.
    """
    event = _Event.model_validate(body)
    if event.type in _SAYS_NOTHING or _is_praise(event):
        return Reading()
    return Reading(
        [DeliveryEvent(channel=Channel.EMAIL, message_ids=(event.mail.messageId,), outcome=_of(event))]
    )


def _is_praise(event: _Event) -> bool:
    """Whether it comes as a complaint and says the reverse: that a mail taken for spam is none."""
    complaint = event.complaint
    if complaint is None or complaint.complaintSubType in _SUPPRESSED:
        return False
    return complaint.complaintFeedbackType == "not-spam"


def _of(event: _Event) -> Outcome:
    if event.type in _TOLD_BY_TYPE:
        state, code = _TOLD_BY_TYPE[event.type]
        return Outcome(state=state, at=event.mail.timestamp, code=code)
    if event.type == "Delivery" and event.delivery:
        return Outcome(state=DeliveryState.DELIVERED, at=event.delivery.timestamp)
    if event.type == "DeliveryDelay" and event.deliveryDelay:
        delay = event.deliveryDelay
        return Outcome(state=DeliveryState.DELAYED, at=delay.timestamp, code=_code("Delay", delay.delayType))
    if event.type == "Bounce" and event.bounce:
        return _of_bounce(event.bounce)
    if event.type == "Complaint" and event.complaint:
        return _of_complaint(event.complaint)
    raise UnreadableError("ses-type")


def _of_bounce(bounce: _Bounce) -> Outcome:
    code = _code(bounce.bounceType, bounce.bounceSubType)
    if bounce.bounceSubType in _SUPPRESSED:
        return Outcome(state=DeliveryState.SUPPRESSED, at=bounce.timestamp, code=code)
    # A soft bounce is told when SES has given up; an absence note is one as well, after the delivery.
    state = DeliveryState.BOUNCED if bounce.bounceType == "Permanent" else DeliveryState.FAILED
    return Outcome(state=state, at=bounce.timestamp, code=code)


def _of_complaint(complaint: _Complaint) -> Outcome:
    suppressed = complaint.complaintSubType in _SUPPRESSED
    kind = complaint.complaintSubType if suppressed else complaint.complaintFeedbackType
    return Outcome(
        state=DeliveryState.SUPPRESSED if suppressed else DeliveryState.COMPLAINED,
        at=complaint.timestamp,
        code=_code("Complaint", kind or ""),
    )


def _code(*words: str) -> str:
    return "/".join(word if _WORD.fullmatch(word) else "other" for word in words if word)
