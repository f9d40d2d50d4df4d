"""What words mean in three languages, with their endings, and what is no word of the vocabulary."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import vocabulary
from functions.domain.meaning import Sort, meanings_of, read
from functions.domain.spelling import words_of

_ROWS = (
    vocabulary.THINGS,
    vocabulary.LANDMARKS,
    vocabulary.STATES,
    vocabulary.BACKGROUND,
    vocabulary.KIN,
    vocabulary.NUMBERS,
)


def names(text: str) -> list[str]:
    return [name for name in meanings_of(read(text)) if name]


@pytest.mark.parametrize(
    "text",
    [
        "জল",
        "জলের",
        "पानी",
        "pani",
        "jol",
        "water",
    ],
)
def test_words_of_one_meaning_are_one_whatever_language_and_ending(text: str) -> None:
    assert names(text) == ["water"]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("রাস্তাগুলোর গর্তে", ["road", "pothole"]),
        ("मज़दूरों को मज़दूरी", ["worker", "wages"]),
        ("the roads are not repaired", ["road", "repair"]),
        ("rastar kalvart", ["road", "culvert"]),
        ("ট্রান্সফরমার पोल", ["transformer", "pole"]),
        ("shikkhoker bandh sadak", ["teacher", "closed", "road"]),
        ("সাত দিন ७ दिन seven days", ["7", "time", "7", "time", "7", "time"]),
    ],
)
def test_endings_spelling_and_numbers_are_seen_through(text: str, meanings: list[str]) -> None:
    assert names(text) == meanings


def test_what_is_not_in_the_vocabulary_has_no_meaning() -> None:
    assert names("গোপালপুর रामजोत Tindharia") == []


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("দোকান খোলেনি", ["shop", "open"]),
        # Of one sound, and far from it in vowels: a village is no building.
        ("building", ["building"]),
        ("বালিডাঙা", []),
        # A state may be told by a verb.
        ("মালিক পালাচ্ছে", ["owner", "fled"]),
    ],
)
def test_verbs_are_known_and_names_are_left_alone(text: str, meanings: list[str]) -> None:
    assert names(text) == meanings


def test_fillers_are_known_and_tell_nothing() -> None:
    ((_, meant),) = read("কিন্তু")
    assert meant is not None
    assert (meant.sort, meant.name) == (Sort.FILLER, "")


def test_an_english_text_is_not_read_as_bengali_in_latin_letters() -> None:
    assert names("gachh bhorat kore") == ["tree", "do"]
    assert names("it is not what the gachh is for") == []
    # Letters without a vowel between them are an abbreviation, and no word as it sounds.
    assert names("sbi te taka") == ["money"]


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert [word for word, _ in read(text)] == words_of(text)


def test_no_word_stands_in_two_rows_and_none_is_a_filler_too() -> None:
    rows = defaultdict(set)
    for block in _ROWS:
        for name, words in vocabulary.rows(block):
            assert words.split(), name
            for word in words.split():
                rows[word].add(name)
    assert not {word for word, found in rows.items() if len(found) > 1}
    fillers = set(vocabulary.FILLERS.split()) | set(vocabulary.ENGLISH_FILLERS.split())
    assert not fillers & set(rows)


@pytest.mark.parametrize(
    "group", ["NUMBERED", "NUMBERED_ALONE", "BUILDINGS", "OWN", "ONE_AT_A_TIME", "SUFFERED"]
)
def test_a_group_of_meanings_has_meanings_alone(group: str) -> None:
    grouped = getattr(vocabulary, group).split()
    assert not set(grouped) - _known()
    assert len(grouped) == len(set(grouped))


def test_complaints_are_told_by_meanings_alone() -> None:
    names = [name for name, _ in vocabulary.rows(vocabulary.COMPLAINTS)]
    assert len(names) == len(set(names))
    # What a denied verb comes to is no word's meaning.
    denied = {"lacking", "undone", "not-take"}
    for name, told in vocabulary.rows(vocabulary.COMPLAINTS):
        things, _, wrongs = told.partition("&")
        assert things.split(), name
        assert wrongs.split(), name
        assert not {*things.split(), *wrongs.split()} - _known() - denied, name


def _known() -> set[str]:
    return {name for block in _ROWS for name, _ in vocabulary.rows(block)}
