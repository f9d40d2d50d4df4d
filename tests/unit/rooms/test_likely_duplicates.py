"""Likely duplicates from the call to the analyst's list."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.domain import duplicates
from functions.domain.matter import Clues
from functions.domain.record import Record, Status
from functions.intake.registering import register
from functions.validate import steps
from functions.validate.analysts import decide, list_waiting
from functions.validate.contract import ReviewList
from local.demo.samples import Sample, read_samples
from tests.builders import ANALYST, NOW, TASK_TOKEN, record_in, request
from tests.fakes import FakePorts

PATH = "/v1/call-centre/reviews"
CALLS = read_samples()
REPEATS = [call for call in CALLS if call.analyst and call.analyst.duplicate_of_record]


def called(outside: FakePorts, body: dict[str, Any]) -> str:
    """Registers a call and puts it before the analysts; gives its reference."""
    kept = register(outside, request(body, webhook_id=f"msg-{body['record_id']}"))
    reference: str = json.loads(kept.answer)["reference"]
    if outside.records.load(reference).status is Status.REGISTERED:
        steps.ask_for_review(outside, reference, f"{TASK_TOKEN} of {reference}")
    outside.clock.advance(minutes=1)
    return reference


def listed(outside: FakePorts) -> dict[str, list[dict[str, Any]]]:
    """What the analysts see of each record that waits."""
    answer = list_waiting(outside, request(b"", path=PATH, method="GET"))
    ReviewList.model_validate(json.loads(json.dumps(answer)))
    return {item["reference"]: item["likely_duplicates"] for item in answer["items"]}


def test_the_same_call_again_is_shown_with_the_first_one(outside: FakePorts) -> None:
    first = called(outside, record_in())
    again = called(outside, record_in(record_id="CC-2"))
    assert listed(outside) == {first: [], again: [{"reference": first, "score": 1.0}]}


def test_once_marked_it_leads_the_next_to_the_first(outside: FakePorts) -> None:
    first = called(outside, record_in())
    second = called(outside, record_in(record_id="CC-2"))
    body = {"analyst_id": ANALYST, "decision": "duplicate", "duplicate_of": first}
    decide(outside, request(body, webhook_id="msg_d", path=f"{PATH}/{second}"), second)
    third = called(outside, record_in(record_id="CC-3"))
    assert listed(outside)[third] == [{"reference": first, "score": 1.0}]


def test_another_citizen_who_was_entered_otherwise_is_led_to_the_first(outside: FakePorts) -> None:
    first = called(outside, record_in())
    caller = {"phone": "+919830099999", "name": "অন্য কেউ"}
    subject = {**record_in()["subject"], "category": None, "department": None, "block": None}
    by_office = {**subject, "district": None, "police_office": "POL-RANAGHAT"}
    for number, entered in enumerate((subject, by_office)):
        again = called(outside, record_in(record_id=f"CC-{number}", caller=caller, subject=entered))
        assert first in {one["reference"] for one in listed(outside)[again]}


def test_of_two_calls_at_the_same_time_at_least_one_is_shown_the_other(outside: FakePorts) -> None:
    for number in (1, 2):
        body = record_in(record_id=f"CC-{number}", caller={"phone": f"+91983009999{number}"})
        register(outside, request(body, webhook_id=f"msg-{number}"))
    first, second = outside.records.kept
    # The first one's step begins, and is overtaken by the whole of the second one's.
    left = outside.records.leave_clues

    def overtaken(record: Record, clues: Clues) -> None:
        outside.records.leave_clues = left  # type: ignore[method-assign]  # once
        steps.ask_for_review(outside, second, "token of the second")
        left(record, clues)

    outside.records.leave_clues = overtaken  # type: ignore[method-assign]  # where others come between
    steps.ask_for_review(outside, first, "token of the first")
    shown = listed(outside)
    assert (shown[first], shown[second]) == ([{"reference": second, "score": 1.0}], [])


def test_what_was_rejected_is_not_proposed(outside: FakePorts) -> None:
    first = called(outside, record_in())
    body = {"analyst_id": ANALYST, "decision": "reject", "reason": "Sub judice"}
    decide(outside, request(body, webhook_id="msg_d", path=f"{PATH}/{first}"), first)
    again = called(outside, record_in(record_id="CC-2"))
    assert listed(outside)[again] == []


def test_nothing_is_marked_by_itself(outside: FakePorts) -> None:
    for number in range(4):
        called(outside, record_in(record_id=f"CC-{number}"))
    assert {record.status for record in outside.records.kept.values()} == {Status.UNDER_REVIEW}


def test_it_is_kept_when_the_record_is_asked_about_again(outside: FakePorts) -> None:
    called(outside, record_in())
    again = called(outside, record_in(record_id="CC-2"))
    shown = outside.records.load(again).likely_duplicates
    outside.records.put(*[record for record in outside.records.kept.values() if record.reference == again])
    steps.ask_for_review(outside, again, "another execution")
    assert outside.records.load(again).likely_duplicates == shown != ()


@pytest.fixture(scope="module")
def played() -> tuple[FakePorts, dict[str, str]]:
    """The sample calls, played in memory; references by the name that the file gives."""
    outside = FakePorts()
    references: dict[str, str] = {}
    for call in CALLS:
        if call.refusal is None and call.expect != "repeated":
            body = call.body("one", NOW - timedelta(minutes=5))
            references[call.record_id] = called(outside, body)
    return outside, references


@pytest.mark.parametrize("call", REPEATS, ids=lambda call: call.record_id)
def test_each_duplicate_of_the_sample_calls_is_proposed_with_its_original(
    played: tuple[FakePorts, dict[str, str]], call: Sample
) -> None:
    outside, references = played
    assert call.analyst is not None
    original = references[str(call.analyst.duplicate_of_record)]
    found = outside.records.load(references[call.record_id]).likely_duplicates
    assert [likely.reference for likely in found] == [original]
    assert found[0].score >= duplicates.THRESHOLD
    assert found[0].same_caller == (call.record_id != "CC-SAMPLE-0062")


def test_no_other_sample_call_is_proposed(played: tuple[FakePorts, dict[str, str]]) -> None:
    outside, references = played
    expected = {references[call.record_id] for call in REPEATS}
    proposed = {record.reference for record in outside.records.kept.values() if record.likely_duplicates}
    assert len(REPEATS) == 4
    assert proposed == expected
