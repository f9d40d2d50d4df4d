"""An account number is known by the words around it."""

import pytest

from functions.domain.identifiers import find, masked
from tests.unit.identifiers.written import bn, kinds


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
        ("acct 30123456789", "acct XXXXXXX6789"),
        ("AC/NO 30123456789", "AC/NO XXXXXXX6789"),
        ("A/C No30123456789", "A/C NoXXXXXXX6789"),
        (f"খাতা {bn('30123456789')}", f"খাতা XXXXXXX{bn('6789')}"),
        ("account no 30123 456789", "account no XXXXX XX6789"),
        (
            "my account number at the State Bank of India branch at Krishnanagar is 30123456789",
            "my account number at the State Bank of India branch at Krishnanagar is XXXXXXX6789",
        ),
    ],
)
def test_an_account_number_is_told_by_the_words_around_it(text: str, after: str) -> None:
    assert masked(text) == after
    assert kinds(text) == ["bank account number"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Indian Bank account number 6543217890", "Indian Bank account number XXXXXX7890"),
        ("my account number is: 6543217890", "my account number is: XXXXXX7890"),
        ("savings account no 07123456789", "savings account no XXXXXXX6789"),
        ("account no. 919830012345", "account no. XXXXXXXX2345"),
        ("A/C 7012345678 IFSC IDIB000K123", "A/C XXXXXX5678 IFSC IDIB000K123"),
        (
            "Krishnanagar, 7012345678, IFSC code: IDIB000K123",
            "Krishnanagar, XXXXXX5678, IFSC code: IDIB000K123",
        ),
        ("IDIB000K123: 7012345678", "IDIB000K123: XXXXXX5678"),
        ("बैंक खाता 6543217890", "बैंक खाता XXXXXX7890"),
        ("खाता संख्या 6543217890", "खाता संख्या XXXXXX7890"),
        (f"খাতার নং {bn('6543217890')}", f"খাতার নং XXXXXX{bn('7890')}"),
        (f"অ্যাকাউন্ট নম্বর: {bn('6543217890')}", f"অ্যাকাউন্ট নম্বর: XXXXXX{bn('7890')}"),
    ],
)
def test_what_could_be_a_telephone_is_an_account_where_the_words_beside_it_say_so(
    text: str, after: str
) -> None:
    assert masked(text) == after
    assert kinds(text) == ["bank account number"]


@pytest.mark.parametrize(
    "text",
    [
        # The caller has to be rung, so the word alone does not make a mobile number an account: it takes
        # "number" or "bank" beside the word, or an IFSC code that no other number has for itself.
        "account number 31, call 9830012345",
        "I have no account number. 9830012345",
        "account no, ring 9830012345",
        "IFSC SBIN0001234, mobile 9830012345",
        "phone 9830012345, IFSC SBIN0001234",
        "IFSC SBIN0001234, ph. 9830012345",
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
        "A/C of Rs 2,34,56,789",
        "account blocked on 12/11/2026 09:30",
        "account, ration card 1234567890",
        "account: reference SSM-1234-567-8901",
    ],
)
def test_telephone_numbers_references_and_dates_are_no_accounts(text: str) -> None:
    assert find(text) == ()
    assert masked(text) == text


def test_an_ifsc_code_speaks_for_one_number_only() -> None:
    text = "IFSC SBIN0001234, 31234567890, 9830012345"
    assert masked(text) == "IFSC SBIN0001234, XXXXXXX7890, 9830012345"
