"""Callers, what becomes of their records, and what they are told of it."""

from functions.domain import review
from functions.domain.record import Caller, EventType, Record
from functions.notify.citizens import tell_citizens
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    CALL,
    NOW,
    accepted,
    action_taken,
    event_of,
    in_portal,
    numbered,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts


def called(number: int, *, language: str | None = "bn", phone: str | None = None) -> Record:
    """A record of another caller, that waits for an analyst."""
    record = numbered(under_review(), number)
    return record.model_copy(
        update={
            "caller": Caller(phone=phone or phone_of(number), name="A sample"),
            "call": CALL.model_copy(update={"language": language}),
        }
    )


def phone_of(number: int) -> str:
    return f"+9170000100{number:02d}"


def rejected(record: Record) -> Record:
    return review.reject(record, analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW)


def linked(record: Record, lead: Record) -> Record:
    return review.mark_duplicate(
        record, analyst_id=ANALYST, reason=ANALYST_REASON, duplicate_of=lead.reference, at=NOW
    )


def closed(record: Record) -> Record:
    """A record that waited for an analyst, redressed and checked."""
    carried = with_officer(in_portal(accepted(record), portal_id=f"CMO/{record.reference}"))
    return visited(action_taken(carried))


def told(outside: FakePorts, record: Record, kind: EventType) -> int:
    """Tells an event, and what is put into the queue on its occasion; gives how many messages went."""
    outside.clock.advance(minutes=3)
    sent = tell_citizens(outside, record.reference, event_of(record, kind).sequence)
    return sent + passed_on(outside)


def passed_on(outside: FakePorts) -> int:
    """Tells what stands in the queue, each alone, until nothing is left; raises the first failure then."""
    queues = outside.alert_queues
    sent, failed = 0, None
    while queues.handed_on or queues.parts:
        whole = [(reference, sequence, None, at) for _, reference, sequence, at in queues.handed_on]
        waiting = [*whole, *queues.parts]
        queues.handed_on, queues.parts = [], []
        for reference, sequence, part, at in waiting:
            try:
                sent += tell_citizens(outside, reference, sequence, handed_on_at=at, linked=part)
            except Exception as error:  # noqa: BLE001 - as the queue does: one holds back no other
                failed = error
    if failed is not None:
        raise failed
    return sent


def kinds(outside: FakePorts) -> list[tuple[str, str]]:
    """To whom which SMS went, without its language."""
    return [
        (sms.phone, sms.template.partition("/")[2].removesuffix(".sms.j2")) for sms in outside.messaging.sms
    ]


REJECTED, DUPLICATE = EventType.RECORD_REJECTED, EventType.RECORD_MARKED_DUPLICATE
