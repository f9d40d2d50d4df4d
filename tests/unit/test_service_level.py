"""The service level: 24 clock hours for emergencies, else what the register says, seven working days."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers, service_level_of
from functions.domain.calendar import Calendar
from functions.domain.service_level import EMERGENCY, ServiceLevel, choose
from tests.builders import NOW


def row(department: str, category: str, amount: int, unit: str = "working_days") -> ServiceLevel:
    return service_level_of(
        {
            "department": department,
            "category": category,
            "amount": str(amount),
            "unit": unit,
            "reminders": "50;80",
        }
    )


LEVELS = [
    row("HFW", "*", 5),
    row("*", "*", 7),
    row("HFW", "ration", 2),
    row("*", "ration", 3),
    row("FS", "*", 10, "clock_hours"),
]


@pytest.mark.parametrize(
    ("department", "category", "amount"),
    [
        ("HFW", "ration", 2),
        ("FS", "ration", 3),
        ("HFW", "road-village", 5),
        ("PWD", "road-village", 7),
        (None, None, 7),
        (None, "ration", 3),
        ("HFW", None, 5),
    ],
)
def test_the_most_precise_row_holds(department: str | None, category: str | None, amount: int) -> None:
    for levels in (LEVELS, LEVELS[::-1]):
        assert choose(levels, emergency=False, department=department, category=category).amount == amount


@given(
    st.permutations(LEVELS), st.sampled_from([None, "HFW", "FS", "PWD"]), st.sampled_from([None, "ration"])
)
def test_no_row_changes_an_emergency(
    levels: list[ServiceLevel], department: str | None, category: str | None
) -> None:
    assert choose(levels, emergency=True, department=department, category=category) is EMERGENCY


def test_an_emergency_is_due_24_hours_by_the_clock_later() -> None:
    level = choose([], emergency=True, department="HFW", category=None)
    assert level.due_at(NOW, Calendar()) == NOW + timedelta(hours=24)
    # also over a Sunday
    saturday = NOW + timedelta(days=4)
    assert level.due_at(saturday, Calendar()) == saturday + timedelta(hours=24)


def test_the_bundled_register_gives_seven_working_days() -> None:
    level = choose(registers().service_levels, emergency=False, department="HFW", category="ration")
    assert (level.amount, level.unit, level.reminders) == (7, "working_days", (50, 80))
    assert level.due_at(NOW, Calendar()) == Calendar().after_working_days(NOW, 7)


def test_clock_hours_run_through_nights_and_holidays() -> None:
    level = choose(LEVELS, emergency=False, department="FS", category=None)
    assert level.due_at(NOW, Calendar()) == NOW + timedelta(hours=10)


def test_a_register_without_a_row_for_all_is_called_broken() -> None:
    with pytest.raises(LookupError, match="no row for every department"):
        choose([row("HFW", "*", 5)], emergency=False, department="PWD", category=None)


@pytest.mark.parametrize(("column", "value"), [("unit", "weeks"), ("amount", "soon"), ("reminders", "half")])
def test_a_row_that_makes_no_sense_is_refused(column: str, value: str) -> None:
    sound = {"department": "*", "category": "*", "amount": "7", "unit": "working_days", "reminders": ""}
    assert service_level_of(sound).reminders == ()
    with pytest.raises(ValueError, match=r".+"):
        service_level_of({**sound, column: value})
