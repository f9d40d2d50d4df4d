"""References: made to be read aloud and typed back, and never guessable in sequence."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.errors import Refused
from functions.domain.reference import derive, parse

KEY = b"sixteen bytes ok"
record_ids = st.from_regex(r"[A-Za-z0-9._:-]{1,64}", fullmatch=True)
references = st.builds(derive, st.just(KEY), st.just("call-centre"), record_ids, st.integers(0, 4))
places = st.integers(0, 10)


def digits_of(reference: str) -> str:
    return re.sub(r"[^0-9]", "", reference)


def spelt(digits: str) -> str:
    return f"SSM-{digits[:4]}-{digits[4:7]}-{digits[7:]}"


@given(references)
def test_what_is_derived_is_parsed_back(reference: str) -> None:
    assert re.fullmatch(r"SSM-[0-9]{4}-[0-9]{3}-[0-9]{4}", reference)
    assert parse(reference) == reference


@given(references)
def test_hyphens_and_capitals_do_not_matter_when_it_is_typed_back(reference: str) -> None:
    digits = digits_of(reference)
    assert parse(f"ssm{digits}") == reference
    assert parse(f"  SSM {digits[:4]} {digits[4:7]} {digits[7:]} ") == reference


@given(references, places, st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(reference: str, place: int, off_by: int) -> None:
    digits = digits_of(reference)
    wrong = str((int(digits[place]) + off_by) % 10)
    with pytest.raises(Refused, match="mistyped"):
        parse(spelt(digits[:place] + wrong + digits[place + 1 :]))


@given(references, st.integers(0, 9))
def test_every_swap_of_two_neighbours_is_caught(reference: str, place: int) -> None:
    digits = digits_of(reference)
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped == digits:
        assert parse(spelt(swapped)) == reference
        return
    with pytest.raises(Refused, match="mistyped"):
        parse(spelt(swapped))


@given(st.text(max_size=30))
def test_any_other_text_is_refused_and_nothing_else_goes_wrong(text: str) -> None:
    try:
        reference = parse(text)
    except Refused:
        return
    assert re.fullmatch(r"SSM-[0-9]{4}-[0-9]{3}-[0-9]{4}", reference)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SSM-4821-903-771",
        "SSM-4821-903-77170",
        "SSM-4821--903-7717",
        "CMO-4821-903-7717",
        "SSM-৪৮২১-৯০৩-৭৭১৭",
        "SSM-4821-903-7717/../x",
    ],
)
def test_what_is_not_of_the_form_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="eleven digits"):
        parse(text)


def test_the_same_record_finds_itself_again() -> None:
    assert derive(KEY, "call-centre", "CC-1") == derive(KEY, "call-centre", "CC-1", 0)


def test_sender_record_candidate_and_key_each_make_another_reference() -> None:
    made = {
        derive(KEY, "call-centre", "CC-1"),
        derive(KEY, "field", "CC-1"),
        derive(KEY, "call-centre", "CC-2"),
        derive(KEY, "call-centre", "CC-1", 1),
        derive(b"another key of sixteen", "call-centre", "CC-1"),
    }
    assert len(made) == 5


def test_records_in_sequence_have_references_out_of_sequence() -> None:
    in_sequence = [int(digits_of(derive(KEY, "call-centre", f"CC-{number}"))) for number in range(200)]
    steps = {later - earlier for earlier, later in pairwise(in_sequence)}
    assert len(steps) == 199
    assert in_sequence != sorted(in_sequence)


@pytest.mark.parametrize("text", ["4821-903-7717", "SSM-4821-903-7718"])
@pytest.mark.parametrize("at", [None, "/duplicate_of"])
def test_a_refusal_points_at_the_place_that_it_is_told(text: str, at: str | None) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, at=at)
    assert [fault.pointer for fault in refused.value.faults] == [at]
