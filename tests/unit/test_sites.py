"""Where a text tells that the thing is, and whether two tell of other places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.meaning import read
from functions.domain.sites import lie_elsewhere, site

TEXTS = st.text(alphabet="কখগপুর্তেয়াে रपुमें abghnt stop .", max_size=40)


def elsewhere(one: str, other: str) -> bool:
    return lie_elsewhere(site(read(one)), site(read(other)))


@pytest.mark.parametrize(
    ("one", "other", "others"),
    [
        ("গোপালপুর গ্রামের নলকূপ", "রসুলপুর গ্রামের নলকূপ", True),
        ("গোপালপুর গ্রামের নলকূপ", "Gopalpure nolkup", False),
        ("গোপালপুর থেকে রসুলপুর রাস্তা", "রসুলপুরের রাস্তা", False),
        ("রাস্তা ভাঙা", "রসুলপুরের রাস্তা", False),
        ("দুপুরে আলো নেই", "রসুলপুরে আলো নেই", False),
        # By what stands beside the name, or by its case, where its ending does not tell.
        ("মাসড়া গ্রামে বিদ্যুৎ নেই", "আয়াস গ্রামে বিদ্যুৎ নেই", True),
        ("বাঁধ চেমাগুড়িতে ফেটেছে", "বাঁধ কচুবেড়িয়ার কাছে ফেটেছে", True),
        ("बागडोगरा में सड़क टूटी", "नक्सलबाड़ी में सड़क टूटी", True),
        ("road blocked near Tindharia", "road blocked near Simulbari", True),
        ("road blocked near Tindharia", "Tindharia road is blocked", False),
        # A name counts wherever the other one tells it.
        ("নেতাজিনগরে ম্যানহোল", "manhole at Netaji Nagar", False),
        # Of a way one end may be another.
        ("কালিন্দী থেকে বালিসাই যাওয়ার রাস্তা", "কালিন্দী থেকে দেপাল যাওয়ার রাস্তা", True),
        ("কালিন্দী থেকে বালিসাই যাওয়ার রাস্তা", "বালিসাই থেকে কালিন্দী পর্যন্ত রাস্তা", False),
        ("कालिंदी से बालिसाई जाने वाली सड़क", "কালিন্দী থেকে দেপাল যাওয়ার রাস্তা", True),
        ("no bus from Mirik to Lebong", "no bus from Mirik to Simulbari", True),
        ("no bus from Mirik to Lebong", "no bus from Lebong to Mirik", False),
        # That something is from there is no way.
        ("গোসাবা থেকে জানাচ্ছি", "কুলতলি থেকে জানাচ্ছি", False),
        # Quarters of one village.
        ("গোপালপুর রুইদাস পাড়ার কল", "গোপালপুর বাউরি পাড়ার কল", True),
        ("গোপালপুর রুইদাস পাড়ার কল", "গোপালপুরের কল, রুইদাস পাড়ায়", False),
    ],
)
def test_places_that_are_named_may_be_others(one: str, other: str, *, others: bool) -> None:
    assert elsewhere(one, other) is others


@pytest.mark.parametrize(
    ("one", "other", "others"),
    [
        ("স্কুলের সামনের নলকূপ", "শিবমন্দিরের কাছে নলকূপ", True),
        ("স্কুলের সামনের নলকূপ", "স্কুলের পাশের কল", False),
        ("মোড় থেকে হাটতলা রাস্তা", "মোড় থেকে স্টেশন রাস্তা", True),
        ("হাটতলা যাওয়ার রাস্তা", "মোড় থেকে হাটতলা রাস্তা", False),
        ("tap in front of the school", "tap near the station", True),
        ("school er samne culvert", "haat er culvert", True),
        # A school is a landmark only for what stands beside it.
        ("স্কুলে শিক্ষক নেই", "স্টেশনে আলো নেই", False),
    ],
)
def test_each_may_tell_of_a_landmark_that_the_other_does_not(one: str, other: str, *, others: bool) -> None:
    assert elsewhere(one, other) is others


@given(one=TEXTS, other=TEXTS)
def test_it_is_the_same_either_way_round_and_never_elsewhere_from_itself(one: str, other: str) -> None:
    assert elsewhere(one, other) == elsewhere(other, one)
    assert not elsewhere(one, one)
