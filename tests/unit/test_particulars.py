"""What a text numbers, whether it asks for something of its own, and whether the thing was mended before."""

import pytest

from functions.domain.meaning import read
from functions.domain.particulars import Particulars, number_otherwise, particulars, share_a_number


def told(text: str) -> Particulars:
    return particulars(read(text))


@pytest.mark.parametrize(
    ("one", "other", "otherwise"),
    [
        ("১২ নম্বর ওয়ার্ডে আলো নেই", "ward no 7 e alo nei", True),
        ("১২ নম্বর ওয়ার্ডে আলো নেই", "ward 12, alo nei 7 din", False),
        ("বারো নম্বর ওয়ার্ডে আলো নেই", "ward 12", False),
        ("দাগ নং ১১৪২", "২২১৭ দাগের জমি", True),
        ("দাগ নং ১১৪২", "plot 1142", False),
        ("शिवपुर बस रूट 6", "৬ নম্বর রুটের বাস", False),
        ("शिवपुर बस रूट 6", "रूट 55 की बस", True),
        ("আবেদন নম্বর 400187223", "आवेदन 400191850", True),
        ("আইডি WB2984417", "আইডি WB2984562", True),
        ("রেশন দোকান নং ১৪", "shop no 14", False),
        # Of different things; counted, not numbered; and telephones.
        ("ward 12", "plot 7", False),
        ("৩ দিন আলো নেই", "৫ দিন আলো নেই", False),
        ("ফোন 9830012345", "ফোন 9830054321", False),
        ("বিল ৪৩০০০ টাকা", "বিল ৫৩০০০ টাকা", False),
    ],
)
def test_one_sort_of_thing_may_be_numbered_otherwise(one: str, other: str, *, otherwise: bool) -> None:
    assert number_otherwise(told(one), told(other)) is otherwise
    assert number_otherwise(told(other), told(one)) is otherwise


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("আবেদন 400187223", "application no 400187223", True),
        ("দাগ ১১৪২", "plot no 1142", True),
        ("ward 12", "ward 12", False),
        ("আবেদন 400187223", "আবেদন 400191850", False),
    ],
)
def test_a_long_number_in_both_is_the_same_ones(one: str, other: str, *, shared: bool) -> None:
    assert share_a_number(told(one), told(other)) is shared


@pytest.mark.parametrize(
    ("text", "own"), [("মিটারের বিল বেশি", True), ("my loan is stuck", True), ("গ্রামের রাস্তা ভাঙা", False)]
)
def test_some_things_a_citizen_has_alone(text: str, *, own: bool) -> None:
    assert told(text).is_own is own


@pytest.mark.parametrize(
    ("text", "for_all"),
    [
        ("গ্রামবাসী রেশন পাচ্ছে না", True),
        ("সবাই অন্ধকারে", True),
        ("সবাই পাচ্ছে, আমি পাই না", False),
        ("সবাই পাচ্ছে না", True),
        ("ar sobai pacche", False),
        ("আমার রেশন কার্ড", False),
    ],
)
def test_a_text_may_speak_for_all_and_not_where_all_others_get_it(text: str, *, for_all: bool) -> None:
    assert told(text).speaks_for_all is for_all


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("সোলার পাম্প সারিয়ে দিয়ে গেছিল, আবার খারাপ হয়েছে", True),
        ("নতুন ট্রান্সফর্মার বসানো হয়েছিল, সেটাও পুড়ে গেছে", True),
        ("नाली ठीक की थी, फिर जाम है", True),
        ("the pump was repaired but it is broken again", True),
        ("আবার জানালাম, পাম্প খারাপ", False),
        ("পাম্প সারানো দরকার", False),
    ],
)
def test_what_was_mended_and_broke_again_is_told_so(text: str, *, mended: bool) -> None:
    assert told(text).was_mended is mended
