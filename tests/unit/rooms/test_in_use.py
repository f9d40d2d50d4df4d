"""A file that would leave an office in use without a nodal officer is refused whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.office import Level, Officer
from functions.domain.record import Record, Status
from functions.domain.upload import Upload
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS, OFFICERS
from tests.builders import NOW, action_taken, forwarded, in_status, officer, raised, upload
from tests.fakes import FakePorts

CELL = "grievance-cell@wb.example"
TODAY = NOW.date()
A_DAY = timedelta(days=1)
HEAD = officer(level=Level.HEAD, rank="Principal Secretary")
ELSEWHERE = officer("320", rank="Additional District Magistrate")
APEX = officer("CMO", Level.APEX)
HFW = "Health and Family Welfare (HFW)"
CELLS = "Chief Minister's Office (CMO)"


def as_file(officers: Sequence[Officer]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[OFFICERS])
    writer.writeheader()
    writer.writerows(one.model_dump(mode="json") for one in officers)
    return text.getvalue().encode()


def uploads(outside: FakePorts, *officers: Officer, version: str = "v1") -> list[tuple[int, str, str]]:
    """An upload's errors, each as line, column and detail; none when it is in force."""
    outside.uploads.files[OFFICERS, version] = as_file(officers)
    outcome = apply(outside, CELL, OFFICERS, version, upload(version))
    result: dict[str, Any] = json.loads(outside.uploads.results[f"results/{OFFICERS}/{version}.json"])
    assert result["applied"] is (outcome is Outcome.APPLIED)
    assert outside.registry.versions.get("officers") == (version if result["applied"] else None)
    return [(error["line"], error["column"], error["detail"]) for error in result["errors"]]


@pytest.fixture(autouse=True)
def _one_office(outside: FakePorts) -> None:
    outside.registry.officers = [officer(), HEAD]


def test_a_small_registry_may_replace_a_whole_one_when_nothing_is_open(outside: FakePorts) -> None:
    assert uploads(outside, ELSEWHERE) == []


def test_a_registry_may_begin_with_whichever_offices_it_likes(outside: FakePorts) -> None:
    outside.registry.officers = []
    assert uploads(outside, HEAD, ELSEWHERE) == []


@pytest.mark.parametrize(
    "record",
    [
        forwarded(),
        raised(),
        forwarded(who=HEAD),
        in_status(Status.RECALLED),
    ],
    ids=["forwarded", "an emergency ahead of the portal", "with the head", "recalled"],
)
def test_while_a_grievance_is_open_its_office_needs_a_nodal_officer(
    outside: FakePorts, record: Record
) -> None:
    outside.records.put(record)
    before = outside.registry.officers
    errors = uploads(outside, HEAD, ELSEWHERE)
    assert errors == [(1, "", f"grievances are open with {HFW}, which would have no nodal officer today")]
    assert outside.registry.officers == before
    assert outside.handovers.asked == []
    (mail,) = outside.messaging.mails
    assert "refused" in mail.subject
    assert HFW in mail.text
    # WHEN it has one, whoever that is
    assert uploads(outside, officer(name="Next One"), ELSEWHERE, version="v2") == []


@pytest.mark.parametrize("status", [Status.CLOSED, Status.UNDER_REVIEW, Status.REJECTED])
def test_what_waits_for_no_officer_keeps_no_office(outside: FakePorts, status: Status) -> None:
    outside.records.put(in_status(status))
    assert uploads(outside, ELSEWHERE) == []


@pytest.mark.parametrize("record", [action_taken(forwarded()), action_taken(forwarded(who=HEAD))])
def test_what_a_recall_may_bring_back_keeps_its_office(outside: FakePorts, record: Record) -> None:
    outside.records.put(record)
    errors = uploads(outside, ELSEWHERE)
    why = (
        f"grievances that {HFW} reported on are not closed and may come back: it would have no nodal officer"
    )
    assert errors == [(1, "", f"{why} today")]
    assert uploads(outside, officer(name="Next One"), ELSEWHERE, version="v2") == []


def test_an_office_that_the_file_still_names_keeps_the_nodal_officer_that_it_has(outside: FakePorts) -> None:
    # GIVEN nothing open with it, and a file that names its head alone
    errors = uploads(outside, HEAD, ELSEWHERE)
    assert errors == [(1, "", f"{HFW} has a nodal officer today, and would have none")]
    # WHEN the file does not name it at all THEN it is meant to go
    assert uploads(outside, ELSEWHERE, version="v2") == []


def test_an_office_whose_nodal_officer_has_gone_already_may_go_on_with_its_head(outside: FakePorts) -> None:
    outside.registry.officers = [officer(valid_to=TODAY - A_DAY), HEAD]
    assert uploads(outside, HEAD, ELSEWHERE) == []


