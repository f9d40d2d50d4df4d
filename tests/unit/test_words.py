"""Phrases are found as whole words, in scripts whose vowel signs are no letters."""

import unicodedata

import pytest

from functions.domain.words import Phrases


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("fire", "the FIRE, again", True),
        ("fire", "the fireplace", False),
        ("on fire", "on\n  fire!", True),
        ("on fire", "on a fire", False),
        ("আগুন", "ঘরে আগুন।", True),
        ("আগুন", "আগুনে", False),
        ("আগুন*", "আগুনে", True),
        ("আগুন*", "আগুন", True),
        ("বাঁধ ভেঙে*", "বাঁধ ভেঙেছে", True),
        ("বাঁধ ভেঙে*", "বাঁধ ভাঙেনি", False),
        ("মার", "মারধর", False),
        ("खून", "ख़ून बह रहा", True),
        ("का", "काम", False),
        ("can't breathe", "he can\u2019t breathe", True),
        ("a.b", "axb", False),
    ],
)
def test_a_phrase_is_found_between_word_boundaries(phrase: str, text: str, found: bool) -> None:  # noqa: FBT001
    assert Phrases.of([phrase]).occur_in(text) is found
    assert Phrases.of([unicodedata.normalize("NFD", phrase)]).occur_in(text) is found
    assert Phrases.of([phrase]).occur_in(unicodedata.normalize("NFD", text)) is found


def test_a_phrase_that_means_something_else_is_passed_over() -> None:
    phrases = Phrases.of(["bachao"], ["beti bachao"])
    assert not phrases.occur_in("Beti Bachao")
    assert phrases.occur_in("beti bachao, bachao")


def test_an_empty_list_is_found_nowhere() -> None:
    assert not Phrases.of([]).occur_in("anything")
    assert not Phrases.of([]).occur_in("")
