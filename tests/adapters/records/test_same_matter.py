"""Other records on the same matter, found by the clues that each left."""

from datetime import timedelta

from functions.adapters.bundled import registers
from functions.domain import duplicates, matter
from functions.domain.matter import NO_CLUES, Clues
from functions.domain.record import Record
from tests.adapters.records.stand import World
from tests.builders import NOW, SUBJECT, numbered, registered

POLICE_DISTRICTS = registers().police_districts


def of_matter(number: int, days: float = 0, **changes: object) -> Record:
    """A record of the builders' matter, so many days after ``NOW``."""
    subject = SUBJECT.model_copy(update=changes)
    return numbered(registered(at=NOW + timedelta(days=days), subject=subject), number)


def clues_of(record: Record) -> Clues:
    return duplicates.clues(record, POLICE_DISTRICTS)


def left(world: World, record: Record) -> Record:
    """A record that stands in the table and left its clues."""
    kept = world.let_stand(record)
    world.records.leave_clues(kept, clues_of(kept))
    return kept


def found_with(world: World, record: Record) -> list[str]:
    return [one.record_id for one in world.records.of_same_matter(record, clues_of(record))]


def names(*numbers: int) -> list[str]:
    return [numbered(registered(), number).record_id for number in numbers]


def test_those_that_share_a_key_are_found_of_the_same_place_and_fortnight_the_newest_first(
    world: World,
) -> None:
    for record in (
        of_matter(1, -3),
        of_matter(2, -1),
        of_matter(3, -13),
        of_matter(4, -1, district="304"),
        of_matter(5, -30),
        of_matter(6, 0.5),
    ):
        left(world, record)
    assert found_with(world, of_matter(10)) == names(2, 1, 3)
    assert found_with(world, of_matter(2, -1)) == names(1, 3)


def test_it_is_found_under_another_category_none_or_by_the_police_office_alone(world: World) -> None:
    left(world, of_matter(1, -1))
    for changes in (
        {"category": "health-service"},
        {"category": None, "department": None},
        {"district": None, "police_office": "POL-RANAGHAT"},
    ):
        assert found_with(world, of_matter(10, **changes)) == names(1)


def test_of_two_calls_at_the_same_time_the_one_that_looks_last_finds_the_other(world: World) -> None:
    for first, second in ((of_matter(1), of_matter(2, 0.001)), (of_matter(4, 0.001), of_matter(3))):
        left(world, first)
        left(world, second)
        assert first.record_id in found_with(world, second)


def test_to_leave_the_same_clues_again_changes_nothing(world: World) -> None:
    kept = left(world, of_matter(1, -1))
    for _ in range(3):
        world.records.leave_clues(kept, clues_of(kept))
    assert found_with(world, of_matter(2)) == names(1)


def test_without_clues_nothing_is_left_and_nothing_found(world: World) -> None:
    kept = world.let_stand(of_matter(1, -1))
    world.records.leave_clues(kept, NO_CLUES)
    assert list(world.records.of_same_matter(of_matter(2), NO_CLUES)) == []


def test_no_more_are_compared_than_the_bound_and_no_more_read_under_a_key(world: World) -> None:
    clues = Clues(("one key",), clues_of(of_matter(1)).fingerprint)
    other = Clues(("one key",), b"")
    oldest = world.let_stand(of_matter(0, -1))
    world.records.leave_clues(oldest, clues)
    for number in range(1, matter.PER_KEY):
        world.records.leave_clues(of_matter(number, -number / 1000), other)
    assert [one.record_id for one in world.records.of_same_matter(of_matter(2000), clues)] == names(0)
    # One more, and the oldest is beyond what is read.
    world.records.leave_clues(of_matter(3000, -0.0001), other)
    assert list(world.records.of_same_matter(of_matter(2000), clues)) == []


def test_a_full_period_leaves_nothing_to_read_of_the_one_before(world: World) -> None:
    begin = NOW - (NOW - matter._BEGIN) % matter.PERIOD
    clues = Clues(("one key",), clues_of(of_matter(1)).fingerprint)
    before = numbered(registered(at=begin - timedelta(hours=1)), 1)
    world.records.leave_clues(world.let_stand(before), clues)
    asked = numbered(registered(at=begin + timedelta(days=1)), 2000)
    assert [one.record_id for one in world.records.of_same_matter(asked, clues)] == names(1)
    for number in range(2, 2 + matter.PER_KEY):
        early = numbered(registered(at=begin + timedelta(minutes=number)), number)
        world.records.leave_clues(early, Clues(("one key",), b""))
    assert list(world.records.of_same_matter(asked, clues)) == []
