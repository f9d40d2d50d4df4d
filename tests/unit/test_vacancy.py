"""Posts that are vacant, or will be within seven days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.office import Level, Officer
from functions.domain.vacancy import Post, Vacancy, emptied, filled_until, vacancies_of
from tests.builders import officer

TODAY = date(2026, 11, 24)
A_DAY = timedelta(days=1)
HEAD = officer(level=Level.HEAD)


def serving(first: int, last: int | None, level: Level = Level.NODAL) -> Officer:
    """An officer from one day to another, counted from today."""
    valid_to = None if last is None else TODAY + last * A_DAY
    return officer(level=level, valid_from=TODAY + first * A_DAY, valid_to=valid_to)


def told(*officers: Officer) -> list[tuple[Level, date | None, bool]]:
    return [(one.level, one.last_day, one.is_now) for one in vacancies_of("HFW", officers, TODAY)]


def test_a_post_without_an_end_is_no_vacancy() -> None:
    assert told(serving(-100, None), HEAD) == []


@pytest.mark.parametrize(("last", "expected"), [(0, True), (6, True), (7, False), (100, False)])
def test_a_post_that_falls_vacant_is_told_when_its_last_day_is_within_the_week(
    last: int, *, expected: bool
) -> None:
    ahead = [(Level.NODAL, TODAY + last * A_DAY, False)]
    assert told(serving(-100, last), HEAD) == (ahead if expected else [])


def test_a_successor_from_the_next_day_leaves_no_gap() -> None:
    assert told(serving(-100, 2), serving(3, None), HEAD) == []
    assert told(serving(-100, 2), serving(3, 4), serving(1, 5), HEAD) == [
        (Level.NODAL, TODAY + 5 * A_DAY, False)
    ]


def test_a_day_without_anybody_is_a_vacancy_though_somebody_comes_after() -> None:
    assert told(serving(-100, 2), serving(4, None), HEAD) == [(Level.NODAL, TODAY + 2 * A_DAY, False)]


def test_a_post_that_is_vacant_names_the_day_on_which_it_was_held_last() -> None:
    gone = [serving(-100, -50), serving(-40, -3)]
    assert told(*gone, serving(2, None), HEAD) == [(Level.NODAL, TODAY - 3 * A_DAY, True)]


def test_a_head_who_was_never_named_is_a_vacancy_of_ever() -> None:
    assert told(serving(-100, None)) == [(Level.HEAD, None, True)]


def test_the_cell_is_asked_for_its_own_officer_and_for_whomever_else_it_has() -> None:
    assert [one.level for one in vacancies_of("CMO", [], TODAY)] == [Level.APEX]
    ending = officer("CMO", Level.HEAD, valid_to=TODAY)
    found = vacancies_of("CMO", [ending, officer("CMO", Level.APEX)], TODAY)
    assert [(one.level, one.is_now) for one in found] == [(Level.HEAD, False)]


def test_it_is_the_same_vacancy_the_next_day_and_another_one_when_it_is_there() -> None:
    term = serving(-100, 2)
    days = [vacancies_of("HFW", [term, HEAD], TODAY + number * A_DAY) for number in range(6)]
    assert len({one.key for found in days[:3] for one in found}) == 1
    assert len({one.key for found in days[3:] for one in found}) == 1
    assert days[0][0].key != days[3][0].key


def test_a_date_at_the_end_of_time_is_no_end() -> None:
    assert filled_until([officer(valid_to=date.max)], Level.NODAL, TODAY) == date.max
    assert vacancies_of("HFW", [officer(valid_to=date.max), HEAD], TODAY) == []


@given(terms=st.lists(st.tuples(st.integers(-20, 20), st.none() | st.integers(-20, 20)), max_size=5))
def test_a_post_is_filled_on_every_day_up_to_the_last_and_not_on_the_next(
    terms: list[tuple[int, int | None]],
) -> None:
    officers = [serving(first, last) for first, last in terms if last is None or first <= last]
    filled = filled_until(officers, Level.NODAL, TODAY)
    held = [any(one.serves_on(TODAY + n * A_DAY) for one in officers) for n in range(60)]
    if filled is None:
        assert not held[0]
    elif filled == date.max:
        assert all(held)
    else:
        length = (filled - TODAY).days + 1
        assert all(held[:length])
        assert not held[length]


def test_keys_name_post_and_date() -> None:
    one = Vacancy(office="HFW", level=Level.HEAD, last_day=TODAY, is_now=False)
    assert one.key == "ahead#HFW#head#2026-11-24"
    assert Vacancy(office="HFW", level=Level.HEAD, last_day=None, is_now=True).key == "now#HFW#head#never"


# --- Posts that an upload leaves without anybody

POST = ("HFW", Level.NODAL)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([serving(-9, None)], [], {POST: TODAY}),
        ([serving(-9, -2)], [], {POST: TODAY - 2 * A_DAY}),
        ([serving(-9, -2), serving(-1, 3)], [serving(-9, -2)], {POST: TODAY}),
        ([serving(-9, None)], [serving(1, None)], {POST: TODAY}),
        ([serving(-9, None)], [serving(0, 0)], {}),
        ([serving(1, None)], [], {}),
        ([], [], {}),
    ],
    ids=[
        "dropped",
        "dropped after his term",
        "only a predecessor is left",
        "begins tomorrow",
        "a successor",
        "never began",
        "nobody ever",
    ],
)
def test_a_post_is_emptied_by_an_upload_that_has_nobody_for_it_today(
    before: list[Officer], after: list[Officer], expected: dict[Post, date]
) -> None:
    assert emptied({}, before, after, TODAY) == expected


def test_what_was_emptied_before_stays_so_until_it_is_filled() -> None:
    earlier = {POST: TODAY - 5 * A_DAY}
    assert emptied(earlier, [], [], TODAY) == earlier
    assert emptied(earlier, [serving(-9, -7)], [serving(3, None)], TODAY) == earlier
    assert emptied(earlier, [serving(-3, -2)], [], TODAY) == {POST: TODAY - 2 * A_DAY}
    assert emptied(earlier, [], [serving(-1, None)], TODAY) == {}


def test_a_post_that_an_upload_emptied_is_vacant_since_that_day() -> None:
    left = {Level.NODAL: TODAY - A_DAY, Level.APEX: TODAY - 2 * A_DAY}
    found = vacancies_of("HFW", [HEAD, serving(-9, -4)], TODAY, left)
    assert [(one.level, one.last_day, one.is_now) for one in found] == [
        (Level.NODAL, TODAY - A_DAY, True),
        (Level.APEX, TODAY - 2 * A_DAY, True),
    ]
    # Whoever held it after that, by the rows, held it last.
    (nodal, _) = vacancies_of("HFW", [HEAD, serving(-9, -1)], TODAY, {**left, Level.NODAL: TODAY - 8 * A_DAY})
    assert nodal.last_day == TODAY - A_DAY
