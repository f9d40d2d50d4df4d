"""Whatever the text: a mask is put on once, hides what was found, and changes nothing else."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import verhoeff

from functions.domain.identifiers import find, masked
from tests.unit.identifiers.written import (
    AADHAARS,
    kinds,
)

NUMBERS = st.from_regex(r"\+?[0-9]{1,20}(?:[ -][0-9]{1,6}){0,12}", fullmatch=True)
WORDS = st.sampled_from(
    [
        "account",
        "অ্যাকাউন্ট",
        "खाता",
        "SBIN0001234",
        "mobile",
        "গ্রাহক",
        "ABCPE1234F",
        "XXXX",
        "XXXX XXXX",
        "SSM-",
        "আধার",
        "Aadhaar no",
        "account no",
        "ABCPE 1234 F",
        "PAN",
        "phone",
        "pin",
    ]
)
TEXTS = st.lists(st.one_of(AADHAARS, NUMBERS, WORDS, st.text(max_size=3)), max_size=12).flatmap(
    lambda pieces: st.sampled_from([" ", "", "-", ", ", "\n", "/"]).map(lambda gap: gap.join(pieces))
)


@given(st.text())
def test_a_text_without_digits_is_unchanged(text: str) -> None:
    text = "".join(sign for sign in text if not sign.isdecimal())
    assert find(text) == ()
    assert masked(text) == text


@pytest.mark.parametrize(
    "piece",
    ["2 ", "23 ", "234 ", "2345 ", "234567 ", "2, ", "2X ", "X ", "আধার 2 ", "account 2345 ", "2345 - "],
)
def test_the_work_grows_with_the_length_of_the_text_alone(piece: str) -> None:
    # Counted in lines of code that run, not by a clock.
    quarter, whole = (_lines_run((piece * length)[:length]) for length in (1250, 5000))
    assert whole <= 4.2 * quarter + 500


def _lines_run(text: str) -> int:
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find(text)
    finally:
        sys.settrace(before)
    return count


def test_the_four_digits_that_stay_do_not_begin_another_number() -> None:
    first = "23456789512" + verhoeff.calc_check_digit("23456789512")
    # GIVEN eight digits behind it that would make a valid number of its last four
    second = first[8:] + "4567890"
    second += verhoeff.calc_check_digit(second)
    text = " ".join((first[:4], first[4:8], first[8:], second[4:8], second[8:]))
    assert kinds(" ".join((second[:4], second[4:8], second[8:]))) == ["Aadhaar number"]
    assert masked(text) == masked(masked(text)) == f"XXXX XXXX {first[8:]} {second[4:8]} {second[8:]}"


@given(TEXTS)
def test_a_mask_is_put_on_once_and_what_was_found_is_not_found_again(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    assert find(once) == ()
    assert len(once) == len(text)


@given(TEXTS)
def test_a_text_without_identifiers_stays_and_of_the_others_only_the_identifiers_change(text: str) -> None:
    found = find(text)
    once = masked(text)
    if not found:
        assert once == text
    inside = {place for one in found for place in range(one.start, one.end)}
    assert all(once[place] == text[place] for place in range(len(text)) if place not in inside)
    for one in found:
        kept = [place for place in range(one.start, one.end) if text[place].isalnum()]
        assert [once[place] for place in kept[-4:]] == [text[place] for place in kept[-4:]]
        assert {once[place] for place in kept[:-4]} == {"X"}
