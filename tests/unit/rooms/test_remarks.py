"""The mail about an upload that is in force names the offices that nobody answers for."""

from __future__ import annotations

import pytest

from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.office import Level, Officer
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS, HOLIDAYS, OFFICERS, ROUTING, SERVICE_LEVELS
from tests.builders import NOW, officer, upload
from tests.fakes import SAMPLES, FakePorts
from tests.unit.rooms.test_in_use import A_DAY, APEX, CELL, HEAD, TODAY, as_file

FISH = officer("FISH")
LEFT = "These offices had a nodal officer"
NAMED = "Rules name these offices"


def told(outside: FakePorts, *officers: Officer, version: str = "v1", day: int = 0) -> list[str]:
    """The lines of the outcome's mail that name an office."""
    come = upload(version, at=NOW + day * A_DAY)
    outside.uploads.files[OFFICERS, version] = as_file(officers)
    outside.messaging.mails.clear()
    assert apply(outside, CELL, OFFICERS, version, come) is Outcome.APPLIED
    text = outside.messaging.mails[0].text
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert (LEFT in text) is bool(lines)
    return lines


@pytest.fixture(autouse=True)
def _three_offices(outside: FakePorts) -> None:
    outside.registry.officers = [officer(), HEAD, FISH, APEX]


def test_where_every_office_keeps_its_nodal_officer_nothing_is_said(outside: FakePorts) -> None:
    assert told(outside, officer(name="Next"), FISH, APEX) == []


def test_an_office_that_vanishes_from_the_file_is_named(outside: FakePorts) -> None:
    assert told(outside, officer(), APEX) == ["- Fisheries (FISH): last day was 24 Nov 2026"]


def test_so_is_one_that_goes_on_with_its_head_since_its_nodal_officer_has_gone(outside: FakePorts) -> None:
    outside.registry.officers[0] = officer(valid_to=TODAY - A_DAY)
    assert told(outside, HEAD, FISH, APEX) == ["- Health and Family Welfare (HFW): last day was 23 Nov 2026"]


def test_one_that_never_had_any_is_not(outside: FakePorts) -> None:
    assert told(outside, officer(), FISH, APEX, officer("TOUR", Level.HEAD)) == []


def test_it_is_named_by_every_upload_until_it_has_one(outside: FakePorts) -> None:
    outside.registry.officers = [officer(), FISH.model_copy(update={"valid_to": TODAY - A_DAY}), APEX]
    assert told(outside, officer(), APEX) == ["- Fisheries (FISH): last day was 23 Nov 2026"]
    assert told(outside, officer(), APEX, version="v2", day=1) == [
        "- Fisheries (FISH): last day was 23 Nov 2026"
    ]
    assert told(outside, officer(), FISH, APEX, version="v3", day=2) == []


def test_it_is_named_when_the_mail_is_tried_again(outside: FakePorts) -> None:
    outside.messaging.out.add(Channel.EMAIL)
    with pytest.raises(Unavailable):
        told(outside, officer(), APEX)
    outside.messaging.out.clear()
    assert told(outside, officer(), APEX) == ["- Fisheries (FISH): last day was 24 Nov 2026"]


def routed(outside: FakePorts, *offices: str) -> str:
    """The outcome's mail of rules that name these offices."""
    rows = (f"{number},*,*,*,*,{office}" for number, office in enumerate(offices, 1))
    outside.uploads.files[ROUTING, "v1"] = "\n".join((",".join(COLUMNS[ROUTING]), *rows)).encode()
    assert apply(outside, CELL, ROUTING, "v1", upload()) is Outcome.APPLIED
    (mail,) = outside.messaging.mails
    return mail.text


def test_rules_that_name_offices_without_a_nodal_officer_are_in_force_and_warned_of(
    outside: FakePorts,
) -> None:
    outside.registry.officers = [HEAD, FISH, officer("TOUR", valid_from=TODAY + A_DAY), APEX]
    text = routed(outside, "TOUR", "FISH", "HFW", "TOUR", "CMO", "320")
    assert NAMED in text
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- Nadia (320)",
        "- Health and Family Welfare (HFW)",
        "- Tourism (TOUR)",
    ]
    assert outside.registry.versions == {"routing": "v1"}


def test_rules_that_name_others_are_not(outside: FakePorts) -> None:
    assert NAMED not in routed(outside, "HFW", "FISH", "CMO")


def test_a_file_of_service_levels_without_a_row_for_all_else_is_told_what_holds(outside: FakePorts) -> None:
    header = ",".join(COLUMNS[SERVICE_LEVELS])
    for version, row, is_told in (
        ("v1", "HFW,*,5,working_days,50", True),
        ("v2", "*,*,9,clock_hours,", False),
    ):
        outside.uploads.files[SERVICE_LEVELS, version] = f"{header}\n{row}\n".encode()
        outside.messaging.mails.clear()
        assert apply(outside, CELL, SERVICE_LEVELS, version, upload(version)) is Outcome.APPLIED
        (mail,) = outside.messaging.mails
        assert mail.subject == "Registry: service_levels.csv is in force, 1 rows"
        why = "There is no row *,*: for all that no row fits, the default of 7 working days holds."
        assert (why in mail.text) is is_told


def test_other_files_name_no_office(outside: FakePorts) -> None:
    outside.registry.officers = []
    outside.uploads.files[HOLIDAYS, "v1"] = (SAMPLES / HOLIDAYS).read_bytes()
    apply(outside, CELL, HOLIDAYS, "v1", upload())
    assert "- " not in outside.messaging.mails[0].text
