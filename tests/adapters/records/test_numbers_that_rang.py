"""Numbers that rang after hours, and a caller's records."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.domain import callback
from functions.domain.errors import NotFound, Outrun
from functions.domain.ports import Page, Registered, WaitsAlready
from functions.domain.record import Callback, CallbackOutcome, Kind, Record
from tests.adapters.records.stand import World, answer
from tests.builders import (
    NOW,
    PHONE,
    called,
    numbered,
    receipt,
    registered,
)


def rang(number: int) -> Record:
    return numbered(registered(kind=Kind.MISSED_CALL), number)


def joins(world: World, record: Record, first: Record) -> Registered | WaitsAlready | None:
    joined = record.model_copy(update={"callback": Callback(joined_to=first.reference), "timers": {}})
    note = receipt(f"msg of {record.reference}", answer=answer(joined))
    return world.records.register(joined, note, answer, (first, callback.rang_again(first, NOW)))


def test_a_number_waits_once_however_often_it_rang(world: World) -> None:
    first = world.let_stand(rang(1))
    assert world.register(rang(2), "msg_2") == WaitsAlready(first.reference)
    with pytest.raises(NotFound):
        world.records.load(rang(2).reference)
    assert isinstance(joins(world, rang(2), first), Registered)
    now = world.records.load(first.reference)
    assert now.version == first.version + 1
    assert now.callback is not None
    assert now.callback.rang_at == (NOW - timedelta(minutes=10), NOW)
    page = world.records.to_be_called_back(NOW + timedelta(days=2), 10, None)
    assert [record.reference for record in page.records] == [first.reference]


def test_who_joins_a_record_that_changed_meanwhile_keeps_nothing(world: World) -> None:
    first = world.let_stand(rang(1))
    world.records.save(first, called(CallbackOutcome.NO_ANSWER, record=first))
    with pytest.raises(Outrun):
        joins(world, rang(2), first)
    with pytest.raises(NotFound):
        world.records.load(rang(2).reference)


def test_a_repeat_of_a_ring_finds_itself_whether_it_waits_or_joined(world: World) -> None:
    first = world.let_stand(rang(1))
    joins(world, rang(2), first)
    for number in (1, 2):
        again = world.register(rang(number), f"msg_again_{number}")
        assert isinstance(again, Registered)
        assert not again.created


@pytest.mark.parametrize("outcome", [CallbackOutcome.REACHED, CallbackOutcome.WRONG_NUMBER])
def test_when_the_matter_has_ended_the_number_may_ring_anew(world: World, outcome: CallbackOutcome) -> None:
    first = world.let_stand(rang(1))
    world.records.save(first, called(outcome, record=first), receipt("msg_3", answer="done"))
    assert isinstance(world.register(rang(2), "msg_2"), Registered)
    page = world.records.to_be_called_back(NOW + timedelta(days=2), 10, None)
    assert [record.reference for record in page.records] == [rang(2).reference]
    given_up = world.records.unreachable(10, None).records
    assert bool(given_up) is (outcome is CallbackOutcome.WRONG_NUMBER)


def test_only_what_is_due_is_to_be_called_the_longest_waiting_first(world: World) -> None:
    at_night = NOW + timedelta(hours=10)
    for number, hours in ((1, 2), (2, 0), (3, 1), (4, 48)):
        born = registered(kind=Kind.MISSED_CALL, at=at_night + timedelta(hours=hours))
        other = {"caller": born.caller.model_copy(update={"phone": f"+91983001234{number}"})}
        world.let_stand(numbered(born, number).model_copy(update=other))
    opens = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    assert world.records.to_be_called_back(opens - timedelta(seconds=1), 10, None).records == []
    found, cursor = [], None
    while True:
        page = world.records.to_be_called_back(opens, 2, cursor)
        found += [record.record_id for record in page.records]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(found) == [numbered(registered(), number).record_id for number in (1, 2, 3)]


def test_what_fell_due_is_to_be_called_whatever_time_the_sweep_was_handed(world: World) -> None:
    at_night = NOW + timedelta(hours=10)
    world.clock.moment = at_night
    first = world.let_stand(numbered(registered(kind=Kind.MISSED_CALL, at=at_night), 1))
    assert world.records.to_be_called_back(at_night, 10, None).records == []
    world.records.save(
        first, callback.fell_due(first, at=at_night + timedelta(days=3)).model_copy(update={"timers": {}})
    )
    assert len(world.records.to_be_called_back(at_night, 10, None).records) == 1


def test_a_callers_records_newest_first(world: World) -> None:
    for number in range(1, 6):
        world.let_stand(numbered(registered(at=NOW + timedelta(minutes=number)), number))
    stranger = {"caller": registered().caller.model_copy(update={"phone": "+919830099999"})}
    world.let_stand(numbered(registered(), 6).model_copy(update=stranger))
    found, cursor = [], None
    while True:
        page = world.records.of_caller(PHONE, 2, cursor)
        found += [record.record_id for record in page.records]
        cursor = page.next
        if cursor is None:
            break
    assert found == [numbered(registered(), number).record_id for number in (5, 4, 3, 2, 1)]
    assert world.records.of_caller("+919830011111", 2, None) == Page([], None)
