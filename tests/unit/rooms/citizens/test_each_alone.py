"""Each one linked to a lead is told by a message of its own: none holds back another."""

from collections import Counter
from io import StringIO

import pytest

from functions.domain import linking
from functions.domain.errors import Unavailable
from functions.domain.held_alerts import Readers
from functions.domain.record import EventType
from functions.notify.citizens import tell_citizens
from tests.builders import NOW, event_of
from tests.fakes import FakePorts
from tests.unit.rooms.citizens.callers import (
    DUPLICATE,
    called,
    closed,
    kinds,
    linked,
    passed_on,
    phone_of,
    told,
)


def test_one_number_that_fails_holds_back_no_other_and_is_tried_again_alone(
    outside: FakePorts, logged: StringIO
) -> None:
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in (2, 3, 4)))
    outside.messaging.broken[phone_of(3)] = RuntimeError(f"the provider refuses {phone_of(3)}")
    with pytest.raises(RuntimeError):
        told(outside, lead, EventType.RECORD_CLOSED)
    assert {phone for phone, _ in kinds(outside)} == {phone_of(1), phone_of(2), phone_of(4)}
    assert phone_of(3).removeprefix("+91") not in logged.getvalue()
    outside.messaging.broken.clear()
    assert told(outside, lead, EventType.RECORD_CLOSED) == 1
    assert kinds(outside)[-1] == (phone_of(3), "citizen_linked_redressed")


def test_each_linked_record_has_a_message_of_its_own(outside: FakePorts) -> None:
    lead = closed(called(1))
    those = [linked(called(number), lead) for number in (2, 3)]
    outside.records.put(lead, *those)
    sequence = event_of(lead, EventType.RECORD_CLOSED).sequence
    assert tell_citizens(outside, lead.reference, sequence) == 1
    assert kinds(outside) == [(phone_of(1), "citizen_closed")]
    assert sorted(outside.alert_queues.handed_on) == sorted(
        (Readers.CITIZENS, one.reference, event_of(one, DUPLICATE).sequence, NOW) for one in those
    )


def test_a_queue_that_is_out_has_the_event_come_again(outside: FakePorts) -> None:
    lead = closed(called(1))
    outside.records.put(lead, linked(called(2), lead))
    outside.alert_queues.out.add(Readers.CITIZENS)
    with pytest.raises(Unavailable):
        told(outside, lead, EventType.RECORD_CLOSED)
    outside.alert_queues.out.clear()
    assert told(outside, lead, EventType.RECORD_CLOSED) == 1
    assert kinds(outside) == [(phone_of(1), "citizen_closed"), (phone_of(2), "citizen_linked_redressed")]


def test_of_very_many_each_worker_sees_to_a_part_and_none_is_left_out_or_told_twice(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "IN_A_PART", 4)
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in range(2, 32)))
    sequence = event_of(lead, EventType.RECORD_CLOSED).sequence
    tell_citizens(outside, lead.reference, sequence)
    # All parts are made at once: a chain, each by the one before, would be taken for a loop.
    assert outside.alert_queues.handed_on == []
    assert len(outside.alert_queues.parts) == 8
    for _, _, part, _ in list(outside.alert_queues.parts):
        tell_citizens(outside, lead.reference, sequence, linked=part)
    assert len(outside.alert_queues.parts) == 8, "a part makes no parts"
    assert len(outside.alert_queues.handed_on) == 30
    # WHEN all of it comes twice
    assert passed_on(outside) == 30
    assert told(outside, lead, EventType.RECORD_CLOSED) == 0
    assert Counter(phone for phone, _ in kinds(outside)) == Counter(
        phone_of(number) for number in range(1, 32)
    )
