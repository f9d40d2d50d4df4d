"""The rosters, service levels and holidays that administrators upload, line by line."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain.calendar import Calendar
from functions.domain.service_level import choose
from functions.registry.applying import Outcome, apply
from functions.registry.files import (
    COLUMNS,
    EXECUTIVES,
    HOLIDAYS,
    MOST_BYTES,
    SERVICE_LEVELS,
    Checked,
    check,
)
from local import sample_executives
from tests.builders import upload
from tests.fakes import SAMPLES, FakePorts

PHONE = "+919001000001"


def checked(name: str, *rows: str) -> Checked:
    text = "\n".join((",".join(COLUMNS[name]), *rows)) + "\n"
    return check(name, text.encode(), registers())


def places(found: Checked) -> list[tuple[int, str]]:
    return [(error.line, error.column) for error in found.errors]


def test_a_roster_is_read() -> None:
    found = checked(EXECUTIVES, f"FE-001,Ruma Roy (sample),{PHONE},320;303,2026-01-01,")

    assert found.errors == []
    assert found.executives[0].districts == ("320", "303")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"FE 1,Ruma,{PHONE},320,2026-01-01,", "executive_id"),
        ("FE-1,Ruma,12345,320,2026-01-01,", "phone"),
        (f"FE-1,Ruma,{PHONE},999,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},HFW,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},POL-RANAGHAT,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},320;999,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},;,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},320,01/01/2026,", "valid_from"),
        (f"FE-1,Ruma,{PHONE},320,1767225600,", "valid_from"),
        (f"FE-1,Ruma,{PHONE},320,2026-01-01,1893456000", "valid_to"),
        (f"FE-1,Ruma,{PHONE},320,2026-01-01,2025-01-01", "valid_to"),
    ],
)
def test_each_wrong_cell_of_a_roster_is_named(row: str, column: str) -> None:
    assert places(checked(EXECUTIVES, f"FE-9,Good,{PHONE},320,2026-01-01,", row)) == [(3, column)]


def test_an_executive_stands_once() -> None:
    row = f"FE-1,Ruma,{PHONE},320,2026-01-01,"

    assert places(checked(EXECUTIVES, row, row)) == [(3, "executive_id")]


def test_a_file_that_no_item_of_the_table_holds_is_refused() -> None:
    # An executive takes some 170 bytes of it.
    rows = [f"FE-{number},রুমা চট্টোপাধ্যায়,{PHONE},320,2026-01-01," for number in range(2_500)]
    (error,) = checked(EXECUTIVES, *rows).errors
    assert (error.line, error.column) == (1, "")
    assert f"{MOST_BYTES:,} bytes" in error.detail
    assert checked(EXECUTIVES, *rows[:1_500]).errors == []


def test_service_levels_are_read() -> None:
    found = checked(SERVICE_LEVELS, "*,*,7,working_days,50;80", "HFW,health-service,48,clock_hours,")

    assert found.errors == []
    assert [(level.amount, level.reminders) for level in found.levels] == [(7, (50, 80)), (48, ())]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NOPE,*,7,working_days,50", "department"),
        ("320,*,7,working_days,50", "department"),
        ("POL-RANAGHAT,*,7,working_days,50", "department"),
        ("HFW,nope,7,working_days,50", "category"),
        ("HFW,*,0,working_days,50", "amount"),
        ("HFW,*,366,working_days,50", "amount"),
        ("HFW,*,-7,working_days,50", "amount"),
        ("HFW,*,7.0,working_days,50", "amount"),
        ("HFW,*,1_0,working_days,50", "amount"),
        ("HFW,*,\u09ed,working_days,50", "amount"),
        ("HFW,*,many,working_days,50", "amount"),
        ("HFW,*,7,moons,50", "unit"),
        ("HFW,*,7,working_days,0", "reminders"),
        ("HFW,*,7,working_days,100", "reminders"),
        ("HFW,*,7,working_days,50;8_0", "reminders"),
        ("HFW,*,7,working_days,50 80", "reminders"),
        ("*,*,5,working_days,50", "category"),
    ],
)
def test_each_wrong_cell_of_a_service_level_is_named(row: str, column: str) -> None:
    assert places(checked(SERVICE_LEVELS, "*,*,7,working_days,50;80", row)) == [(3, column)]


def test_where_no_row_is_for_all_that_no_other_fits_the_default_holds() -> None:
    found = checked(SERVICE_LEVELS, "HFW,*,5,working_days,50")
    assert found.errors == []
    assert found.rows == 1
    for department, days in (("HFW", 5), ("FISH", 7), (None, 7)):
        level = choose(found.levels, emergency=False, department=department, category=None)
        assert (level.amount, level.unit) == (days, "working_days")


def test_a_row_for_all_that_is_there_but_wrong_is_not_called_missing() -> None:
    assert places(checked(SERVICE_LEVELS, "*,*,0,working_days,50")) == [(2, "amount")]


def closed(first: date, days: int) -> list[str]:
    """Rows that close every day from the first on but Sundays, which are closed anyhow."""
    every = (first + timedelta(days=ahead) for ahead in range(days))
    return [f"{day},A day," for day in every if day.weekday() != SUNDAY]


SUNDAY = 6
A_MONDAY, A_TUESDAY, A_SUNDAY = date(2027, 3, 1), date(2027, 3, 2), date(2027, 2, 28)


# Beginning with a Sunday, beginning after one, and amid a week.
@pytest.mark.parametrize("first", [A_SUNDAY, A_MONDAY, A_TUESDAY])
def test_holidays_that_leave_no_working_day_for_two_months_are_refused(first: date) -> None:
    rows = ["2027-01-26,Republic Day,", *closed(first, 64)]
    found = checked(HOLIDAYS, *rows)
    (error,) = found.errors
    assert (error.line, error.column) == (3, "date")
    assert error.detail == "begins 62 days or more without a working day, which cannot be right"


@pytest.mark.parametrize("first", [A_SUNDAY, A_MONDAY, A_TUESDAY])
@pytest.mark.parametrize("order", [1, -1])
def test_what_is_refused_of_holidays_is_just_what_the_calendar_cannot_stand(first: date, order: int) -> None:
    verdicts = set()
    for days in range(55, 66):
        found = checked(HOLIDAYS, *closed(first, days)[::order])
        calendar = Calendar(frozenset(date.fromisoformat(day) for day in found.holidays))
        try:
            for ahead in range(-5, 70):
                calendar.next_working_day(first + timedelta(days=ahead))
            stands = True
        except ValueError:
            stands = False
        assert (found.errors == []) is stands
        verdicts.add(stands)
    assert verdicts == {True, False}


def test_holidays_at_either_end_of_the_calendar_are_read() -> None:
    assert checked(HOLIDAYS, "0001-01-01,The first,", "9999-12-31,The last,").errors == []


@pytest.mark.parametrize("name", [EXECUTIVES, SERVICE_LEVELS])
def test_a_file_without_rows_is_refused(name: str) -> None:
    assert places(checked(name)) == [(1, "")]


@pytest.mark.parametrize(("name", "rows"), [(EXECUTIVES, 46), (SERVICE_LEVELS, 1)])
def test_the_samples_are_put_in_force(outside: FakePorts, name: str, rows: int) -> None:
    outside.registry.levels = []
    outside.uploads.files[name, "v1"] = (SAMPLES / name).read_bytes()

    assert apply(outside, "grievance-cell@wb.example", name, "v1", upload()) is Outcome.APPLIED
    assert len(outside.registry.executives if name == EXECUTIVES else outside.registry.levels) == rows
    assert outside.registry.versions == {name.removesuffix(".csv"): "v1"}


def test_a_file_with_one_wrong_line_changes_nothing(outside: FakePorts) -> None:
    before = outside.registry.service_levels()
    text = ",".join(COLUMNS[SERVICE_LEVELS]) + "\n*,*,5,working_days,50\nHFW,*,0,working_days,50\n"
    outside.uploads.files[SERVICE_LEVELS, "v1"] = text.encode()

    outcome = apply(outside, "grievance-cell@wb.example", SERVICE_LEVELS, "v1", upload())
    assert outcome is Outcome.REFUSED
    assert outside.registry.service_levels() == before


def test_the_sample_roster_is_what_its_generator_writes_and_plainly_made_up() -> None:
    text = (SAMPLES / EXECUTIVES).read_bytes().decode("utf-8")
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([sample_executives.COLUMNS, *sample_executives.rows()])
    assert text == written.getvalue()

    found = list(csv.DictReader(io.StringIO(text)))
    assert COLUMNS[EXECUTIVES] == sample_executives.COLUMNS
    assert [row["executive_id"] for row in found] == [f"FE-{number:03d}" for number in range(1, 47)]
    assert [row["phone"] for row in found] == [f"+9190010{number:05d}" for number in range(1, 47)]
    assert all(row["name"].endswith(" (sample)") for row in found)
    assert len({row["name"] for row in found}) == len(found)
    districts = [row["districts"] for row in found]
    assert all(districts.count(district) == 2 for district in districts)
