"""Whichever valid Aadhaar number it is, and however it is grouped: it is found."""

from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from functions.domain.identifiers import masked
from tests.unit.identifiers.written import AADHAARS, SCRIPTS, in_groups, kinds, valid


@given(AADHAARS, st.sampled_from(["", "আধার ", "no. "]), st.sampled_from(["", " ", "টি", ", and"]))
def test_every_valid_aadhaar_number_is_found(number: str, before: str, behind: str) -> None:
    digits = "".join(filter(str.isdecimal, number))
    if (
        digits.startswith(tuple("91".translate(script) for script in SCRIPTS))
        and " " not in number
        and not before.startswith("আধার")
    ):
        return
    assert kinds(before + number + behind) == ["Aadhaar number"]


DASHES = [
    " ",
    "  ",
    "   ",
    "\n",
    "\t",
    "\u00a0",
    "\u2009",
    "-",
    " - ",
    "\u2011",
    "\u2013",
    "\u2014",
    "\u2212",
    "\u200b",
]
ANY_GAP = [*DASHES, ".", ". ", ":", "; ", "/", " / ", ",", ", ", "_", "*", "\u00b7", ") ("]
ALONE = st.one_of(
    st.tuples(st.sampled_from([1, 4]), st.sampled_from(ANY_GAP)),
    st.tuples(st.sampled_from([6]), st.sampled_from([*DASHES, ".", "/"])),
    st.tuples(st.sampled_from([3]), st.sampled_from([*DASHES, "."])),
    st.tuples(st.sampled_from([2]), st.sampled_from(DASHES)),
)
"""Into how many digits a group, and by what parted, a number is written that no word need introduce."""
BASES = st.integers(0, 10**11)


@given(BASES, ALONE, st.sampled_from(SCRIPTS), st.sampled_from(["", "লিখুন ", "it is ", "(", "No. ", "no"]))
def test_a_valid_aadhaar_number_in_equal_groups_keeps_its_last_four_digits_alone(
    base: int, written: tuple[int, str], script: dict[int, Any], before: str
) -> None:
    digits, (size, gap) = valid(base), written
    groups = in_groups(digits, size, " ").split()
    # A rising row of pairs is a list, and three years are years; with the word they are not, see below.
    assume(size != 2 or any(int(one) >= int(other) for one, other in pairwise(groups)))
    assume(size != 4 or not all("1900" <= group < "2100" for group in groups))
    text = before + in_groups(digits, size, gap).translate(script) + "।"
    once = masked(text)
    assert "".join(filter(str.isdecimal, once)) == digits[-4:].translate(script)
    assert masked(once) == once


@given(
    BASES,
    st.sets(st.integers(1, 11)),
    st.sampled_from(ANY_GAP),
    st.sampled_from(SCRIPTS),
    st.sampled_from(
        ["Aadhaar ", "AADHAAR NO.", "আধার নম্বর: ", "आधार संख्या ", "آدھار نمبر ", "uid no ", "adhar card no - "]
    ),
)
def test_a_valid_aadhaar_number_behind_its_name_keeps_its_last_four_digits_however_it_is_grouped(
    base: int, cuts: set[int], gap: str, script: dict[int, Any], before: str
) -> None:
    digits = valid(base)
    edges = [0, *sorted(cuts), 12]
    said = gap.join(digits[start:end] for start, end in pairwise(edges)).translate(script)
    once = masked(before + said)
    assert "".join(filter(str.isdecimal, once)) == digits[-4:].translate(script)
    assert masked(once) == once
