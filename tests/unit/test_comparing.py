"""Each rule of the score, on a pair that it holds apart and on one that it leaves together."""

import csv
from datetime import timedelta

import pytest

from functions.domain import comparing
from functions.domain.duplicates import THRESHOLD, score
from functions.domain.record import Record
from local.layout import PROJECT
from tests.builders import CALLER, NOW, SUBJECT, numbered, registered

STRANGER = "+919830099999"
OWN = "pension-not-received"
COMMON = "drinking-water"


def called(text: str, category: str, *, name: str | None, phone: str, days: float = 0) -> Record:
    about = {"summary": text, "details": None, "category": category, "scheme": None}
    record = registered(at=NOW - timedelta(days=days), subject=SUBJECT.model_copy(update=about))
    return record.model_copy(update={"caller": CALLER.model_copy(update={"phone": phone, "name": name})})


def is_proposed(
    earlier: str,
    later: str,
    category: str,
    *,
    days: float = 1,
    phone: str = STRANGER,
    names: tuple[str | None, str | None] = ("গীতা বিশ্বাস", "সাবিত্রী মণ্ডল"),
) -> bool:
    one = numbered(called(earlier, category, name=names[0], phone=phone, days=days), 1)
    return score(one, called(later, category, name=names[1], phone=CALLER.phone)) >= THRESHOLD


@pytest.mark.parametrize(
    ("earlier", "names", "same"),
    [
        # Two widows of one village.
        ("বিধবা ভাতা মাঘ মাস থেকে পাচ্ছি না, ব্যাঙ্ক কিছু বলে না", ("গীতা বিশ্বাস", "সাবিত্রী মণ্ডল"), False),
        # A namesake is most likely the same; a son names his mother; the mother's son calls later.
        ("বিধবা ভাতা মাঘ মাস থেকে পাচ্ছি না, ব্যাঙ্ক কিছু বলে না", ("Sabitri Mondal", "সাবিত্রী মণ্ডল"), True),
        ("মা সাবিত্রী মণ্ডলের বিধবা ভাতা মাঘ থেকে বন্ধ, ব্যাঙ্ক কিছু বলে না", ("তাপস মণ্ডল", "সাবিত্রী মণ্ডল"), True),
        ("মা গীতা মণ্ডলের বিধবা ভাতা মাঘ থেকে বন্ধ, ব্যাঙ্ক কিছু বলে না", ("তাপস মণ্ডল", "সাবিত্রী মণ্ডল"), False),
        # Nobody's name is known.
        ("বিধবা ভাতা মাঘ মাস থেকে পাচ্ছি না, ব্যাঙ্ক কিছু বলে না", (None, None), False),
        # Many at once.
        ("বিধবা ভাতা মাঘ মাস থেকে অনেকে পাচ্ছি না, ব্যাঙ্ক কিছু বলে না", (None, None), True),
    ],
)
def test_a_benefit_of_ones_own_is_another_callers_only_where_they_agree(
    earlier: str, names: tuple[str | None, str | None], *, same: bool
) -> None:
    later = "বিধবা ভাতা পৌষ মাস থেকে পাচ্ছি না, ব্যাঙ্ক কিছু বলে না"
    assert is_proposed(earlier, later, OWN, names=names) is same
    # One and the same caller asks for nobody else.
    assert is_proposed(earlier, later, OWN, names=names, phone=CALLER.phone)


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        ("আমার রেশন কার্ডে আধার লিঙ্ক হয়নি, চাল দেয় না", "রেশন কার্ডে আধার লিঙ্ক হয়নি, আমাকে চাল দেয় না", False),
        ("আমাদের রেশন কার্ডে আধার লিঙ্ক হয়নি, চাল দেয় না", "রেশন কার্ডে আধার লিঙ্ক হয়নি, আমাকে চাল দেয় না", True),
        ("রেশন দোকানে চাল কম দেয়", "চাল কম দিচ্ছে রেশন দোকানে", True),
    ],
)
def test_in_other_categories_the_text_tells_whether_it_is_ones_own(
    earlier: str, later: str, *, same: bool
) -> None:
    assert is_proposed(earlier, later, "ration") is same


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        ("দাগ ১১৪২ মিউটেশন পড়ে আছে এক বছর", "দাগ ১১৭৮ মিউটেশন পড়ে আছে এক বছর", False),
        ("দাগ ১১৪২ মিউটেশন পড়ে আছে এক বছর", "plot 1142 mutation pending one year", True),
    ],
)
def test_another_number_is_another_thing_also_of_the_same_caller(
    earlier: str, later: str, *, same: bool
) -> None:
    assert is_proposed(earlier, later, "land-record", phone=CALLER.phone) is same


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        ("স্কুলের সামনের নলকূপ অকেজো, জল ওঠে না", "শিবমন্দিরের কাছে নলকূপ অকেজো, জল ওঠে না", False),
        ("স্কুলের সামনের নলকূপ অকেজো, জল ওঠে না", "স্কুলের পাশে কল খারাপ, জল ওঠে না", True),
    ],
)
def test_another_landmark_is_another_tube_well(earlier: str, later: str, *, same: bool) -> None:
    assert is_proposed(earlier, later, COMMON) is same


