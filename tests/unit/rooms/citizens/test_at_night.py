"""What is ordinary waits at night and goes in the morning, unless it is overtaken."""

import pytest

from functions.domain.held_alerts import Readers
from functions.domain.record import EventType
from functions.notify.citizens import tell_citizens
from functions.sla_timer.releasing import release
from tests.builders import NOW, PHONE, event_of, numbered, registered, under_review
from tests.fakes import FakePorts
from tests.unit.rooms.citizens.callers import (
    DUPLICATE,
    REJECTED,
    called,
    closed,
    kinds,
    linked,
    passed_on,
    rejected,
    told,
)


@pytest.mark.parametrize(("emergency", "sent"), [(False, 0), (True, 1)])
def test_at_night_an_ordinary_message_waits_in_the_record_until_morning_and_an_emergencys_does_not(
    outside: FakePorts, sent: int, *, emergency: bool
) -> None:
    # GIVEN a record of a backlog that is handed over at 23:30 in India
    night, morning = NOW.replace(hour=18, minute=0), NOW.replace(day=25, hour=2, minute=30)
    record = registered(emergency=emergency, at=night)
    outside.records.put(record)
    outside.clock.advance(seconds=(night - outside.clock.now()).total_seconds())
    assert told(outside, record, EventType.RECORD_REGISTERED) == sent
    kept = outside.records.load(record.reference)
    assert [one.until for one in kept.held_alerts] == ([] if emergency else [morning])
    # WHEN the sweep of the morning hands it on THEN it goes, once
    for _ in range(2):
        tell_citizens(outside, record.reference, 1, handed_on_at=morning)
    assert kinds(outside) == [(PHONE, "citizen_registered")]


@pytest.mark.parametrize("emergency", [False, True])
def test_an_answer_that_was_held_at_night_is_handed_on_to_citizens_in_the_morning(
    outside: FakePorts, *, emergency: bool
) -> None:
    # GIVEN one whose record is linked at night to a matter that is closed
    night, morning = NOW.replace(hour=18, minute=0), NOW.replace(day=25, hour=2, minute=30)
    lead = closed(called(1))
    record = numbered(under_review(registered(emergency=emergency)), 2)
    outside.records.put(lead, record := linked(record, lead))
    outside.clock.advance(seconds=(night - outside.clock.now()).total_seconds())
    assert told(outside, record, DUPLICATE) == 0
    # WHEN the morning's sweep comes
    release(outside, outside.records.load(record.reference), morning)
    # THEN the event comes to the citizens' queue, and to no other, and the answer goes
    sequence = event_of(record, DUPLICATE).sequence
    assert outside.alert_queues.handed_on == [(Readers.CITIZENS, record.reference, sequence, morning)]
    assert outside.records.load(record.reference).held_alerts == ()
    assert tell_citizens(outside, record.reference, sequence, handed_on_at=morning) == 1
    assert kinds(outside) == [(PHONE, "citizen_linked_redressed")]


def test_what_was_held_and_is_overtaken_by_morning_is_told_no_more(outside: FakePorts) -> None:
    record = called(1)
    outside.records.put(record)
    outside.clock.advance(hours=13)
    assert told(outside, record, EventType.RECORD_REGISTERED) == 0
    later = rejected(outside.records.load(record.reference))
    outside.records.put(later)
    outside.clock.advance(hours=10)
    assert told(outside, later, EventType.RECORD_REGISTERED) == 0
    assert told(outside, later, REJECTED) == 1


def test_at_night_those_who_were_linked_wait_with_the_lead_and_are_told_in_the_morning(
    outside: FakePorts,
) -> None:
    night, morning = NOW.replace(hour=18, minute=0), NOW.replace(day=25, hour=2, minute=30)
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in (2, 3)))
    outside.clock.advance(seconds=(night - outside.clock.now()).total_seconds())
    assert told(outside, lead, EventType.RECORD_CLOSED) == 0
    assert [bool(one.held_alerts) for one in outside.records.kept.values()] == [True, False, False]
    outside.clock.advance(seconds=(morning - outside.clock.now()).total_seconds())
    release(outside, outside.records.load(lead.reference), morning)
    assert passed_on(outside) == 3
