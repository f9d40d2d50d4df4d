"""Blocks are told apart however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.places import is_same_place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ranaghat-II", "রানাঘাট ২", True),
        ("Ranaghat-II", "Ranaghat-I", False),
        ("Karimpur-I", "करीमपुर १", True),
        ("Gosaba", "Patharpratima", False),
        ("Gosaba", None, None),
        ("", "Gosaba", None),
        ("...", "Gosaba", None),
    ],
)
def test_blocks_are_told_apart_however_they_are_spelt(
    one: str | None, other: str | None, *, same: bool | None
) -> None:
    assert is_same_place(one, other) is same


@given(one=st.text(max_size=20), other=st.text(max_size=20))
def test_it_is_the_same_either_way_round(one: str, other: str) -> None:
    assert is_same_place(one, other) == is_same_place(other, one)
