"""What is complained of is known in any words, and two problems of one thing are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import vocabulary
from functions.domain.complaints import complaints
from functions.domain.meaning import read


def told(text: str, *also: str) -> frozenset[str]:
    return complaints(read(text), also)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("ট্রান্সফর্মার পুড়ে গেছে", "পাড়ায় কারেন্ট নেই", "power-out"),
        ("সোলার পাম্প চলছে না", "ट्यूबवेल ख़राब, टंकी में पानी नहीं", "water-none"),
        ("রেশন দোকানে চাল ওজনে কম", "डीलर चावल कम देता है", "rations-short"),
        ("বেতন পায়নি চা বাগানের শ্রমিক", "garden workers have not received wages", "wages-due"),
        ("rastay boro gorto", "सड़क पर गड्ढे", "road-bad"),
    ],
)
def test_one_problem_in_other_words_is_one_complaint(one: str, other: str, shared: str) -> None:
    assert shared in told(one) & told(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("রেশন দোকানে চাল ওজনে কম", "রেশন দোকানে পচা চাল"),
        ("মিড-ডে মিল বন্ধ", "স্কুলের ছাদ ভেঙে পড়ছে"),
        ("আলু বিমার টাকা", "হাতি ধান খেয়ে গেছে"),
    ],
)
def test_another_problem_is_another_complaint(one: str, other: str) -> None:
    assert told(one)
    assert told(other)
    assert not told(one) & told(other)


@pytest.mark.parametrize(
    ("affirmed", "denied", "complaint"),
    [
        ("ডাক্তার আসে", "ডাক্তার আসে না", "doctor-none"),
        ("ডাক্তার এসেছে", "ডাক্তার আসেনি", "doctor-none"),
        ("doctor ashe", "doctor asheni", "doctor-none"),
        ("अस्पताल में डॉक्टर", "अस्पताल में डॉक्टर नहीं", "doctor-none"),
        ("doctor at the hospital", "no doctor at the hospital", "doctor-none"),
        ("রেশন ডিলার", "রেশন ডিলার দোকান খোলে না", "rations-closed"),
    ],
)
def test_what_is_denied_is_a_problem(affirmed: str, denied: str, complaint: str) -> None:
    assert complaint not in told(affirmed)
    assert complaint in told(denied)


def test_what_else_is_known_counts_too() -> None:
    assert "grant-charged" not in told("ঘরের কিস্তি")
    assert "grant-charged" in told("ঘরের কিস্তি", "money-asked")


@given(st.text(max_size=60))
def test_any_text_has_known_complaints_or_none(text: str) -> None:
    assert told(text) <= {name for name, _ in vocabulary.rows(vocabulary.COMPLAINTS)}
