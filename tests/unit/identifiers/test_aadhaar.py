"""An Aadhaar number is known by its check digit and by what stands around it."""

import pytest
from stdnum import verhoeff

from functions.domain.identifiers import find, masked
from tests.unit.identifiers.written import AADHAAR, FULL_WIDTH, GROUPED, HINDI, SANTALI, URDU, bn, kinds


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
        # letters that touch it
        (f"Aadhaar No{AADHAAR}", "Aadhaar NoXXXXXXXX0124"),
        (f"Aadhaar{AADHAAR}", "AadhaarXXXXXXXX0124"),
        (f"UID{AADHAAR}", "UIDXXXXXXXX0124"),
        (f"{AADHAAR}is my Aadhaar", "XXXXXXXX0124is my Aadhaar"),
        # what parts the groups
        ("2345.6789.0124", "XXXX.XXXX.0124"),
        ("2345/6789/0124", "XXXX/XXXX/0124"),
        ("2345, 6789, 0124", "XXXX, XXXX, 0124"),
        ("2345\n6789\n0124", "XXXX\nXXXX\n0124"),
        ("2345\t6789\t0124", "XXXX\tXXXX\t0124"),
        ("2345   6789   0124", "XXXX   XXXX   0124"),
        ("2345\u20116789\u20110124", "XXXX\u2011XXXX\u20110124"),
        ("2345\u20146789\u20140124", "XXXX\u2014XXXX\u20140124"),
        ("2345\u22126789\u22120124", "XXXX\u2212XXXX\u22120124"),
        ("2345\u200b6789\u200b0124", "XXXX\u200bXXXX\u200b0124"),
        ("2345:6789:0124", "XXXX:XXXX:0124"),
        ("(2345) (6789) (0124)", "(XXXX) (XXXX) (0124)"),
        ("2345 6789-0124", "XXXX XXXX-0124"),
        # other groups
        ("234567 890124", "XXXXXX XX0124"),
        ("234 567 890 124", "XXX XXX XX0 124"),
        ("2 3 4 5 6 7 8 9 0 1 2 4", "X X X X X X X X 0 1 2 4"),
        ("আধার 23456 789 0124", "আধার XXXXX XXX 0124"),
        ("আধার নম্বর: 2345 6789, 0124", "আধার নম্বর: XXXX XXXX, 0124"),
        ("23456 789 0124 আমার আধার", "XXXXX XXX 0124 আমার আধার"),
        # other digits
        (AADHAAR.translate(URDU), f"XXXXXXXX{'0124'.translate(URDU)}"),
        (f"آدھار {GROUPED.translate(URDU)}", f"آدھار XXXX XXXX {'0124'.translate(URDU)}"),
        (GROUPED.translate(SANTALI), f"XXXX XXXX {'0124'.translate(SANTALI)}"),
        (AADHAAR.translate(FULL_WIDTH), f"XXXXXXXX{'0124'.translate(FULL_WIDTH)}"),
        # the word stands behind
        ("916789012347 আমার আধার নম্বর", "XXXXXXXX2347 আমার আধার নম্বর"),
        # what stands before it is another number
        (f"SSM-4821-903-7717 {GROUPED}", "SSM-4821-903-7717 XXXX XXXX 0124"),
        (f"+91 98300 12345, {GROUPED}", "+91 98300 12345, XXXX XXXX 0124"),
        (f"+974 4412 3456 {GROUPED}", "+974 4412 3456 XXXX XXXX 0124"),
        (f"033 2214 5555, {GROUPED}", "033 2214 5555, XXXX XXXX 0124"),
        ("741101, 234567 890124", "741101, XXXXXX XX0124"),
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
        "234, 567, 890, 124",
        "PIN 234567 890124",
        "2345 6789; 0124",
        "reference WBS234567890124",
    ],
)
def test_twelve_digits_alone_are_no_aadhaar_number(text: str) -> None:
    assert find(text) == ()


def test_a_mobile_number_with_91_is_an_aadhaar_number_only_where_one_is_spoken_of() -> None:
    dialled = "91983001234"
    dialled += verhoeff.calc_check_digit(dialled)
    assert find(f"call {dialled}") == ()
    assert find(f"call +{dialled}") == ()
    assert kinds(f"Aadhaar {dialled}") == ["Aadhaar number"]
