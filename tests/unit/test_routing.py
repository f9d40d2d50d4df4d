"""Whose matter it is: the police first, then the department, then the district, else the CMO."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain import routing
from functions.domain.office import Level, Office, OfficeKind, Officer, in_post, may_serve
from functions.domain.record import Subject
from tests.builders import officer

TODAY = date(2026, 11, 24)
REGISTERS = registers()


@pytest.mark.parametrize(
    ("named", "office"),
    [
        ({"department": "HFW", "district": "320", "police_office": "POL-RANAGHAT"}, "POL-RANAGHAT"),
        ({"department": "HFW", "district": "320"}, "HFW"),
        ({"district": "320"}, "320"),
        ({"district": "320", "police_office": "POL-RANAGHAT"}, "POL-RANAGHAT"),
        ({}, "CMO"),
    ],
)
def test_the_office_in_charge(named: dict[str, str], office: str) -> None:
    subject = Subject.model_validate({"summary": "A matter", **named})
    assert routing.office_for(subject, REGISTERS.offices).code == office


@pytest.mark.parametrize(("offset", "serves"), [(-1, False), (0, True), (5, True), (9, True), (10, False)])
def test_first_and_last_day_count(offset: int, serves: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    serving = officer(valid_from=TODAY, valid_to=TODAY + timedelta(days=9))
    assert serving.serves_on(TODAY + timedelta(days=offset)) is serves


@given(st.lists(st.tuples(st.integers(-9, 9), st.none() | st.integers(-9, 9)), max_size=6))
def test_of_several_in_post_the_latest_named_holds_it(terms: list[tuple[int, int | None]]) -> None:
    officers = [
        officer(
            valid_from=TODAY + timedelta(days=start),
            valid_to=None if end is None else TODAY + timedelta(days=end),
        )
        for start, end in terms
    ]
    found = in_post(officers, Level.NODAL, TODAY)
    serving = [each for each in officers if each.serves_on(TODAY)]
    assert (found is None) == (not serving)
    assert found is None or found.valid_from == max(each.valid_from for each in serving)


@pytest.mark.parametrize(
    ("level", "office", "rank", "reason"),
    [
        (Level.NODAL, "HFW", "Joint Secretary", None),
        (Level.NODAL, "HFW", "Principal Secretary", None),
        (Level.NODAL, "HFW", "Deputy Secretary", "below the SOP's floor"),
        (Level.HEAD, "HFW", "Deputy Secretary", None),
        (Level.NODAL, "320", "Additional District Magistrate", None),
        (Level.NODAL, "320", "Sub-Divisional Officer", "below the SOP's floor"),
        (Level.NODAL, "320", "Joint Secretary", "is not a rank of the district ladder"),
        (Level.NODAL, "POL-RANAGHAT", "Inspector", None),
        (Level.NODAL, "POL-RANAGHAT", "Commissioner of Police", "not a rank of the police district ladder"),
        (Level.NODAL, "POL-KOLKATA", "Deputy Commissioner of Police", None),
        (Level.HEAD, "HFW", "joint secretary", "not a rank"),
    ],
)
def test_the_floor_of_rank_is_the_sops(level: Level, office: str, rank: str, reason: str | None) -> None:
    found = may_serve(level, REGISTERS.offices[office], rank, REGISTERS.ranks)
    assert (found is None) if reason is None else (found is not None and reason in found)


def test_every_office_of_the_registers_has_a_ladder() -> None:
    ladders = {rank.ladder for rank in REGISTERS.ranks}
    assert len(ladders) == len(OfficeKind)
    for office in REGISTERS.offices.values():
        assert may_serve(Level.HEAD, office, "Tele-caller", REGISTERS.ranks) is not None


@pytest.mark.parametrize(
    ("language", "shown"), [("bn", "নদিয়া"), ("en", "Nadia"), ("hi", "Nadia"), ("", "Nadia")]
)
def test_an_office_is_called_in_bengali_or_else_in_english(language: str, shown: str) -> None:
    office = Office(code="320", kind=OfficeKind.DISTRICT, name="Nadia", name_bn="নদিয়া")
    assert office.name_in(language) == shown
    assert office.model_copy(update={"name_bn": None}).name_in(language) == "Nadia"


@pytest.mark.parametrize("language", ["ack", "", "..", "Bengali"])
def test_an_officer_reads_a_language_that_the_contract_names(language: str) -> None:
    with pytest.raises(ValueError, match="language"):
        officer(language=language)
    assert Officer.model_validate(officer(language="ne").model_dump()).language == "ne"
