"""Texts are alike whatever their script, spelling and order of words; a part is not the whole."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.domain.likeness import Text, alike, is_same, name_other_things, prepare, without

_LETTERS = "কখগডঢযরলশসহািুেোঁং়্০৯ कखगडढयरलशसहाेिुँं़्०९ abchjsx09 .,\u2019\u200c"


def likeness(one: Text, other: Text) -> float:
    return alike(one, other).likeness


TEXTS = st.text(alphabet=_LETTERS, max_size=40) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("লক্ষ্মীর ভাণ্ডার", "lakshmir bhandar"),
        ("লক্ষ্মীর ভাণ্ডার", "লক্ষ্মীর  ভান্ডার!"),
        ("গোপালপুর", "Gopalpur"),
        ("পোড়া", "pora"),
        ("शिकायत", "shikayat"),
        ("ভাঙা রাস্তা", "टूटी सड़क"),
        ("পাম্প বন্ধ", "the pump is closed"),
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
@example(one="0\u093ebc", other="AB")
def test_likeness_is_the_same_either_way_round_and_bounded(one: str, other: str) -> None:
    mine, yours = prepare(one), prepare(other)
    assert alike(mine, yours) == alike(yours, mine)
    assert 0 <= likeness(mine, yours) <= 100
    assert name_other_things(mine, yours) == name_other_things(yours, mine)


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
    ("one", "other"),
    [
        # Known in one script alone; a name in one word and in two; a misspelt name.
        ("কাগজ যাচাই হয়নি, অফিস ঘোরায়", "kagoj jachai hoyni, office ghoray"),
        ("নেতাজিনগরে আলো নেই", "Netaji Nagare alo nei"),
        ("মুণ্ডেশ্বরীর বাঁধ", "মুন্ডেশরীর বাঁধ"),
    ],
)
def test_a_word_is_found_however_it_is_written(one: str, other: str) -> None:
    assert likeness(prepare(one), prepare(other)) >= 60


@pytest.mark.parametrize(
    ("one", "other", "states"),
    [
        ("পাম্প পোড়া", "পাম্প বন্ধ", 0),
        ("পাম্প পোড়া, জল নোংরা", "पंप जला", 1),
        ("পাম্প পোড়া", "পাম্প", 0),
        # Money that is asked for is what is wrong, in whatever words.
        ("ঘুষ না দিলে কাজ হয় না", "কাজ করতে টাকা চায়", 1),
        ("কিস্তি পেতে টাকা চাইছে", "কিস্তি পেতে টাকা চাইছে", 1),
    ],
)
def test_what_is_wrong_in_both_is_counted(one: str, other: str, states: int) -> None:
    assert alike(prepare(one), prepare(other)).states == states


@pytest.mark.parametrize(
    ("one", "other", "things"),
    [
        ("সেতুর রেলিং নেই", "সেতুর আলো নেই", 1),
        ("সেতুর রেলিং নেই", "সেতু", 0),
        ("সেতুর রেলিং নেই, স্কুলের সামনে", "সেতুর আলো নেই, বাজারের সামনে", 2),
        # A name is none.
        ("গোপালপুরের সেতু", "সোনামুখীর সেতু", 0),
    ],
)
def test_what_each_is_about_alone_is_counted(one: str, other: str, things: int) -> None:
    assert alike(prepare(one), prepare(other)).things == things


@pytest.mark.parametrize(
    ("one", "other", "others"),
    [
        ("কুকুরের টিকা নেই", "সাপের টিকা নেই", True),
        ("কুকুরের টিকা নেই", "कुत्ते का टीका नहीं", False),
        ("মিটারের বিল বেশি", "মিটার পোড়া", False),
        ("রাস্তা ভাঙা", "নলকূপ খারাপ", False),
    ],
)
def test_what_is_complained_of_one_at_a_time_may_be_another(one: str, other: str, *, others: bool) -> None:
    assert name_other_things(prepare(one), prepare(other)) is others
