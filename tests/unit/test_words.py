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
        ("বাঁচাও", "বাঁচান", False),
        ("साँप", "सांप ने काटा", True),
        ("fire/smoke in", "smoke in the ward", True),
        ("fire/smoke in", "smoke", False),
        ("মেয়ে*/ছেলে* … নিখোঁজ", "ছেলেটা কাল থেকে নিখোঁজ", True),
        ("মেয়ে*/ছেলে* … নিখোঁজ", "মেয়ে নিখোঁজ", True),
        ("মেয়ে*/ছেলে* … নিখোঁজ", "নিখোঁজ মেয়ে", False),
        ("a … b", "a 1 2 3 4 b", True),
        ("a … b", "a 1 2 3 4 5 b", False),
        ("a … … b", "a 1 2 3 4 5 6 7 8 b", True),
        ("a … … b", "a 1 2 3 4 5 6 7 8 9 b", False),
        ("a … b c", "a b 1 b c", True),
        ("a b … c", "a 1 b c", False),
    ],
)
def test_a_phrase_is_found_between_word_boundaries(phrase: str, text: str, found: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    assert Phrases.of([phrase]).occur_in(text) is found
    assert Phrases.of([unicodedata.normalize("NFD", phrase)]).occur_in(text) is found
    assert Phrases.of([phrase]).occur_in(unicodedata.normalize("NFD", text)) is found


def test_a_phrase_that_means_something_else_is_passed_over() -> None:
    phrases = Phrases.of(["bachao"], ["beti bachao"])
    assert not phrases.occur_in("Beti Bachao")
    assert phrases.occur_in("beti bachao, bachao")


def test_what_stands_in_the_gap_of_another_meaning_keeps_its_own() -> None:
    phrases = Phrases.of(["fire", "kill"], ["fire … … compensation"])
    assert not phrases.occur_in("the fire of last year, no compensation")
    assert phrases.occur_in("the fire of last year, they kill us, no compensation")
    assert phrases.occur_in("fire, fire of last year and one two three four five six seven, compensation")


def test_either_of_several_is_a_single_word() -> None:
    with pytest.raises(ValueError, match="a single word: can't/cannot"):
        Phrases.of(["can't/cannot breathe"])


def test_an_empty_list_is_found_nowhere() -> None:
    assert not Phrases.of([]).occur_in("anything")
    assert not Phrases.of([]).occur_in("")
