"""Words in Latin letters, and what of them survives spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.spelling import Script, words_of


def sounds(text: str) -> list[str]:
    return [word.sound for word in words_of(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("লক্ষ্মীর ভাণ্ডার", "lakshmir bhandar"),
        ("লক্ষ্মীর ভাণ্ডার", "লক্ষ্মীর  ভান্ডার!"),
        ("শিক্ষক", "shikkhok"),
        ("শংসাপত্র", "songsapotro"),
        ("যাচাই", "jachai"),
        ("যাচ্ছে", "jacche"),
        ("গোপালপুর", "Gopalpur"),
        ("পোড়া", "pora"),
        ("বাঁধ", "badh"),
        ("शिकायत लिखाई", "shikayat likhai"),
        ("१२ दिन", "১২ दिन"),
        ("ওয়ার্ড ৮", "ward 8"),
        ("১,৩০০ টাকা।", "1300 টাকা"),
        ("\u09af\u09bc", "\u09df"),
    ],
)
def test_script_and_spelling_make_no_difference(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


def test_numbers_stand_alone_also_in_one_with_letters() -> None:
    assert [word.latin for word in words_of("৯৮নং WB2984417, 1,2")] == ["98", "nn", "wb", "2984417", "1", "2"]


def test_written_vowels_tell_apart_what_sounds_alike() -> None:
    jola, jela, typed = words_of("জলা জেলা jela")
    assert jola.sound == jela.sound
    assert jola.loose != jela.loose == typed.loose


def test_words_know_their_script() -> None:
    assert [word.script for word in words_of("জল पानी pani")] == [Script.BENGALI, Script.HINDI, Script.LATIN]


@given(st.text(max_size=40))
def test_any_text_has_words_with_letters_and_digits_alone(text: str) -> None:
    for word in words_of(text):
        assert word.latin.isascii()
        assert word.latin.isalnum()
        assert not set(word.sound) & set("eiouy")
