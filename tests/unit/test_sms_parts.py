"""How many parts an SMS takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.messages.sms import ROOM, Encoding, divided, encoding_of, places

BENGALI = "স"
PAIR = "😀"


@pytest.mark.parametrize(
    ("text", "encoding", "taken", "parts"),
    [
        ("a" * 160, Encoding.GSM_7, 160, 1),
        ("a" * 161, Encoding.GSM_7, 161, 2),
        ("a" * 306, Encoding.GSM_7, 306, 2),
        ("a" * 307, Encoding.GSM_7, 307, 3),
        ("@£èñÜ\n", Encoding.GSM_7, 6, 1),
        ("[" * 80, Encoding.GSM_7, 160, 1),
        ("[" * 81, Encoding.GSM_7, 162, 2),
        # A septet stays empty at the end of the first part: an escape and what it escapes are not parted.
        ("a" * 152 + "[" * 77, Encoding.GSM_7, 306, 3),
        (BENGALI * 70, Encoding.UCS_2, 70, 1),
        (BENGALI * 71, Encoding.UCS_2, 71, 2),
        (BENGALI * 134, Encoding.UCS_2, 134, 2),
        (BENGALI * 135, Encoding.UCS_2, 135, 3),
        ("a" * 69 + "—", Encoding.UCS_2, 70, 1),
        ("a" * 70 + "—", Encoding.UCS_2, 71, 2),
        # Likewise the halves of a surrogate pair.
        (BENGALI * 66 + PAIR + BENGALI * 66, Encoding.UCS_2, 134, 3),
        (BENGALI * 65 + PAIR + BENGALI * 67, Encoding.UCS_2, 134, 2),
        ("", Encoding.GSM_7, 0, 1),
    ],
)
def test_parts_by_the_alphabet(text: str, encoding: Encoding, taken: int, parts: int) -> None:
    sms = divided(text)
    assert (sms.encoding, sms.places, len(sms.parts)) == (encoding, taken, parts)


@given(st.text(st.sampled_from("a[€\n" + BENGALI + PAIR), max_size=400))
def test_the_parts_are_the_text_and_each_has_room(text: str) -> None:
    sms = divided(text)
    single, joined = ROOM[sms.encoding]
    assert "".join(sms.parts) == text
    assert all(
        places(part, sms.encoding) <= (single if len(sms.parts) == 1 else joined) for part in sms.parts
    )
    assert sum(places(part, sms.encoding) for part in sms.parts) == sms.places
    # No part is begun while the next character still has room in the one before.
    for before, after in zip(sms.parts, sms.parts[1:], strict=False):
        assert places(before + after[0], sms.encoding) > joined


@given(st.text())
def test_any_text_has_an_alphabet(text: str) -> None:
    assert divided(text).encoding is encoding_of(text)
