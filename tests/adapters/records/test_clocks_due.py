"""Clocks that have run out are found, none is skipped."""

from datetime import timedelta

import pytest

from functions.domain.record import Record
from tests.adapters.records.stand import World, rejected, waiting
from tests.builders import (
    NOW,
)


def emergency(number: int, minute: int = 0) -> Record:
    return waiting(number, minute, emergency=True)


def test_clocks_are_due_at_their_moment_the_longest_overdue_first(world: World) -> None:
    records = [emergency(1, 30), emergency(2, 0), emergency(3, 90)]
    for record in records:
        world.let_stand(record)
    deadline = NOW + timedelta(minutes=15)
    assert world.records.with_timer_due(deadline - timedelta(microseconds=1)) == []
    assert world.records.with_timer_due(deadline) == [records[1].reference]
    world.clock.advance(minutes=50)
    assert world.records.with_timer_due(NOW + timedelta(minutes=50)) == [
        records[1].reference,
        records[0].reference,
    ]


def test_a_clock_that_stopped_is_due_no_more(world: World) -> None:
    kept = world.let_stand(emergency(1))
    world.records.save(kept, rejected(kept))
    world.clock.advance(days=1)
    assert world.records.with_timer_due(NOW + timedelta(days=1)) == []


@pytest.mark.parametrize("days", [1, 3, 10, 45])
def test_no_clock_is_skipped_by_an_outage(world: World, days: int) -> None:
    # GIVEN sweeps that went well, and then none for days, while clocks ran out
    world.records.with_timer_due(world.clock.now())
    record = world.let_stand(emergency(1))
    world.clock.advance(days=days)
    # THEN the first sweep afterwards finds it
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_no_clock_is_skipped_when_the_very_first_sweep_comes_late(world: World) -> None:
    record = world.let_stand(emergency(1))
    world.clock.advance(days=20)
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_clock_that_is_not_handled_stays_due_for_ever(world: World) -> None:
    record = world.let_stand(emergency(1))
    for _ in range(30):
        world.clock.advance(days=1)
        assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_clock_that_is_written_late_is_due_at_once(world: World) -> None:
    # GIVEN sweeps up to now
    for _ in range(10):
        world.records.with_timer_due(world.clock.now())
        world.clock.advance(days=1)
    # WHEN a clock is written that ran out long ago
    record = world.let_stand(emergency(1))
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_sweep_that_was_handed_a_later_time_harms_no_clock_in_between(world: World) -> None:
    # GIVEN a sweep by hand, a month ahead
    early = world.let_stand(emergency(1))
    ahead = NOW + timedelta(days=30)
    assert world.records.with_timer_due(ahead) == [early.reference]
    world.records.save(early, rejected(early))
    assert world.records.with_timer_due(ahead) == []
    # WHEN clocks start afterwards THEN each is found in its own time
    for day in range(1, 9):
        world.clock.moment = NOW + timedelta(days=day)
        record = world.let_stand(emergency(100 + day, day * 24 * 60))
        assert world.records.with_timer_due(world.clock.now()) == []
        world.clock.advance(minutes=15)
        assert world.records.with_timer_due(world.clock.now()) == [record.reference]
        world.records.save(record, rejected(record))


def test_no_clock_is_skipped_by_an_outage_after_a_sweep_that_was_handed_a_later_time(world: World) -> None:
    for _ in range(2):
        world.records.with_timer_due(NOW + timedelta(days=30))
    record = world.let_stand(emergency(1))
    world.clock.advance(days=9)
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_sweep_whose_event_comes_late_finds_what_was_due_then(world: World) -> None:
    record = world.let_stand(emergency(1))
    world.clock.advance(hours=40)
    assert world.records.with_timer_due(NOW + timedelta(minutes=15)) == [record.reference]
    assert world.records.with_timer_due(NOW) == []
