"""Telephone numbers: any spelling of a valid one, kept as E.164."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from functions.domain.phone import Phone, takes_sms, to_e164


@pytest.mark.parametrize(
    "spelling",
    [
        "+919830012345",
        "+91 98300-12345",
        "098300 12345",
        "9830012345",
        "(+91) 98300 12345",
        "0091 98300 12345",
        "+৯১৯৮৩০০১২৩৪৫",
    ],
)
def test_any_spelling_of_a_mobile_number_is_one_number(spelling: str) -> None:
    assert to_e164(spelling) == "+919830012345"


def test_a_landline_with_its_std_code_is_understood() -> None:
    assert to_e164("033 2214 5555") == "+913322145555"


@pytest.mark.parametrize(
    ("number", "takes"),
    [
        ("+919830012345", True),
        ("+917000010001", True),
        ("+8801712345678", True),
        ("+12125550123", True),  # of an American number nobody can tell
        ("+913322145555", False),
        ("+913472252106", False),
    ],
)
def test_a_landline_takes_no_sms(number: str, *, takes: bool) -> None:
    assert takes_sms(number) is takes


@pytest.mark.parametrize("abroad", ["+8801712345678", "+971501234567", "+12125550123", "+9779841234567"])
def test_callers_outside_india_are_served(abroad: str) -> None:
    assert to_e164(abroad) == abroad


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "12345",
        "+91983001234",
        "+9198300123456",
        "+999123456789",
        "9137091370 ext. 5",
        "not a number",
        "tel:",
        "9" * 33,
        "+919830012345" + " " * 20,
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="not a valid telephone number") as refused:
        to_e164(text)
    assert not text or text not in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_either_a_number_or_refused(text: str) -> None:
    try:
        number = to_e164(text)
    except ValueError as error:
        assert str(error) == "not a valid telephone number"  # noqa: PT017 - it depends on the text
    else:
        assert phonenumbers.is_valid_number(phonenumbers.parse(number))
        assert to_e164(number) == number


@given(st.integers(6_000_000_000, 9_999_999_999))
def test_a_number_kept_is_kept_the_same_when_it_comes_again(subscriber: int) -> None:
    try:
        first = to_e164(str(subscriber))
    except ValueError:
        assert not phonenumbers.is_valid_number(phonenumbers.parse(str(subscriber), "IN"))
    else:
        assert first == f"+91{subscriber}"
        assert to_e164(first) == first


def test_the_validation_error_of_a_field_hides_the_number() -> None:
    field: TypeAdapter[str] = TypeAdapter(Phone)
    with pytest.raises(ValidationError) as refused:
        field.validate_python("98300")
    assert refused.value.errors(include_input=False)[0]["msg"] == "Value error, not a valid telephone number"
