"""Whom a text names, however spelt and inflected."""

import pytest

from functions.domain.meaning import read
from functions.domain.people import is_namesake, names_person, relatives, share_a_relative


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("আমার মা সাবিত্রী মণ্ডলের ভাতা বন্ধ", "সাবিত্রী মণ্ডল", True),
        ("আমার মা সাবিত্রী মণ্ডলের ভাতা বন্ধ", "Sabitri Mondal", True),
        ("मेरे पिताजी रामबली पासवान की पेंशन", "रामबली पासवान", True),
        ("husband Tapan Ghosal's scooty", "Tapan Ghosal", True),
        # Another one of the same last name; one name alone; titles are no names.
        ("আমার মা সাবিত্রী মণ্ডলের ভাতা বন্ধ", "গীতা মণ্ডল", False),
        ("আমার মা সাবিত্রী মণ্ডলের ভাতা বন্ধ", "সাবিত্রী", False),
        ("শেখ মইদুলের কল", "শেখ মইদুল", False),
        ("35 hajar cash lagbe", "Jiarul Haque", False),
        ("আমার মা সাবিত্রী মণ্ডলের ভাতা বন্ধ", None, False),
    ],
)
def test_a_person_is_named_by_first_and_last_name(text: str, name: str | None, *, named: bool) -> None:
    assert names_person(read(text), name) is named


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("মমতা দাস", "Mamata Das", True),
        ("মমতা দাস", "রূপালী দাস", False),
        ("মো. রহিম শেখ", "রহিম শেখ", False),
        ("শেখ মইদুল", "শেখ মাইনুল", False),
        (None, "Mamata Das", False),
    ],
)
def test_full_names_may_be_alike(one: str | None, other: str | None, *, same: bool) -> None:
    assert is_namesake(one, other) is is_namesake(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("my son Rehan", "আমার ছেলে রেহানের ফর্ম", True),
        ("मेरी बेटी शबनम", "मेरी बहन शबनम", True),
        ("my son Rehan", "আমার ছেলে আরিফের ফর্ম", False),
        ("my son", "আমার ছেলে রেহানের ফর্ম", False),
        # Of a short name the vowels count.
        ("my daughter Tiya", "আমার মেয়ে তিয়ার ফর্ম", True),
        ("my daughter Tiya", "আমার মেয়ে মায়ার ফর্ম", False),
    ],
)
def test_a_relative_may_be_named_by_both(one: str, other: str, *, shared: bool) -> None:
    assert share_a_relative(relatives(read(one)), relatives(read(other))) is shared