@pytest.mark.parametrize(
    ("earlier", "days", "same"),
    [
        ("সোলার পাম্প খারাপ, ট্যাঙ্কে জল নেই", 20, False),
        # No time for a repair and another failure: the second caller tells more.
        ("সোলার পাম্প খারাপ, ট্যাঙ্কে জল নেই", 2, True),
        # Both tell of the same repair.
        ("সোলার পাম্প সারানো হয়েছিল, আবার খারাপ, ট্যাঙ্কে জল নেই", 20, True),
    ],
)
def test_what_was_mended_between_the_calls_is_another_failure(
    earlier: str, days: float, *, same: bool
) -> None:
    later = "সোলার পাম্প সারিয়ে দিয়ে গেছিল, আবার খারাপ, ট্যাঙ্কে জল নেই"
    assert is_proposed(earlier, later, COMMON, days=days) is same


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        ("বাগানের শ্রমিকদের বোনাস দেয়নি মালিক", "বাগানের শ্রমিকদের মজুরি দেয়নি মালিক", False),
        ("বাগানের শ্রমিকদের বোনাস দেয়নি মালিক", "मालिक ने बागान के मज़दूरों को बोनस नहीं दिया", True),
        ("ইটভাটার শ্রমিকদের মজুরি বাকি, মারধর করে", "ইটভাটার শ্রমিকদের মজুরি বাকি, কারখানা বন্ধ", True),
    ],
)
def test_of_what_is_complained_of_one_at_a_time_another_one_is_another_problem(
    earlier: str, later: str, *, same: bool
) -> None:
    assert is_proposed(earlier, later, "wages-labour-welfare") is same


@pytest.mark.parametrize(
    ("later", "same"),
    [
        ("চালসার বাগানে গ্র্যাচুইটি দেয় না, মালিক ঘোরায়", False),
        ("চালসার বাগানে মালিক ঘোরায়, টিন দেয় না, ঘরে জল পড়ে", True),
    ],
)
def test_another_problem_of_the_same_thing_is_another_matter(later: str, *, same: bool) -> None:
    assert is_proposed("চালসার বাগানের কোয়ার্টারে টিন ফুটো, জল পড়ে", later, "wages-labour-welfare") is same


@pytest.mark.parametrize(
    ("where", "same"),
    [("বটতলায়", True), ("আমাদের এখানে", False)],
)
def test_what_two_callers_complain_of_must_be_told_to_be_in_one_place(where: str, *, same: bool) -> None:
    earlier = "বটতলায় ভ্যাট উপচে জঞ্জাল রাস্তায় এসে পড়েছে, কুকুর টানাটানি করে"
    later = f"{where} ময়লার গাড়ি দু সপ্তাহ দেখিনি, দুর্গন্ধে টেকা যায় না"
    assert is_proposed(earlier, later, "municipal-services") is same


@pytest.mark.parametrize(
    ("category", "scheme", "same"),
    [
        ("agriculture-support", "krishak-bandhu", False),
        ("agriculture-support", None, True),
        ("ration", "duare-ration", True),
    ],
)
def test_the_benefit_of_a_scheme_is_each_callers_own(
    category: str, scheme: str | None, *, same: bool
) -> None:
    text = "গলসির লোকের টাকা ঢোকেনি, গলসি অফিস ঘোরায়"
    one = called(text, category, name="গীতা বিশ্বাস", phone=STRANGER)
    other = called(f"{text} রোজ", category, name="সাবিত্রী মণ্ডল", phone=CALLER.phone)
    one, other = (
        record.model_copy(update={"subject": record.subject.model_copy(update={"scheme": scheme})})
        for record in (one, other)
        if record.subject is not None
    )
    assert (score(numbered(one, 1), other) >= THRESHOLD) is same


@pytest.mark.parametrize(("category", "same"), [("police-inaction", False), ("drinking-water", True)])
def test_what_is_stolen_is_its_owners_where_it_is_for_the_police(category: str, *, same: bool) -> None:
    earlier, later = "স্টেশন বাজার থেকে মোটর চুরি হয়েছে", "মোটর চুরি হয়েছে স্টেশন বাজার থেকে কাল"
    assert is_proposed(earlier, later, category) is same


def test_the_very_same_words_by_another_caller_agree() -> None:
    text = "বিধবা ভাতা পৌষ মাস থেকে পাচ্ছি না, ব্যাঙ্ক কিছু বলে না"
    assert is_proposed(text, text, OWN)


def test_what_citizens_ask_for_each_for_himself_are_categories_of_the_register() -> None:
    path = PROJECT / "functions" / "registers" / "categories.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert known >= comparing.OWN_CATEGORIES | comparing.CRIME_CATEGORIES


def test_schemes_for_all_are_of_the_register() -> None:
    path = PROJECT / "functions" / "registers" / "schemes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["code"] for row in csv.DictReader(file)} >= comparing.SCHEMES_FOR_ALL
