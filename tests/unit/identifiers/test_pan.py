"""A PAN is known by its shape."""

import pytest

from functions.domain.identifiers import find, masked
from tests.unit.identifiers.written import bn, kinds


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("প্যান ABCPE1234F", "প্যান XXXXXX234F"),
        ("abcpe1234f", "XXXXXX234f"),
        ("ABCPE 1234 F", "XXXXX X234 F"),
        ("ABCPE-1234-F", "XXXXX-X234-F"),
        ("PANABCPE1234F", "PANXXXXXX234F"),
        ("PAN NoABCPE1234F", "PAN NoXXXXXX234F"),
        ("my pan is abcce 1234 f", "my pan is XXXXX X234 f"),
        (f"ABCPE{bn('1234')}F", f"XXXXXX{bn('234')}F"),
    ],
)
def test_a_pan_keeps_its_last_four_characters(text: str, after: str) -> None:
    assert kinds(text) == ["PAN"]
    assert masked(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "ABCDE1234F",
        "ABCPE0000F",
        "ABCPE12345",
        "WB19AB1234",
        "XABCPE1234F",
        # five letters, four digits and one letter are words and numbers too
        "block 2345 a",
        "BLOCK 2345 A",
        "the group 1234 a",
    ],
)
def test_what_is_no_pan_stays(text: str) -> None:
    assert find(text) == ()
