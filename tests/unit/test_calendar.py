"""The state's working calendar: Monday to Saturday from 9:00 to 18:00 IST, except holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calendar import CLOSES, IST, OPENS, Calendar
from tests.fakes import FakeRegistry

SAMPLE = FakeRegistry().calendar()

moments = st.integers(0, 500 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=IST) + timedelta(minutes=minutes)
)
# Fewer closed days than the longest closure, so that a working day is always found.
closures = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 8, 1)), max_size=30)
calendars = st.builds(Calendar, closures) | st.just(SAMPLE)
counts = st.integers(1, 12)


def ist(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=IST)


@given(calendars, moments, counts)
def test_a_due_date_is_the_close_of_office_of_a_working_day(
    calendar: Calendar, moment: datetime, days: int
) -> None:
    due = calendar.after_working_days(moment, days)
    local = due.astimezone(IST)
    assert due.tzinfo is UTC
    assert calendar.is_working_day(local.date())
    assert local.time() == CLOSES


@given(calendars, moments, counts)
def test_just_so_many_working_days_lie_between(calendar: Calendar, moment: datetime, days: int) -> None:
    start = moment.astimezone(IST).date()
    end = calendar.after_working_days(moment, days).astimezone(IST).date()
    between = [start + timedelta(days=ahead + 1) for ahead in range((end - start).days)]
    assert sum(calendar.is_working_day(day) for day in between) == days


@given(calendars, moments, moments, counts)
def test_who_came_first_is_never_due_last(
    calendar: Calendar, one: datetime, other: datetime, days: int
) -> None:
    earlier, later = sorted((one, other))
    assert calendar.after_working_days(earlier, days) <= calendar.after_working_days(later, days)
    assert calendar.after_working_days(one, days) < calendar.after_working_days(one, days + 1)


@given(closures, st.dates(date(2026, 1, 1), date(2027, 1, 1)), moments, counts)
def test_one_more_holiday_never_shortens_a_term(
    closed: frozenset[date], holiday: date, moment: datetime, days: int
) -> None:
    before = Calendar(closed).after_working_days(moment, days)
    assert Calendar(closed | {holiday}).after_working_days(moment, days) >= before


@given(calendars, moments)
def test_the_next_opening_is_open_and_the_first_one(calendar: Calendar, moment: datetime) -> None:
    opening = calendar.next_open(moment)
    assert opening >= moment
    assert calendar.is_open(opening)
    # Offices open and close on the minute of a clock hour: half-hours between tell all there is.
    waited = moment
    while waited < opening:
        assert not calendar.is_open(waited)
        waited += timedelta(minutes=30)
    if opening > moment:
        assert opening.astimezone(IST).time() == OPENS
        assert not calendar.is_open(opening - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (ist(2026, 11, 24, 8, 59), False),
        (ist(2026, 11, 24, 9, 0), True),
        (ist(2026, 11, 24, 17, 59), True),
        (ist(2026, 11, 24, 18, 0), False),
        (ist(2026, 11, 28, 12, 0), True),
        (ist(2026, 11, 29, 12, 0), False),
        (ist(2026, 12, 25, 12, 0), False),
        (datetime(2026, 11, 24, 3, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 12, 30, tzinfo=UTC), False),
    ],
    ids=[
        "before nine",
        "nine",
        "before six",
        "six",
        "Saturday",
        "Sunday",
        "Christmas",
        "nine in UTC",
        "six in UTC",
    ],
)
def test_the_call_centre_is_open_on_working_days_from_nine_to_six(moment: datetime, is_open: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    assert SAMPLE.is_open(moment) is is_open


def test_saturdays_count() -> None:
    # GIVEN a Friday WHEN one working day passes THEN it is Saturday's close of office
    assert Calendar().after_working_days(ist(2026, 11, 27, 10), 1) == ist(2026, 11, 28, 18)
    assert Calendar().after_working_days(ist(2026, 11, 28, 10), 1) == ist(2026, 11, 30, 18)


def test_the_day_itself_does_not_count_however_early_it_is() -> None:
    assert Calendar().after_working_days(ist(2026, 11, 24, 0, 0), 1) == ist(2026, 11, 25, 18)
    assert Calendar().after_working_days(ist(2026, 11, 24, 23, 59), 1) == ist(2026, 11, 25, 18)


def test_the_day_is_reckoned_in_india_not_in_utc() -> None:
    late = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # half past midnight of the 25th in India
    assert Calendar().after_working_days(late, 1) == ist(2026, 11, 26, 18)


def test_the_puja_closure_of_2026_is_worked_around() -> None:
    # GIVEN the eve of the closure from 15 to 26 October WHEN seven working days pass
    due = SAMPLE.after_working_days(ist(2026, 10, 14, 11), 7)
    # THEN the 27th to the 31st count, then Monday and Tuesday
    assert due == ist(2026, 11, 3, 18)
    assert SAMPLE.next_open(ist(2026, 10, 14, 18)) == ist(2026, 10, 27, 9)
    assert not any(SAMPLE.is_working_day(date(2026, 10, day)) for day in range(15, 27))


def test_whoever_calls_within_the_closure_is_due_with_those_of_its_last_day() -> None:
    assert SAMPLE.after_working_days(ist(2026, 10, 18, 11), 1) == ist(2026, 10, 27, 18)
    assert SAMPLE.after_working_days(ist(2026, 10, 26, 23), 1) == ist(2026, 10, 27, 18)


def test_a_list_of_holidays_that_closes_for_ever_is_called_broken() -> None:
    closed = Calendar(frozenset(date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(400)))
    with pytest.raises(ValueError, match="list of holidays cannot be right"):
        closed.next_open(ist(2026, 1, 1))
