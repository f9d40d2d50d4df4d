"""The field teams' list, and what their visits lead to."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from functions.domain.errors import Conflict, NotFound, Refused, WrongState
from functions.domain.office import FieldExecutive
from functions.domain.record import Checks, Record, Status
from functions.recall import field_reports
from tests.builders import (
    CALLER,
    IDENTIFIERS,
    MASKED,
    NOW,
    REPORT,
    SUBJECT,
    action_taken,
    forwarded,
    numbered,
    reference_of,
    request,
    telling_identifiers,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
PATH = "/v1/field/reports"


def report(*, redressed: bool = True, **changes: object) -> dict[str, Any]:
    return {
        "reference": REFERENCE,
        "executive_id": "FE-001",
        "visited_at": (NOW + timedelta(minutes=1)).isoformat(),
        "checks": dict.fromkeys(Checks.model_fields, redressed),
        "evidence": ["https://evidence.wb.example/1.jpg"],
        **changes,
    }


def take(outside: FakePorts, body: object, webhook_id: str = "msg_1") -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        field_reports.take(outside, request(body, webhook_id=webhook_id, path=PATH))
    )
    return answer


def listed(outside: FakePorts, **query: str) -> dict[str, Any]:
    asked = request(b"", path="/v1/field/assignments", method="GET", query=query)
    return field_reports.list_assignments(outside, asked)


def due(number: int, district: str | None, minutes: int) -> Record:
    record = action_taken(forwarded(), at=NOW + timedelta(minutes=minutes))
    subject = SUBJECT.model_copy(update={"district": district})
    return numbered(record, number).model_copy(update={"subject": subject})


def test_the_list_is_by_district_or_of_all_the_longest_waiting_first(outside: FakePorts) -> None:
    first, second, third = due(1, "303", 1), due(2, None, 2), due(3, "320", 3)
    outside.records.put(third, second, first, numbered(forwarded(), 4))

    assert [item["reference"] for item in listed(outside)["items"]] == [
        first.reference,
        second.reference,
        third.reference,
    ]
    assert [item["reference"] for item in listed(outside, district="320")["items"]] == [third.reference]
    assert listed(outside, district="664") == {"items": [], "next": None}


def test_the_list_comes_page_by_page(outside: FakePorts) -> None:
    outside.records.put(*(due(number, "303", number) for number in range(5)))
    seen: list[str] = []
    page = listed(outside, limit="2")
    while True:
        seen += [item["reference"] for item in page["items"]]
        if page["next"] is None:
            break
        page = listed(outside, limit="2", cursor=page["next"])
    assert seen == [due(number, "303", number).reference for number in range(5)]


def test_an_item_tells_the_team_whom_to_ask_and_what_was_said_to_be_done(outside: FakePorts) -> None:
    outside.records.put(due(1, "303", 0))
    (item,) = listed(outside)["items"]
    assert item["report"] == REPORT
    assert item["caller"]["phone"] == CALLER.phone
    assert item["subject"]["district"] == "303"


def test_personal_identifiers_do_not_leave_for_the_team(outside: FakePorts) -> None:
    record = telling_identifiers(due(1, "320", 1))
    assert record.atr
    atr = record.atr.model_copy(update={"report": IDENTIFIERS, "officer": IDENTIFIERS})
    outside.records.put(record.model_copy(update={"atr": atr}))
    (item,) = listed(outside)["items"]
    subject, caller = item["subject"], item["caller"]
    said = [subject[name] for name in ("summary", "details", "scheme", "category", "block")]
    said += [caller["name"], caller["address"], item["report"], item["officer"]]
    assert said == [MASKED] * 9


def test_a_district_that_is_in_no_register_is_refused(outside: FakePorts) -> None:
    with pytest.raises(Refused):
        listed(outside, district="HFW")


def test_a_good_visit_closes_and_its_repeat_changes_nothing(outside: FakePorts) -> None:
    outside.records.put(action_taken())
    outside.clock.advance(minutes=5)
    assert take(outside, report()) == {"reference": REFERENCE, "status": "closed"}
    assert take(outside, report()) == {"reference": REFERENCE, "status": "closed"}
    assert outside.records.writes == 1
    (visit,) = outside.records.load(REFERENCE).field_reports
    assert (visit.atr, visit.evidence) == (1, ("https://evidence.wb.example/1.jpg",))


def test_of_two_visits_the_second_is_told_the_state(outside: FakePorts) -> None:
    outside.records.put(action_taken())
    outside.clock.advance(minutes=5)
    take(outside, report(), "one")
    with pytest.raises(WrongState, match="closed"):
        take(outside, report(), "two")


def test_a_bad_visit_recalls_to_the_office_whose_matter_it_is_by_working_days(outside: FakePorts) -> None:
    outside.records.put(action_taken())
    outside.clock.advance(minutes=5)
    assert take(outside, report(redressed=False))["status"] == "recalled"
    after = outside.records.load(REFERENCE)
    assert after.assignment is not None
    assert (after.assignment.office, after.assignment.number) == ("HFW", 2)
    assert after.due_at is not None
    assert after.due_at > NOW + timedelta(days=7)
    assert after.recalled[0].failed == tuple(Checks.model_fields)


def test_the_roster_is_looked_at_on_the_day_of_the_visit(outside: FakePorts) -> None:
    executive = FieldExecutive(
        executive_id="FE-001",
        name="Sample",
        phone="+919001000001",
        districts=("320",),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 11, 24),
    )
    outside.clock.advance(minutes=5)
    for executives, found in (((executive,), False), ((), True)):
        outside.records.put(action_taken())
        outside.registry.executives = executives
        take(outside, report(), f"msg-{found}")
        codes = [finding.code for finding in outside.records.load(REFERENCE).findings]
        assert ("executive-not-on-roster" in codes) is found


def test_what_does_not_fit_is_refused(outside: FakePorts) -> None:
    outside.records.put(action_taken(at=NOW + timedelta(hours=1)))
    outside.clock.advance(hours=2)
    with pytest.raises(Conflict, match="before"):
        take(outside, report())
    with pytest.raises(NotFound):
        take(outside, report(reference="SSM-4821-903-7717"))
    for changes in (
        {"reference": "SSM-4821-903-7718"},
        {"checks": {"citizen_contacted": True}},
        {"evidence": ["no address"]},
        {"visited_at": (NOW + timedelta(hours=3)).isoformat()},
    ):
        with pytest.raises(Refused):
            take(outside, report(**changes))
    assert outside.records.load(REFERENCE).status is Status.ACTION_TAKEN
