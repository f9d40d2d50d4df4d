"""What is open with an office, and what an officer left behind."""

import pytest

from functions.domain.office import Level, Officer
from functions.domain.record import Record, Status
from tests.adapters.records.stand import World
from tests.builders import (
    REACHED,
    action_taken,
    forwarded,
    in_status,
    numbered,
    officer,
    visited,
)

HEAD = officer(level=Level.HEAD)
SUCCESSOR = officer(name="Next One (sample)")


def given(world: World, number: int, who: Officer, record: Record | None = None) -> Record:
    """A record that was given to an officer, in the table."""
    whose = record or forwarded(who=who)
    return world.let_stand(numbered(whose.model_copy(update={"portal_id": None}), number))


def test_an_office_has_something_open_while_an_officer_of_it_is_to_report(world: World) -> None:
    assert not world.records.has_open("HFW")
    record = given(world, 1, officer())
    assert world.records.has_open("HFW")
    assert not world.records.has_open("320")
    world.records.save(record, action_taken(record))
    assert not world.records.has_open("HFW")


def test_what_an_officer_reported_on_may_come_back_until_it_is_closed(world: World) -> None:
    record = given(world, 1, officer())
    assert not world.records.has_reported("HFW")
    reported = world.records.save(record, action_taken(record))
    assert world.records.has_reported("HFW")
    assert not world.records.has_reported("320")
    # AND it is neither open nor left behind, whoever holds the post
    assert not world.records.has_open("HFW")
    for level in Level:
        assert world.records.left_behind("HFW", level, (), 10) == []
    # AND what is open beside it is found as before
    left = given(world, 2, officer()).reference
    assert world.records.has_open("HFW")
    assert world.records.left_behind("HFW", Level.NODAL, {SUCCESSOR.holder}, 10) == [left]
    assert world.records.left_behind("HFW", Level.HEAD, (), 10) == []
    world.records.save(reported, visited(reported))
    assert not world.records.has_reported("HFW")


@pytest.mark.parametrize("status", sorted(REACHED))
def test_only_what_was_reported_on_and_is_not_closed_may_come_back(world: World, status: Status) -> None:
    world.let_stand(in_status(status))
    assert world.records.has_reported("HFW") is (status is Status.ACTION_TAKEN)


@pytest.mark.parametrize("status", sorted(REACHED))
def test_only_what_waits_for_an_officer_is_open(world: World, status: Status) -> None:
    world.let_stand(in_status(status))
    is_open = status in {Status.FORWARDED, Status.RECALLED}
    assert world.records.has_open("HFW") is is_open
    assert bool(world.records.left_behind("HFW", Level.NODAL, (), 10)) is is_open


def test_what_was_left_behind_is_found_by_post_and_person(world: World) -> None:
    mine = [given(world, number, officer()).reference for number in range(4)]
    given(world, 4, SUCCESSOR)
    heads = given(world, 5, HEAD).reference
    given(world, 6, officer("320"))
    left = world.records.left_behind("HFW", Level.NODAL, {SUCCESSOR.holder}, 10)
    assert sorted(left) == sorted(mine)
    assert world.records.left_behind("HFW", Level.NODAL, {SUCCESSOR.holder, officer().holder}, 10) == []
    assert world.records.left_behind("HFW", Level.HEAD, {officer().holder}, 10) == [heads]
    assert world.records.left_behind("HFW", Level.HEAD, {HEAD.holder}, 10) == []
    assert world.records.left_behind("HFW", Level.APEX, (), 10) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_a_portion_of_it_steps_over_whatever_is_with_somebody_present(world: World, limit: int) -> None:
    people = [officer(name=f"Officer {number} (sample)") for number in range(5)]
    present = {people[1].holder, people[3].holder}
    references = {
        given(world, 10 * number + each, who).reference: who.holder
        for number, who in enumerate(people)
        for each in range(3)
    }
    left = world.records.left_behind("HFW", Level.NODAL, present, limit)
    assert len(left) == len(set(left)) == min(limit, 9)
    assert not {references[reference] for reference in left} & present


def test_of_a_time_when_nobody_was_noted_all_is_left_behind(world: World) -> None:
    record = forwarded()
    assert record.assignment
    unknown = record.model_copy(update={"assignment": record.assignment.model_copy(update={"holder": None})})
    reference = given(world, 1, officer(), unknown).reference
    assert world.records.left_behind("HFW", Level.NODAL, {officer().holder}, 10) == [reference]
