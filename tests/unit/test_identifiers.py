"""Personal identifiers in free text: what is found is masked, what only looks like one stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import verhoeff

from functions.domain.identifiers import find, masked
from functions.domain.reference import derive
from tests.builders import REFERENCE_KEY

BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
HINDI = str.maketrans("0123456789", "०१२३४५६७८९")
AADHAAR = "234567890124"
GROUPED = "2345 6789 0124"


def bn(digits: str) -> str:
    return digits.translate(BENGALI)


def kinds(text: str) -> list[str]:
    return [one.kind for one in find(text)]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (AADHAAR, "XXXXXXXX0124"),
        (GROUPED, "XXXX XXXX 0124"),
        ("2345-6789-0124", "XXXX-XXXX-0124"),
        ("2345 - 6789 - 0124", "XXXX - XXXX - 0124"),
        (f"আধার নম্বর {bn(GROUPED)}।", f"আধার নম্বর XXXX XXXX {bn('0124')}।"),
        (f"আমার আধার {bn(AADHAAR)}টি ভুল", f"আমার আধার XXXXXXXX{bn('0124')}টি ভুল"),
        (f"मेरा आधार {GROUPED.translate(HINDI)} है", "मेरा आधार XXXX XXXX ०१२४ है"),
        (f"two: {GROUPED} {GROUPED}", "two: XXXX XXXX 0124 XXXX XXXX 0124"),
        (f"{AADHAAR},9830012345", "XXXXXXXX0124,9830012345"),
    ],
)
def test_an_aadhaar_number_keeps_its_last_four_digits(text: str, after: str) -> None:
    assert set(kinds(text)) == {"Aadhaar number"}
    assert masked(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "234567890125",  # the check digit is another
        "2345 6789 0125",
        "123456789012",
        "023456789012",
        f"1{AADHAAR}",
        f"{AADHAAR}5",
        f"K{AADHAAR}",
        "23456 789012 4",
    ],
)
def test_twelve_digits_alone_are_no_aadhaar_number(text: str) -> None:
    assert find(text) == ()


def test_a_pan_keeps_its_last_four_characters() -> None:
    assert masked("প্যান ABCPE1234F, abcpe1234f") == "প্যান XXXXXX234F, XXXXXX234f"
    assert kinds("ABCPE1234F") == ["PAN"]


@pytest.mark.parametrize("text", ["ABCDE1234F", "ABCPE0000F", "ABCPE12345", "WB19AB1234", "XABCPE1234F"])
def test_what_is_no_pan_stays(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Account number 31234567890 is dormant", "Account number XXXXXXX7890 is dormant"),
        ("A/C-123456789", "A/C-XXXXX6789"),
        (f"অ্যাকাউন্ট নম্বর {bn('31234567890')} বন্ধ", f"অ্যাকাউন্ট নম্বর XXXXXXX{bn('7890')} বন্ধ"),
        (f"{bn('31234567890')} নম্বর অ্যাকাউন্টে টাকা আসেনি", f"XXXXXXX{bn('7890')} নম্বর অ্যাকাউন্টে টাকা আসেনি"),
        ("मेरा खाता संख्या 1234 5678 901 है", "मेरा खाता संख्या XXXX XXX8 901 है"),
        ("SBIN0001234, 31234567890", "SBIN0001234, XXXXXXX7890"),
        ("31234567890 IFSC SBIN0001234", "XXXXXXX7890 IFSC SBIN0001234"),
        ("consumer 123456789 but account 987654321", "consumer 123456789 but account XXXXX4321"),
    ],
)
def test_an_account_number_is_told_by_the_words_around_it(text: str, after: str) -> None:
    assert masked(text) == after
    assert kinds(text) == ["bank account number"]


@pytest.mark.parametrize(
    "text",
    [
        "account holder, mobile 9830012345",
        "account 9830012345",
        "account, call +91 98300 12345",
        "account, call +91-9830-012-345",
        "account, call +919830012345",
        "অ্যাকাউন্ট, ফোন ৯৮৩০০১২৩৪৫",
        "account, call 09830012345",
        "account, call 033 2214 5555",
        "account: consumer number 123456789",
        "অ্যাকাউন্ট নয়, গ্রাহক নম্বর ১২৩৪৫৬৭৮৯",
        "account: reference SSM-4821-903-7717",
        "account: reference SSM 48219037717",
        "account closed on 24-11-2026 and 25-11-2026",
        "account of Rs. 1,20,000 since 2019-2020",
        "31234567890 is a number and nothing tells which",
        "account 12345678",
        "account 1234567890123456789",
        "account 1234567 7654321",
    ],
)
def test_telephone_numbers_references_and_dates_are_no_accounts(text: str) -> None:
    assert find(text) == ()
    assert masked(text) == text


def test_a_mobile_number_with_91_is_an_aadhaar_number_only_where_one_is_spoken_of() -> None:
    dialled = "91983001234"
    dialled += verhoeff.calc_check_digit(dialled)
    assert find(f"call {dialled}") == ()
    assert find(f"call +{dialled}") == ()
    assert kinds(f"Aadhaar {dialled}") == ["Aadhaar number"]


@given(st.integers(0, 10**10 - 1))
def test_a_mobile_number_is_never_an_identifier(number: int) -> None:
    mobile = f"{6 + number % 4}{number % 10**9:09d}"
    for written in (mobile, f"+91{mobile}", f"+91 {mobile[:5]} {mobile[5:]}", f"0{mobile}", f"91{mobile}"):
        assert find(f"My account is blocked, call {written}") == ()
        assert find(f"অ্যাকাউন্ট বন্ধ, {bn(written)}") == ()


@given(st.text(max_size=20), st.integers(0, 10**6))
def test_a_reference_is_never_an_identifier(record_id: str, candidate: int) -> None:
    reference = derive(REFERENCE_KEY, "call-centre", record_id, candidate)
    assert find(f"account, {reference}") == ()


def _aadhaar(base: int, script: int, *, grouped: bool) -> str:
    first = f"{2 + base % 8}{base % 10**10:010d}"
    digits = first + verhoeff.calc_check_digit(first)
    text = " ".join((digits[:4], digits[4:8], digits[8:])) if grouped else digits
    return text.translate([{}, BENGALI, HINDI][script])


AADHAARS = st.builds(_aadhaar, st.integers(0, 10**11), st.integers(0, 2), grouped=st.booleans())
NUMBERS = st.from_regex(r"\+?[0-9]{1,20}(?:[ -][0-9]{1,6}){0,6}", fullmatch=True)
WORDS = st.sampled_from(
    ["account", "অ্যাকাউন্ট", "खाता", "SBIN0001234", "mobile", "গ্রাহক", "ABCPE1234F", "XXXX", "XXXX XXXX", "SSM-"]
)
TEXTS = st.lists(st.one_of(AADHAARS, NUMBERS, WORDS, st.text(max_size=3)), max_size=12).flatmap(
    lambda pieces: st.sampled_from([" ", "", "-", ", "]).map(lambda gap: gap.join(pieces))
)


@given(AADHAARS, st.sampled_from(["", "আধার ", "no. "]), st.sampled_from(["", " ", "টি", ", and"]))
def test_every_valid_aadhaar_number_is_found(number: str, before: str, behind: str) -> None:
    digits = "".join(filter(str.isdecimal, number))
    if digits.startswith(("91", "৯১", "९१")) and " " not in number and not before.startswith("আধার"):
        return
    assert kinds(before + number + behind) == ["Aadhaar number"]


def test_the_four_digits_that_stay_do_not_begin_another_number() -> None:
    first = "23456789512" + verhoeff.calc_check_digit("23456789512")
    # GIVEN eight digits behind it that would make a valid number of its last four
    second = first[8:] + "4567890"
    second += verhoeff.calc_check_digit(second)
    text = " ".join((first[:4], first[4:8], first[8:], second[4:8], second[8:]))
    assert kinds(" ".join((second[:4], second[4:8], second[8:]))) == ["Aadhaar number"]
    assert masked(text) == masked(masked(text)) == f"XXXX XXXX {first[8:]} {second[4:8]} {second[8:]}"


@given(TEXTS)
def test_a_mask_is_put_on_once_and_what_was_found_is_not_found_again(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    assert find(once) == ()
    assert len(once) == len(text)


@given(TEXTS)
def test_a_text_without_identifiers_stays_and_of_the_others_only_the_identifiers_change(text: str) -> None:
    found = find(text)
    once = masked(text)
    if not found:
        assert once == text
    inside = {place for one in found for place in range(one.start, one.end)}
    assert all(once[place] == text[place] for place in range(len(text)) if place not in inside)
    for one in found:
        kept = [place for place in range(one.start, one.end) if text[place].isalnum()]
        assert [once[place] for place in kept[-4:]] == [text[place] for place in kept[-4:]]
        assert {once[place] for place in kept[:-4]} == {"X"}
