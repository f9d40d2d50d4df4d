"""Those who are linked to a record that is linked itself."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.record import EventType
from tests.fakes import FakePorts
from tests.unit.rooms.citizens.callers import DUPLICATE, called, closed, kinds, linked, phone_of, told


def test_through_a_chain_all_are_answered_by_the_last_lead(outside: FakePorts) -> None:
    # GIVEN one linked to a record that was linked to another one later
    last = closed(called(1))
    middle = linked(called(2), last)
    outside.records.put(last, middle, linked(called(3), middle))
    assert told(outside, last, EventType.RECORD_CLOSED) == 1 + 2
    assert {phone for phone, _ in kinds(outside)} == {phone_of(number) for number in (1, 2, 3)}
    assert all(last.reference in sms.text for sms in outside.messaging.sms)


def test_who_is_linked_to_a_matter_that_is_closed_already_is_told_of_that_alone(outside: FakePorts) -> None:
    lead = closed(called(1))
    middle = linked(called(2), lead)
    outside.records.put(lead, middle, linked(called(3), middle))
    assert told(outside, middle, DUPLICATE) == 2
    assert Counter(kinds(outside)) == Counter(
        (phone_of(number), "citizen_linked_redressed") for number in (2, 3)
    )


@given(
    leads=st.dictionaries(st.integers(2, 12), st.integers(1, 12)),
    twice=st.booleans(),
)
def test_however_records_were_linked_each_citizen_of_the_lead_is_answered_once(
    leads: dict[int, int], *, twice: bool
) -> None:
    outside = FakePorts()
    lead = closed(called(1))
    # Each was linked to one that came before it: nothing goes round.
    led_by = {number: min(to, number - 1) for number, to in leads.items()}
    records = {1: lead}
    for number in sorted(led_by):
        if (to := records.get(led_by[number])) is not None:
            records[number] = linked(called(number), to)
    outside.records.put(*records.values())
    for _ in range(1 + twice):
        told(outside, lead, EventType.RECORD_CLOSED)
    assert Counter(kinds(outside)) == Counter(
        [
            (phone_of(1), "citizen_closed"),
            *((phone_of(number), "citizen_linked_redressed") for number in records if number != 1),
        ]
    )


def test_records_that_lead_to_each_other_tell_of_no_end_and_do_not_go_round_for_ever(
    outside: FakePorts,
) -> None:
    one, other = called(1), called(2)
    outside.records.put(linked(one, other), both := linked(other, one))
    assert told(outside, both, DUPLICATE) == 1
    assert kinds(outside) == [(phone_of(2), "citizen_linked")]
