"""An alert that comes late, after an outage or from the dead letters, asks for nothing that is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from functions.domain import forwarding, review
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.office import Level
from functions.domain.record import EventType, Record
from functions.notify.alerting import tell
from tests.builders import NOW, action_taken, event_of, officer, raised, reference_of, visited
from tests.fakes import FakePorts

REFERENCE = reference_of()
BASE = "https://ssm.wb.example"
NODAL = officer(
    phone="+919000000061", whatsapp="+919000000071", email="nodal.hfw@officers.wb.example", language="en"
)
HEAD = officer(
    level=Level.HEAD, phone="+919000000062", whatsapp="+919000000072", email="head.hfw@officers.wb.example"
)


@pytest.fixture(autouse=True)
def _two_officers(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL, HEAD]


def told(outside: FakePorts, kind: EventType = EventType.EMERGENCY_RAISED) -> int:
    return tell(outside, BASE, REFERENCE, event_of(outside.records.load(REFERENCE), kind).sequence)


def raised_with_one_out(outside: FakePorts, channel: Channel) -> None:
    """An emergency of which nobody was told by one channel, whose event is to come again."""
    outside.records.put(raised(who=NODAL))
    outside.messaging.out = {channel}
    with pytest.raises(Unavailable):
        told(outside)
    outside.messaging.out = set()


def comes_to(outside: FakePorts, change: Callable[[Record], Record]) -> None:
    record = outside.records.load(REFERENCE)
    outside.records.save(record, change(record))


def turned_down(record: Record) -> Record:
    waiting = review.ask(record, findings=(), term=None, calendar=Calendar(), at=NOW)
    return review.reject(waiting, analyst_id="DA-1", reason="no emergency", at=NOW + timedelta(minutes=5))


def acknowledged(record: Record) -> Record:
    return forwarding.acknowledged(record, level=Level.NODAL, assignment=1, at=NOW + timedelta(minutes=1))


def test_who_was_told_to_stand_down_is_not_told_to_act_afterwards(outside: FakePorts) -> None:
    raised_with_one_out(outside, Channel.SMS)
    comes_to(outside, turned_down)
    outside.clock.advance(minutes=10)
    told(outside, EventType.RECORD_REJECTED)
    assert told(outside) == 0
    assert {sms.template for sms in outside.messaging.sms} == {"en/officer_stand_down.sms.j2"}


def test_a_dead_letter_of_a_matter_that_was_closed_calls_nobody_at_night(outside: FakePorts) -> None:
    raised_with_one_out(outside, Channel.VOICE)
    comes_to(outside, lambda record: visited(action_taken(record)))
    outside.clock.advance(days=2, hours=14)
    assert told(outside) == 0
    assert outside.messaging.calls == []


def test_who_acknowledged_it_is_not_called_later_and_the_head_is(outside: FakePorts) -> None:
    raised_with_one_out(outside, Channel.VOICE)
    comes_to(outside, acknowledged)
    outside.clock.advance(minutes=10)
    assert told(outside) == 1
    assert [call.phone for call in outside.messaging.calls] == [HEAD.phone]


def test_nobody_is_called_for_what_was_answered_while_a_message_hung(outside: FakePorts) -> None:
    # GIVEN a provider of WhatsApp that takes its time
    outside.records.put(raised(who=NODAL))
    send = outside.messaging.send_whatsapp

    def slowly(phone: str, message: object) -> str:
        outside.clock.advance(seconds=12)
        if phone == NODAL.whatsapp:
            # WHEN the officer presses the button of the SMS meanwhile
            comes_to(outside, acknowledged)
        return send(phone, message)  # type: ignore[arg-type]  # handed on

    outside.messaging.send_whatsapp = slowly  # type: ignore[method-assign]  # slower
    told(outside)
    # THEN he is not called, and the head is told by everything
    assert [call.phone for call in outside.messaging.calls] == [HEAD.phone]
    assert len(outside.messaging.whatsapp) == 2


def test_what_is_in_time_reads_the_record_once(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    outside.records.put(raised(who=NODAL))
    load, read = outside.records.load, list[str]()

    def counted(reference: str) -> Record:
        read.append(reference)
        return load(reference)

    monkeypatch.setattr(outside.records, "load", counted)
    sequence = event_of(load(REFERENCE), EventType.EMERGENCY_RAISED).sequence
    assert tell(outside, BASE, REFERENCE, sequence) == 8
    assert read == [REFERENCE]
