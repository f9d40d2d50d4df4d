"""The rosters and service levels that administrators upload, line by line."""

from __future__ import annotations

import pytest

from functions.adapters.bundled import registers
from functions.registry.files import COLUMNS, EXECUTIVES, SERVICE_LEVELS, Checked, check

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
        (f"FE-1,Ruma,{PHONE},,2026-01-01,", "districts"),
        (f"FE-1,Ruma,{PHONE},320,01/01/2026,", "valid_from"),
        (f"FE-1,Ruma,{PHONE},320,2026-01-01,2025-01-01", "valid_to"),
    ],
)
def test_each_wrong_cell_of_a_roster_is_named(row: str, column: str) -> None:
    assert places(checked(EXECUTIVES, f"FE-9,Good,{PHONE},320,2026-01-01,", row)) == [(3, column)]


def test_an_executive_stands_once() -> None:
    row = f"FE-1,Ruma,{PHONE},320,2026-01-01,"

    assert places(checked(EXECUTIVES, row, row)) == [(3, "executive_id")]


def test_service_levels_are_read() -> None:
    found = checked(SERVICE_LEVELS, "*,*,7,working_days,50;80", "HFW,health-service,48,clock_hours,")

    assert found.errors == []
    assert [(level.amount, level.reminders) for level in found.levels] == [(7, (50, 80)), (48, ())]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NOPE,*,7,working_days,50", "department"),
        ("HFW,nope,7,working_days,50", "category"),
        ("HFW,*,0,working_days,50", "amount"),
        ("HFW,*,366,working_days,50", "amount"),
        ("HFW,*,many,working_days,50", "amount"),
        ("HFW,*,7,moons,50", "unit"),
        ("HFW,*,7,working_days,100", "reminders"),
        ("*,*,5,working_days,50", "category"),
    ],
)
def test_each_wrong_cell_of_a_service_level_is_named(row: str, column: str) -> None:
    assert places(checked(SERVICE_LEVELS, "*,*,7,working_days,50;80", row)) == [(3, column)]


def test_a_row_for_all_that_no_other_fits_is_needed() -> None:
    assert places(checked(SERVICE_LEVELS, "HFW,*,7,working_days,50")) == [(1, "")]
