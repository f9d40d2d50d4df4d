"""Texts are alike whatever their script, spelling and order of words; a part is not the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.likeness import (
    is_same,
    is_same_place,
    likeness,
    name_other_places,
    prepare,
    without,
)

_LETTERS = "কখগডঢযরলশসহািুেোঁং়্০৯ कखगडढयरलशसहाेिुँं़्०९ abchjsx09 .,\u2019\u200c"
TEXTS = st.text(alphabet=_LETTERS, max_size=40) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("লক্ষ্মীর ভাণ্ডার", "lakshmir bhandar"),
        ("লক্ষ্মীর ভাণ্ডার", "লক্ষ্মীর  ভান্ডার!"),
        ("যাচাই", "jachai"),
        ("গোপালপুর", "Gopalpur"),
        ("পোড়া", "pora"),
        ("বাঁধ", "badh"),
        ("शिकायत लिखाई", "shikayat likhai"),
        ("१२ दिन", "১২ दिन"),
        ("ওয়ার্ড ৮", "ward 8"),
        ("\u09af\u09bc", "\u09df"),
    ],
)
def test_script_and_spelling_make_no_difference(one: str, other: str) -> None:
    assert prepare(one).words == prepare(other).words


@pytest.mark.parametrize(
    ("one", "other", "at_least", "at_most"),
    [
        ("ট্রান্সফর্মার পোড়া, আলো নেই", "আলো নেই, ট্রান্সফরমার পোড়া", 95, 100),
        ("ট্রান্সফর্মার পোড়া, আলো নেই পাড়ায়", "নলকূপ খারাপ, খাওয়ার জল মেলে না", 0, 30),
        # A few words that are a part of a long text say little of it.
        ("রেশন মেলেনি", "রেশন মেলেনি দু মাস, আঙুলের ছাপ ওঠে না, ছয় জনের সংসার, ডিলার ফিরিয়ে দেয় রোজ", 0, 55),
        ("no water", "", 0, 0),
    ],
)
def test_alike_is_what_says_the_same(one: str, other: str, at_least: int, at_most: int) -> None:
    assert at_least <= likeness(prepare(one), prepare(other)) <= at_most


@given(one=TEXTS, other=TEXTS)
def test_likeness_is_the_same_either_way_round_and_bounded(one: str, other: str) -> None:
    mine, yours = prepare(one), prepare(other)
    assert likeness(mine, yours) == likeness(yours, mine)
    assert 0 <= likeness(mine, yours) <= 100
    assert name_other_places(mine, yours) == name_other_places(yours, mine)
    assert is_same_place(one, other) == is_same_place(other, one)


@given(text=TEXTS)
def test_a_text_is_the_same_as_itself_in_any_case_and_spacing(text: str) -> None:
    assert likeness(prepare(text), prepare(text)) == 100
    assert is_same(prepare(text), prepare(f"  {text} \n"))


def test_a_text_of_fillers_alone_still_has_words() -> None:
    assert prepare("না নেই").words


def test_what_both_are_known_to_be_about_tells_nothing_more() -> None:
    text = prepare("লক্ষ্মীর ভাণ্ডারের টাকা আসেনি")
    assert without(text, "lakshmir-bhandar").words == prepare("টাকা আসেনি").words
    # but something is left to compare
    assert without(prepare("লক্ষ্মীর ভাণ্ডার"), "lakshmir-bhandar").words


@pytest.mark.parametrize(
    ("one", "other", "others"),
    [
        ("গোপালপুর গ্রামের নলকূপ", "রসুলপুর গ্রামের নলকূপ", True),
        ("গোপালপুর গ্রামের নলকূপ", "Gopalpure nolkup", False),
        ("গোপালপুর থেকে রসুলপুর রাস্তা", "রসুলপুরের রাস্তা", False),
        ("রাস্তা ভাঙা", "রসুলপুরের রাস্তা", False),
        ("১২ নম্বর ওয়ার্ডে আলো নেই", "ward no 7 e alo nei", True),
        ("১২ নম্বর ওয়ার্ডে আলো নেই", "ward 12, alo nei 7 din", False),
        ("দুপুরে আলো নেই", "রসুলপুরে আলো নেই", False),
    ],
)
def test_villages_and_wards_that_are_named_may_be_others(one: str, other: str, *, others: bool) -> None:
    assert name_other_places(prepare(one), prepare(other)) is others


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
