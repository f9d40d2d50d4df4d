"""Forms of a verb are known by its stem and an ending of its script, or as they sound."""

import pytest

from functions.domain.spelling import words_of
from functions.domain.verbs import verb_of


def verb(written: str) -> str | None:
    (word,) = words_of(written)
    return verb_of(word)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("খোলে", "open"),
        ("খোলেনি", "open"),
        ("খুলছে", "open"),
        ("খুলেছিল", "open"),
        ("पहुँचता", "reach"),
        ("भेजेंगे", "sent"),
        ("khulche", "open"),
        ("khuleni", "open"),
        ("पकड़ा", "catch"),
    ],
)
def test_a_form_is_of_its_verb(written: str, name: str) -> None:
    assert verb(written) == name


@pytest.mark.parametrize(
    "written",
    [
        # What stands behind the stem is no ending; no stem; a place of many vowels.
        "খোলাবাজার",
        "গোপালপুর",
        "lalgola",
        # In Latin letters a stem of one sound may be any, and one of two verbs is neither.
        "hai",
        "bhorat",
    ],
)
def test_what_only_begins_like_a_verb_is_none(written: str) -> None:
    assert verb(written) is None
