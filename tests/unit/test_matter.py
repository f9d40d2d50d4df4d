"""How far back others on the same matter are looked for, and which of those that are found are compared."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.domain import matter
from functions.domain.fingerprint import Mark, Marks
from functions.domain.matter import NO_CLUES, Clue, Clues
from functions.domain.record import Record
from tests.builders import NOW, registered

ABOUT = Clues((), bytes(Marks.of([(Mark.THING, "tube-well"), (Mark.NAME, "rmpr")])))


def at(hours: float) -> Record:
    return registered().model_copy(update={"registered_at": NOW + timedelta(hours=hours)})


def clue(number: int, *told: tuple[Mark, str]) -> Clue:
    return Clue(NOW - timedelta(hours=number), f"R{number}", bytes(Marks.of(told)))


@given(hours=st.integers(min_value=0, max_value=96_000), back=st.integers(min_value=0, max_value=14 * 24 - 1))
def test_whatever_is_less_than_a_fortnight_old_is_found(hours: int, back: int) -> None:
    late, early = at(hours), at(hours - back)
    assert matter.period(early.registered_at) in matter.periods(late)
    assert late.registered_at < matter.last_needed(early)
    assert len(set(matter.periods(late))) == 2


@given(hours=st.integers(min_value=0, max_value=96_000))
def test_nobody_looks_for_a_clue_that_has_expired(hours: int) -> None:
    early = at(hours)
    late = early.model_copy(update={"registered_at": matter.last_needed(early)})
    assert matter.period(early.registered_at) not in matter.periods(late)


def test_what_came_at_about_the_same_time_is_found_whichever_was_first() -> None:
    mine, later = at(0), at(0.1)
    assert later.registered_at < matter.until(mine)
    assert matter.period(later.registered_at) in matter.periods(mine)
    assert matter.is_together(mine, later)
    assert not matter.is_together(mine, at(0.2))


def test_those_with_most_in_common_are_compared_and_of_as_much_the_newest() -> None:
    name_and_thing = clue(9, (Mark.NAME, "rmpr"), (Mark.THING, "tube-well"), (Mark.THING, "school"))
    name, thing = clue(8, (Mark.NAME, "rmpr")), clue(7, (Mark.THING, "tube-well"))
    newer_thing, nothing = clue(1, (Mark.THING, "tube-well")), clue(0, (Mark.THING, "road"))
    found = [nothing, newer_thing, thing, name, name_and_thing, name]
    assert matter.likeliest(ABOUT, found) == ["R9", "R8", "R1", "R7", "R0"]
    assert matter.likeliest(ABOUT, []) == []


def test_no_more_are_compared_than_the_bound_however_many_are_found() -> None:
    found = [clue(number, (Mark.NAME, "rmpr")) for number in range(2 * matter.COMPARED)]
    assert matter.likeliest(ABOUT, found) == [f"R{number}" for number in range(matter.COMPARED)]


def test_the_bounds_are_small() -> None:
    assert (matter.PER_KEY, matter.COMPARED) == (100, 20)
    assert NO_CLUES.keys == ()
