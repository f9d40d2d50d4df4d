"""Free text: NFC, no control characters, no bidirectional overrides, limits counted in characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from functions.domain import text
from functions.domain.text import CONTROLS, clean

REFUSED = [chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))]
BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]

FIELDS: list[tuple[object, int]] = [
    (text.Name, 200),
    (text.Address, 1000),
    (text.Summary, 200),
    (text.Details, 5000),
    (text.Remark, 1000),
    (text.Reason, 1000),
]


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=BIDI)))
def test_other_text_comes_out_in_nfc_and_else_unaltered(written: str) -> None:
    assert clean(written) == unicodedata.normalize("NFC", written)
    assert clean(clean(written)) == clean(written)


@pytest.mark.parametrize(
    "written",
    [
        "ঘরে জল উঠেছে\n\tদুই ফুট",
        "क्षेत्र में बिजली नहीं",
        "No water <b>since</b> Monday & nobody comes; 'DROP TABLE",
        "ক্\u200dষ and ক্\u200cষ",
        "پانی نہیں ہے\u200f",
        "🏚️",
    ],
)
def test_what_citizens_say_is_kept_as_it_is(written: str) -> None:
    assert clean(written) == unicodedata.normalize("NFC", written)


@pytest.mark.parametrize("character", REFUSED, ids=lambda character: f"U+{ord(character):04X}")
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(ValueError, match="control characters"):
        clean(f"before{character}after")


@pytest.mark.parametrize("character", BIDI, ids=lambda character: f"U+{ord(character):04X}")
def test_bidirectional_overrides_are_refused(character: str) -> None:
    with pytest.raises(ValueError, match="bidirectional"):
        clean(f"before{character}after")


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match="control characters"):
        clean("\ud800")


@given(st.text(alphabet="abc" + REFUSED[0] + BIDI[0], min_size=8))
def test_the_refusal_repeats_nothing_of_the_text(written: str) -> None:
    try:
        clean(written)
    except ValueError as error:
        assert written not in str(error)  # noqa: PT017 - whether it raises depends on the text


@pytest.mark.parametrize(("kind", "limit"), FIELDS)
def test_limits_are_met_at_their_edge(kind: object, limit: int) -> None:
    field: TypeAdapter[str] = TypeAdapter(kind)
    assert field.validate_python("ক" * limit) == "ক" * limit
    with pytest.raises(ValidationError, match=f"at most {limit} characters"):
        field.validate_python("ক" * (limit + 1))


def test_limits_count_characters_after_normalisation() -> None:
    summary: TypeAdapter[str] = TypeAdapter(text.Summary)
    # GIVEN two characters that NFC makes one, THEN twice as many fit
    assert len(summary.validate_python("e\u0301" * 200)) == 200
    # GIVEN one character that NFC makes two (a composition exclusion), THEN half as many fit
    assert len(summary.validate_python("\u09dc" * 100)) == 200
    with pytest.raises(ValidationError, match="at most 200"):
        summary.validate_python("\u09dc" * 101)


@pytest.mark.parametrize("kind", [text.Summary, text.Reason])
@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u3000"])
def test_a_summary_and_a_reason_are_not_blank(kind: object, blank: str) -> None:
    field: TypeAdapter[str] = TypeAdapter(kind)
    with pytest.raises(ValidationError, match="must not be empty"):
        field.validate_python(blank)


@pytest.mark.parametrize("code", ["A", "CC-20261124-000123", "a.b_c:d-9", "x" * 64])
def test_codes_of_other_systems_are_taken(code: str) -> None:
    assert TypeAdapter(text.Code).validate_python(code) == code


@pytest.mark.parametrize("code", ["", "x" * 65, "a b", "a/b", "é", "১২৩", "a\n", "a#b"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(text.Code).validate_python(code)


def test_what_is_refused_is_what_unicode_calls_a_control() -> None:
    for code in range(0x3000):
        character = chr(code)
        refused = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n"
        assert bool(CONTROLS.search(character)) is refused, hex(code)
    assert all(CONTROLS.search(chr(code)) for code in range(0xD800, 0xE000))