@pytest.mark.parametrize(
    ("dates", "column"),
    [
        ({"valid_to": TODAY - A_DAY}, "valid_to"),
        ({"valid_from": TODAY + A_DAY}, "valid_from"),
    ],
)
@pytest.mark.parametrize("is_open", [False, True])
def test_an_office_that_the_file_names_a_nodal_officer_for_has_one_today(
    outside: FakePorts, dates: dict[str, Any], column: str, *, is_open: bool
) -> None:
    if is_open:
        outside.records.put(forwarded())
    earlier = officer(valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    ((line, named, detail),) = uploads(outside, ELSEWHERE, earlier, officer(**dates))
    assert (line, named) == (4, column)
    assert "HFW" in detail


def test_an_office_without_a_nodal_officer_today_may_announce_one(outside: FakePorts) -> None:
    outside.registry.officers = [HEAD]
    assert uploads(outside, officer(valid_from=TODAY + A_DAY), HEAD) == []


def test_every_office_that_would_be_left_is_named_and_nothing_is_applied(outside: FakePorts) -> None:
    outside.registry.officers = [officer(), ELSEWHERE]
    outside.records.put(forwarded())
    gone = ELSEWHERE.model_copy(update={"valid_to": TODAY - A_DAY})
    details = [detail for _, _, detail in uploads(outside, HEAD, gone)]
    assert [detail.split(",")[0] for detail in details] == [
        f"grievances are open with {HFW}",
        "Nadia (320) has a nodal officer today",
    ]


def test_the_cells_own_officer_is_enough_for_the_cell(outside: FakePorts) -> None:
    outside.records.put(forwarded(who=APEX))
    assert len(uploads(outside, officer())) == 1
    assert uploads(outside, officer(), APEX, version="v2") == []


@pytest.mark.parametrize(
    "others", [[], [officer("CMO")], [APEX.model_copy(update={"valid_to": TODAY - A_DAY})]]
)
def test_the_last_step_of_every_ladder_is_always_in_use(outside: FakePorts, others: list[Officer]) -> None:
    outside.registry.officers = [officer(), APEX]
    ((_, _, detail),) = uploads(outside, officer(), *others)
    assert detail == (
        f"{CELLS} has an apex officer today, and would have none: it is the last step of every ladder"
    )
    # WHEN somebody else is there
    assert uploads(outside, officer(), APEX.model_copy(update={"name": "Next"}), version="v2") == []


def test_a_nodal_officer_of_the_cell_is_not_enough_while_a_grievance_is_open_with_it(
    outside: FakePorts,
) -> None:
    outside.records.put(forwarded(who=APEX))
    ((_, _, detail),) = uploads(outside, officer(), officer("CMO"))
    assert detail == f"grievances are open with {CELLS}, which would have no apex officer today"


# --- An upload that is handled again


def is_handled(outside: FakePorts, come: Upload, *officers: Officer) -> Outcome:
    outside.uploads.files[OFFICERS, come.version] = as_file(officers)
    return apply(outside, CELL, OFFICERS, come.version, come)


def test_an_upload_in_force_is_not_refused_when_what_follows_is_tried_again(outside: FakePorts) -> None:
    # GIVEN an upload that is in force, and whose outcome could not be told
    outside.messaging.out.add(Channel.EMAIL)
    with pytest.raises(Unavailable):
        is_handled(outside, upload("v1"), ELSEWHERE)
    assert outside.registry.versions == {"officers": "v1"}
    # WHEN a grievance is open since with an office that it dropped
    outside.records.put(forwarded())
    outside.messaging.out.clear()
    assert is_handled(outside, upload("v1"), ELSEWHERE) is Outcome.APPLIED
    assert outside.messaging.mails[0].subject == "Registry: officers.csv is in force, 1 rows"
    assert json.loads(outside.uploads.results[f"results/{OFFICERS}/v1.json"])["applied"] is True


def test_the_same_upload_told_with_a_later_time_is_in_force_as_well(outside: FakePorts) -> None:
    assert is_handled(outside, upload("v1"), ELSEWHERE) is Outcome.APPLIED
    outside.records.put(forwarded())
    later = upload("v1", at=NOW + timedelta(milliseconds=250))
    assert is_handled(outside, later, ELSEWHERE) is Outcome.APPLIED


def test_what_a_later_upload_superseded_is_not_asked_for_its_offices(outside: FakePorts) -> None:
    assert is_handled(outside, upload("v2", at=NOW + A_DAY), officer()) is Outcome.APPLIED
    outside.records.put(forwarded())
    assert is_handled(outside, upload("v1"), ELSEWHERE) is Outcome.SUPERSEDED


def test_the_day_is_reckoned_in_india(outside: FakePorts) -> None:
    # GIVEN half past midnight of the 25th in India, and a last day on the 24th
    outside.clock.moment = NOW.replace(hour=19, minute=0)
    outside.records.put(forwarded())
    assert len(uploads(outside, officer(valid_to=TODAY))) == 1


def test_a_wrong_line_is_told_first_and_alone(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    assert [line for line, _, _ in uploads(outside, HEAD, officer("320", rank="Deputy Secretary"))] == [3]
