"""Days are written as 2026-01-26 and no other way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.day import day_of


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert day_of(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "20260126",
        "2026-W05-1",
        "1764000000",
        "2026-1-26",
        "2026-02-30",
        "2026-01-26T00:00",
        "২০২৬-০১-২৬",
        " 2026-01-26",
        "",
    ],
)
def test_what_is_written_otherwise_is_no_day_and_is_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is no date such as 2026-01-26$"):
        day_of(text)
