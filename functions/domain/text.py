"""Free text as the contract wants it: NFC, no control characters, no bidirectional overrides.

Source: Unicode Standard Annex 15 (normalisation) and Annex 9 (the bidirectional formatting characters
U+202A-U+202E and U+2066-U+2069, with which a text can be made to read otherwise than it is stored).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, WithJsonSchema

SUMMARY_LENGTH = 200
DETAILS_LENGTH = 5000
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters other than tab and newline, and lone surrogates (Unicode categories Cc and Cs)."""
THIN_WORDS = 6
"""A text of fewer words hardly says anything."""


def clean(text: str) -> str:
    """The text in NFC.

    Raises:
        ValueError: the text has a control character other than tab and newline, a lone surrogate or a
            bidirectional override. The message does not repeat the text.
    """
    text = unicodedata.normalize("NFC", text)
    if BIDI_CONTROLS.search(text):
        message = "bidirectional override characters are not allowed"
        raise ValueError(message)
    if CONTROLS.search(text):
        message = "control characters other than tab and newline are not allowed"
        raise ValueError(message)
    return text


def _no_longer_than(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > limit:
            message = f"at most {limit} characters are allowed"
            raise ValueError(message)
        return text

    return AfterValidator(check)


def _not_blank(text: str) -> str:
    if not text.strip():
        message = "must not be empty"
        raise ValueError(message)
    return text


# What a schema can say of the same: the ranges are those of ``clean``, which judges.
_REFUSED = r"\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069"
_CLEAN = f"^[^{_REFUSED}]*$"
_CLEAN_NOT_BLANK = rf"^[^{_REFUSED}]*[^\s{_REFUSED}][^{_REFUSED}]*$"


def _told(limit: int, pattern: str = _CLEAN) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "maxLength": limit, "pattern": pattern}, mode="validation")


# Limits count characters after normalisation, so the length is looked at behind ``clean``.
Name = Annotated[str, AfterValidator(clean), _no_longer_than(200), _told(200)]
Address = Annotated[str, AfterValidator(clean), _no_longer_than(1000), _told(1000)]
Summary = Annotated[
    str,
    AfterValidator(clean),
    _no_longer_than(SUMMARY_LENGTH),
    AfterValidator(_not_blank),
    _told(SUMMARY_LENGTH, _CLEAN_NOT_BLANK),
]
Details = Annotated[str, AfterValidator(clean), _no_longer_than(DETAILS_LENGTH), _told(DETAILS_LENGTH)]
Remark = Annotated[str, AfterValidator(clean), _no_longer_than(1000), _told(1000)]
Reason = Annotated[
    str,
    AfterValidator(clean),
    _no_longer_than(1000),
    AfterValidator(_not_blank),
    _told(1000, _CLEAN_NOT_BLANK),
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
"""An identifier that another system gave: a record, an agent, an analyst."""
Language = Literal["bn", "hi", "en", "ne", "ur", "sat"]
"""What a caller speaks or an officer reads."""
