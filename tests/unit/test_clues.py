"""Under which keys a record is found: by what it is about, however it was told and entered."""

import pytest

from functions.domain.clues import COMPLAINTS, NAMES, clues_of
from functions.domain.matter import NO_CLUES
from functions.domain.record import Kind
from local.bench.duplicates.labelled import ENTERED_OTHERWISE, Pair, read_pairs
from local.bench.duplicates.shelf import POLICE_DISTRICTS
from tests.builders import SUBJECT, registered

MOST = 2 + COMPLAINTS + NAMES
PAIRS = read_pairs()
OTHERWISE = read_pairs(ENTERED_OTHERWISE)


def keys(summary: str, **changes: object) -> set[str]:
    subject = SUBJECT.model_copy(
        update={"summary": summary, "details": None, "category": "drinking-water", "block": None, **changes}
    )
    return set(clues_of(registered(subject=subject), POLICE_DISTRICTS).keys)


def shared(pair: Pair) -> set[str]:
    one, other = (set(clues_of(record, POLICE_DISTRICTS).keys) for record in (pair.one, pair.other))
    return one & other


def test_a_record_stands_under_its_category_its_block_what_is_wrong_and_its_names() -> None:
    found = keys("রসুলপুরে টিউবওয়েল খারাপ", block="Ranaghat-II")
    assert {"320|category|drinking-water", "320|block|rngt2|drinking-water", "320|name|rslp"} <= found
    assert any(key.startswith("320|complaint|") for key in found)


@pytest.mark.parametrize(
    "text",
    [
        "রসুলপুরের টিউবওয়েলটা দশ দিন খারাপ",
        "rosulpur er tubewell kharap hoye ache",
        "रसूलपुर में चापाकल ख़राब है",
        "Tube well at Rasulpur is broken",
    ],
)
def test_other_spelling_script_and_language_share_the_name_and_the_complaint(text: str) -> None:
    common = keys("রসুলপুরে টিউবওয়েল খারাপ", category="ration") & keys(text)
    assert "320|name|rslp" in common
    assert any(key.startswith("320|complaint|") for key in common)


def test_two_spellings_of_a_block_are_one_key() -> None:
    assert "320|block|rngt2|drinking-water" in keys("জল নেই", block="রানাঘাট ২")
    assert "320|block|rngt1|drinking-water" in keys("জল নেই", block="Ranaghat-I")


def test_without_a_category_the_department_stands_there_and_else_nothing() -> None:
    assert f"320|category|{SUBJECT.department}" in keys("জল নেই", category=None)
    assert "320|category|" in keys("জল নেই", category=None, department=None)


def test_a_police_office_alone_is_in_each_of_its_districts() -> None:
    by_office = keys("জল নেই", district=None, police_office="POL-RANAGHAT")
    assert by_office == keys("জল নেই")
    in_two = keys("জল নেই", district=None, police_office="POL-KOLKATA")
    assert {key.split("|")[0] for key in in_two} == {"304", "315"}


def test_a_police_office_of_which_no_district_is_known_is_a_place_itself() -> None:
    subject = SUBJECT.model_copy(update={"district": None, "police_office": "POL-RANAGHAT"})
    found = clues_of(registered(subject=subject), {}).keys
    assert {key.split("|")[0] for key in found} == {"POL-RANAGHAT"}


def test_a_record_without_any_place_is_found_among_those_without() -> None:
    assert "|category|drinking-water" in keys("জল নেই", district=None)


def test_where_nothing_was_said_there_are_no_clues() -> None:
    assert clues_of(registered(kind=Kind.MISSED_CALL), POLICE_DISTRICTS) == NO_CLUES


def test_keys_are_few_and_hold_no_number_that_a_citizen_told() -> None:
    for pair in (*PAIRS, *OTHERWISE):
        for record in (pair.one, pair.other):
            found = clues_of(record, POLICE_DISTRICTS).keys
            assert len(found) <= 2 * MOST
            assert not any(part.isdigit() and len(part) > 4 for key in found for part in key.split("|"))


def test_a_long_text_has_no_more_keys_than_a_short_one() -> None:
    names = " ".join(f"{first}rampur{second}" for first in "bcdfgh" for second in "klmnp")
    assert len(keys(f"{names} টিউবওয়েল খারাপ, রাস্তা ভাঙা, কারেন্ট নেই", block="Gosaba")) <= MOST


@pytest.mark.parametrize(
    ("pairs", "least"),
    [
        pytest.param([pair for pair in PAIRS if not pair.is_locked], 1.0, id="entered alike"),
        pytest.param([pair for pair in OTHERWISE if not pair.is_locked], 0.9, id="entered otherwise"),
    ],
)
def test_two_calls_on_one_matter_share_a_key(pairs: list[Pair], least: float) -> None:
    same = [pair for pair in pairs if pair.label == "same"]
    assert sum(bool(shared(pair)) for pair in same) >= least * len(same)
