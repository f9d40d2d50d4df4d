"""The caller has to be rung: telephone numbers and references stay."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.identifiers import find
from functions.domain.reference import derive
from tests.builders import REFERENCE_KEY
from tests.unit.identifiers.written import bn


@pytest.mark.parametrize("first", ["2345", "6789"])
def test_what_is_written_as_a_telephone_is_none_of_it_an_aadhaar_number_though_one_is_spoken_of(
    first: str,
) -> None:
    # GIVEN digits that would pass as an Aadhaar number
    for tail in range(10):
        for said in (
            f"আধার লিঙ্ক হয়নি, ফোন 98300 12345, {tail}1",
            f"আধার লিঙ্ক হয়নি: 98300 12345 {tail}1",
            f"Aadhaar not linked to 91 98300 1234{tail}",
            f"Aadhaar not linked to 91-983001234{tail}",
            f"Aadhaar not linked, phone 91983001234{tail}",
            f"phone 2214 {first} 2214 555{tail}",
            f"{first}-234{tail} 2214-5556",
            f"2214 {first}, 2214 555{tail}",
            f"Aadhaar centre shut on 24/11/2026 10.3{tail}",
            f"Aadhaar centre shut on 24-11-2026 {first}",
            f"Aadhaar centre shut, Rs 20,000, 30,000, 1{tail}",
            f"in 2021, 2022, 202{tail}",
            f"wards 21 22 23 24 25 2{6 + tail % 4}",
        ):
            assert find(said) == (), said


@given(
    st.integers(0, 10**9 - 1),
    st.integers(0, 10**9 - 1),
    st.sampled_from([" ", ", ", "/", " / ", "\n", "; ", " & "]),
    st.sampled_from(["", "আমার আধার লিঙ্ক হয়নি। ফোন ", "Aadhaar card lost, call "]),
)
def test_two_telephone_numbers_in_a_row_are_no_identifiers(
    one: int, other: int, gap: str, before: str
) -> None:
    mobiles = f"9{one:09d}", f"9{other:09d}"
    landlines = f"033{one % 10**8:08d}", f"033{other % 10**8:08d}"
    ways: list[tuple[tuple[str, str], Callable[[str], str]]] = [
        (mobiles, str),
        (mobiles, lambda number: f"{number[:5]} {number[5:]}"),
        (mobiles, lambda number: f"{number[:3]} {number[3:6]} {number[6:]}"),
        (mobiles, lambda number: f"{number[:4]}-{number[4:]}"),
        (mobiles, " ".join),
        (mobiles, lambda number: f"+91 {number[:5]} {number[5:]}"),
        (landlines, lambda number: f"{number[:3]}-{number[3:]}"),
        (landlines, lambda number: f"{number[:3]} {number[3:7]} {number[7:]}"),
    ]
    for numbers, written in ways:
        assert find(before + gap.join(map(written, numbers))) == ()


@given(st.integers(0, 10**10 - 1))
def test_a_mobile_number_is_never_an_identifier(number: int) -> None:
    mobile = f"{6 + number % 4}{number % 10**9:09d}"
    for written in (mobile, f"+91{mobile}", f"+91 {mobile[:5]} {mobile[5:]}", f"0{mobile}", f"91{mobile}"):
        assert find(f"My account is blocked, call {written}") == ()
        assert find(f"অ্যাকাউন্ট বন্ধ, {bn(written)}") == ()


@given(st.text(max_size=20), st.integers(0, 10**6))
def test_a_reference_is_never_an_identifier(record_id: str, candidate: int) -> None:
    reference = derive(REFERENCE_KEY, "call-centre", record_id, candidate)
    assert find(f"account, {reference}") == ()
