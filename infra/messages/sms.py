"""How many parts an SMS takes: the alphabets of 3GPP TS 23.038, the joined parts of 3GPP TS 23.040.

By table, because no library that is kept up counts parts: smsutil and python-messaging had their last release
in 2020, and smspdudecoder and gsm0338 code a text without dividing it. The alphabet is gsm0338's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = "\f^{}\\[~]|€"
_SEPTETS = dict.fromkeys(_BASIC, 1) | dict.fromkeys(_EXTENSION, 2)


class Encoding(StrEnum):
    """The alphabet that a text is sent in."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}
"""Places of a single part, and of each of several: a header that joins them takes the rest."""


@dataclass(frozen=True)
class Sms:
    """A text as it goes out.

    Attributes:
        encoding: its alphabet.
        places: what it takes: septets of GSM-7, or UTF-16 code units.
        parts: the text of each part; every one is paid.
    """

    encoding: Encoding
    places: int
    parts: tuple[str, ...]


def encoding_of(text: str) -> Encoding:
    """GSM-7 where every character is in its alphabet; a single other one makes the whole UCS-2."""
    return Encoding.GSM_7 if all(character in _SEPTETS for character in text) else Encoding.UCS_2


def places(text: str, encoding: Encoding) -> int:
    """The places that a text takes in an alphabet; characters that GSM-7 lacks count two there."""
    return sum(_places(character, encoding) for character in text)


def divided(text: str) -> Sms:
    """The parts of a text, filled from the front.

    A character of two places (GSM-7's extension, a surrogate pair) never comes to lie in two parts, so that a
    text may need a part more than its length says.
    """
    encoding = encoding_of(text)
    total = places(text, encoding)
    single, joined = ROOM[encoding]
    if total <= single:
        return Sms(encoding, total, (text,))
    parts, left = [""], joined
    for character in text:
        taken = _places(character, encoding)
        if taken > left:
            parts.append("")
            left = joined
        parts[-1] += character
        left -= taken
    return Sms(encoding, total, tuple(parts))


def _places(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM_7:
        return _SEPTETS.get(character, 2)
    return len(character.encode("utf-16-le", "surrogatepass")) // 2
