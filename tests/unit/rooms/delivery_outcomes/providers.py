"""Officers who were alerted, and providers that tell what became of the messages."""

from collections.abc import Sequence
from datetime import timedelta

from functions.domain.channel import Channel
from functions.domain.contact import contact_key
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.domain.record import EventType, Record
from functions.domain.timers import run_out
from functions.notify.alerting import tell
from functions.notify.deliveries import take
from tests.builders import (
    NOW,
    accepted,
    event_of,
    forwarded,
    in_portal,
    officer,
    registered,
    under_review,
    with_officer,
)
from tests.fakes import FakePorts

BASE = "https://ssm.wb.example"
KEEPER = "keeper@cmo.wb.example"
NODAL = officer(
    phone="+919000000061", whatsapp="+919000000063", email="nodal.hfw@officers.wb.example", language="en"
)


def another(record_id: str, *, emergency: bool = False) -> Record:
    record = accepted(under_review(registered(record_id=record_id, emergency=emergency)))
    return with_officer(record if emergency else in_portal(record))


def told(outside: FakePorts, record: Record, kind: EventType = EventType.RECORD_FORWARDED) -> int:
    outside.records.put(record)
    return tell(outside, BASE, record.reference, event_of(record, kind).sequence)


def reminded() -> Record:
    waiting = forwarded()
    assert waiting.due_at is not None
    return run_out(waiting, waiting.due_at - (waiting.due_at - waiting.registered_at) / 4, lambda _: None)


def event(
    channel: Channel,
    message_id: str,
    state: DeliveryState = DeliveryState.FAILED,
    *,
    after: timedelta = timedelta(minutes=1),
    for_good: bool = False,
    code: str | None = None,
) -> DeliveryEvent:
    outcome = Outcome(state=state, at=NOW + after, code=code, for_good=for_good)
    return DeliveryEvent(channel=channel, message_ids=(message_id,), outcome=outcome)


def bounce(message_id: str = "mail-1") -> DeliveryEvent:
    return event(Channel.EMAIL, message_id, DeliveryState.BOUNCED, code="Permanent/General")


def comes(outside: FakePorts, *events: DeliveryEvent) -> None:
    for one in events:
        take(outside, BASE, KEEPER, one)


def works_off(outside: FakePorts) -> None:
    """Lets the queue bring what was put into it."""
    while outside.delivery_events.waiting:
        waiting, outside.delivery_events.waiting = outside.delivery_events.waiting, []
        for one, after in waiting:
            outside.clock.advance(seconds=after.total_seconds())
            comes(outside, one)


def outcome_of(outside: FakePorts, channel: Channel, message_id: str) -> Outcome | None:
    found = outside.deliveries.find(channel, [message_id])
    assert found is not None
    return found.outcome


def is_marked(outside: FakePorts, channel: Channel, to: str) -> bool:
    contact = outside.contacts.find(contact_key(channel, to))
    return contact is not None and contact.mark_at(outside.clock.now()) is not None


def to_keeper(outside: FakePorts) -> Sequence[str]:
    return [mail.text for mail in outside.messaging.mails if mail.to == KEEPER]
