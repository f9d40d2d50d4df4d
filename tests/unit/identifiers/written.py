"""How a number may be written in a text, and what is found of it."""

from typing import Any

from hypothesis import strategies as st
from stdnum import verhoeff

from functions.domain.identifiers import find

BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
HINDI = str.maketrans("0123456789", "०१२३४५६७८९")
URDU = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SANTALI = str.maketrans("0123456789", "᱐᱑᱒᱓᱔᱕᱖᱗᱘᱙")
FULL_WIDTH = str.maketrans("0123456789", "".join(map(chr, range(0xFF10, 0xFF1A))))
SCRIPTS: list[dict[int, Any]] = [{}, BENGALI, HINDI, URDU, SANTALI, FULL_WIDTH]
AADHAAR = "234567890124"
GROUPED = "2345 6789 0124"


def bn(digits: str) -> str:
    return digits.translate(BENGALI)


def kinds(text: str) -> list[str]:
    return [one.kind for one in find(text)]


def valid(base: int) -> str:
    first = f"{2 + base % 8}{base % 10**10:010d}"
    return first + verhoeff.calc_check_digit(first)


def in_groups(digits: str, size: int, gap: str) -> str:
    return gap.join(digits[at : at + size] for at in range(0, len(digits), size))


def _aadhaar(base: int, script: int, *, grouped: bool) -> str:
    digits = valid(base)
    return (in_groups(digits, 4, " ") if grouped else digits).translate(SCRIPTS[script])


AADHAARS = st.builds(_aadhaar, st.integers(0, 10**11), st.integers(0, 5), grouped=st.booleans())
