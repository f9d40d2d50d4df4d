"""When a lead ends, its own citizen and those who were linked to it are answered, once."""

from collections import Counter

from functions.domain import feedback
from functions.domain.record import EventType, Record, Status
from tests.builders import NOW, visited
from tests.fakes import FakePorts, Sms
from tests.unit.rooms.citizens.callers import (
    REJECTED,
    called,
    closed,
    kinds,
    linked,
    phone_of,
    rejected,
    told,
)


def reopened(record: Record) -> Record:
    return feedback.received(record, agent_id="A-17", satisfied=False, rating=1, remark=None, at=NOW)


def test_when_the_lead_closes_its_own_citizen_is_told_and_each_linked_one_is_answered(
    outside: FakePorts,
) -> None:
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in (2, 3)))
    assert told(outside, lead, EventType.RECORD_CLOSED) == 1 + 2
    assert Counter(kinds(outside)) == Counter(
        [
            (phone_of(1), "citizen_closed"),
            *((phone_of(number), "citizen_linked_redressed") for number in (2, 3)),
        ]
    )
    for sms in outside.messaging.sms:
        assert lead.reference in sms.text
    assert told(outside, lead, EventType.RECORD_CLOSED) == 0


def test_a_lead_that_comes_back_and_closes_again_answers_nobody_twice(outside: FakePorts) -> None:
    lead = closed(called(1))
    record = linked(called(2), lead)
    outside.records.put(lead, record)
    assert told(outside, lead, EventType.RECORD_CLOSED) == 1 + 1
    outside.records.put(again := visited(reopened(lead)))
    assert again.status is Status.CLOSED
    # its own citizen said that it was open, and hears how that ended
    assert told(outside, again, EventType.RECORD_CLOSED) == 1
    assert Counter(kinds(outside)) == Counter(
        {(phone_of(1), "citizen_closed"): 2, (phone_of(2), "citizen_linked_redressed"): 1}
    )


def test_a_lead_that_came_back_before_anybody_was_answered_answers_when_it_closes_again(
    outside: FakePorts,
) -> None:
    lead = closed(called(1))
    back = reopened(lead)
    assert back.status is Status.ACTION_TAKEN
    outside.records.put(back, linked(called(2), lead))
    assert told(outside, lead, EventType.RECORD_CLOSED) == 0
    outside.records.put(again := visited(back))
    assert told(outside, again, EventType.RECORD_CLOSED) == 1 + 1


def test_when_the_lead_is_turned_down_so_are_those_that_were_linked_to_it(outside: FakePorts) -> None:
    lead = rejected(called(1))
    record = linked(called(2), lead)
    outside.records.put(lead, record)
    assert told(outside, lead, REJECTED) == 2
    assert set(kinds(outside)) == {(phone_of(number), "citizen_rejected") for number in (1, 2)}
    by_phone: dict[str, Sms] = {sms.phone: sms for sms in outside.messaging.sms}
    assert record.reference in by_phone[phone_of(2)].text
