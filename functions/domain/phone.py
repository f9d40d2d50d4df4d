"""Telephone numbers: whatever was written down, kept as E.164.

Validity follows Google's libphonenumber metadata (``phonenumberslite``), read as seen from India, so
``098300 12345``, ``+91 98300-12345`` and a landline with its STD code are all understood.
"""

from __future__ import annotations

from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, WithJsonSchema

_HOME_REGION = "IN"
_LONGEST = 32  # E.164 has 15 digits; the rest is room for spaces and brackets


def to_e164(text: str) -> str:
    """The number as E.164, such as ``+919830012345``.

    Raises:
        ValueError: it is no telephone number. The message does not repeat it.
    """
    message = "not a valid telephone number"
    if len(text) > _LONGEST:
        raise ValueError(message)
    try:
        number = phonenumbers.parse(text, _HOME_REGION)
    except phonenumbers.NumberParseException:
        raise ValueError(message) from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise ValueError(message)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def takes_sms(number: str) -> bool:
    """Whether an SMS can reach a number, E.164: a landline takes none.

    In some countries the number does not tell which it is; then it is taken for a mobile one.
    """
    parsed = phonenumbers.parse(number)
    return phonenumbers.number_type(parsed) != phonenumbers.PhoneNumberType.FIXED_LINE


Phone = Annotated[
    str,
    AfterValidator(to_e164),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": _LONGEST,
            "description": "A valid telephone number as E.164, or as it is spoken and written in India: with "
            "or without +91 or 0, with its STD code, with spaces, hyphens and brackets. Without a country "
            "code it is an Indian one. It is kept as E.164.",
            "examples": ["+917000010001", "070000 10001", "033 2214 5555"],
        },
        mode="validation",
    ),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\+[1-9][0-9]{1,14}$",
            "description": "A telephone number as E.164.",
            "examples": ["+917000010001"],
        },
        mode="serialization",
    ),
]
"""A field that takes any spelling of a valid number and holds E.164."""
