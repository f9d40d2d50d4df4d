"""A call is registered: kept once, answered the same for every repeat."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.domain.calendar import IST
from functions.domain.errors import KeyReused, Refused, Unavailable
from functions.domain.record import EventType, Status
from functions.intake.registering import register
from tests.builders import (
    NOW,
    RECORD_ID,
    missed_call_in,
    record_in,
    reference_of,
    registered,
    request,
    under_review,
)
from tests.fakes import FakePorts


def answer(
    outside: FakePorts, body: dict[str, Any], webhook_id: str = "msg_1"
) -> tuple[bool, dict[str, Any]]:
    """Whether it made the record (201), and the answer."""
    result = register(outside, request(body, webhook_id=webhook_id))
    return result.created, json.loads(result.answer)


def test_a_grievance_is_kept_and_answered(outside: FakePorts) -> None:
    # WHEN the call centre registers a grievance
    created, body = answer(outside, record_in())
    # THEN it is told the reference
    reference = reference_of()
    assert created
    assert body == {
        "reference": reference,
        "kind": "grievance",
        "status": "registered",
        "emergency": False,
    }
    # AND it is kept with its first event
    kept = outside.records.load(reference)
    assert kept.status is Status.REGISTERED
    assert kept.registered_at == NOW
    assert [(event.sequence, event.type) for event in kept.events] == [(1, EventType.RECORD_REGISTERED)]


def test_an_emergency_is_answered_as_one(outside: FakePorts) -> None:
    _, body = answer(outside, record_in(emergency={"reason": "Somebody is in danger"}))
    assert body["emergency"] is True


@pytest.mark.parametrize("named", ["Basirhat", "basirhat"])
def test_what_lies_in_an_announced_district_comes_under_its_parent(outside: FakePorts, named: str) -> None:
    created, _ = answer(outside, record_in(subject={"summary": "No water since Friday", "district": named}))
    assert created
    subject = outside.records.load(reference_of()).subject
    assert subject is not None
    assert subject.district == "303"


@pytest.mark.parametrize("kind", ["suggestion", "enquiry"])
def test_a_suggestion_or_an_enquiry_may_name_no_office(outside: FakePorts, kind: str) -> None:
    created, body = answer(outside, record_in(kind=kind, subject={"summary": "More buses to Bagula"}))
    assert created
    assert body["kind"] == kind


def test_the_same_request_gets_the_first_answer_again(outside: FakePorts) -> None:
    first = answer(outside, record_in())
    outside.clock.advance(days=6)
    assert answer(outside, record_in()) == (False, first[1])
    assert outside.records.writes == 1


def test_the_same_webhook_id_with_another_body_conflicts(outside: FakePorts) -> None:
    answer(outside, record_in())
    with pytest.raises(KeyReused, match="webhook-id"):
        answer(outside, record_in(record_id="CC-2"))
    assert outside.records.writes == 1


def test_the_same_webhook_id_on_another_path_conflicts(outside: FakePorts) -> None:
    answer(outside, record_in())
    with pytest.raises(KeyReused, match="webhook-id"):
        register(outside, request(record_in(), path="/v1/call-centre/batches"))


def test_the_same_record_under_another_webhook_id_is_a_repeat_and_takes_that_id_too(
    outside: FakePorts,
) -> None:
    first = answer(outside, record_in(), "msg_1")
    assert answer(outside, record_in(), "msg_2") == (False, first[1])
    with pytest.raises(KeyReused, match="webhook-id"):
        answer(outside, record_in(record_id="CC-2"), "msg_2")
    assert outside.records.writes == 1


def test_the_same_record_id_with_another_content_conflicts(outside: FakePorts) -> None:
    answer(outside, record_in(), "msg_1")
    with pytest.raises(KeyReused, match="record_id"):
        answer(outside, record_in(emergency={"reason": "Now it is one"}), "msg_2")


def test_a_repeat_gets_the_first_answer_also_when_the_record_has_moved_on(outside: FakePorts) -> None:
    first = answer(outside, record_in(), "msg_1")
    kept = outside.records.load(reference_of())
    outside.records.save(kept, under_review(kept))
    assert answer(outside, record_in(), "msg_2") == (False, first[1])


def test_two_deliveries_at_once_make_one_record(outside: FakePorts) -> None:
    # GIVEN the same request comes between reading and writing
    meanwhile: list[tuple[bool, dict[str, Any]]] = []
    outside.records.before_write.append(lambda: meanwhile.append(answer(outside, record_in())))
    late = answer(outside, record_in())
    assert meanwhile == [(True, late[1])]
    assert late[0] is False
    assert outside.records.writes == 1


@pytest.mark.parametrize(
    ("rang", "not_before"),
    [
        (datetime(2026, 12, 24, 18, 30, tzinfo=IST), "2026-12-26T09:00:00+05:30"),
        (datetime(2026, 10, 14, 22, 0, tzinfo=IST), "2026-10-27T09:00:00+05:30"),
        (datetime(2026, 11, 28, 19, 0, tzinfo=IST), "2026-11-30T09:00:00+05:30"),
        (datetime(2026, 11, 24, 6, 0, tzinfo=IST), "2026-11-24T09:00:00+05:30"),
        (datetime(2026, 11, 24, 10, 15, tzinfo=IST), "2026-11-24T10:15:00+05:30"),
        (datetime(2026, 11, 24, 10, 15, 0, 1, tzinfo=IST), "2026-11-24T10:16:00+05:30"),
        (datetime(2026, 11, 24, 17, 59, 30, tzinfo=IST), "2026-11-25T09:00:00+05:30"),
    ],
    ids=["Christmas", "the Pujas", "Sunday", "early", "on the minute", "within a minute", "the last one"],
)
def test_a_missed_call_is_called_back_when_the_call_centre_is_open(
    outside: FakePorts, rang: datetime, not_before: str
) -> None:
    outside.clock.moment = rang
    _, body = answer(outside, missed_call_in(call={"started_at": rang.isoformat()}))
    assert body["status"] == "awaiting_callback"
    assert body["callback"] == {"not_before": not_before}
    kept = outside.records.load(body["reference"])
    assert kept.callback_not_before == datetime.fromisoformat(not_before)


def test_a_missed_call_that_comes_again_later_gets_the_first_answer(outside: FakePorts) -> None:
    first = answer(outside, missed_call_in(), "msg_1")
    outside.clock.advance(days=3)
    # WHEN it comes under another webhook-id, and once more under that
    assert answer(outside, missed_call_in(), "msg_2") == (False, first[1])
    assert answer(outside, missed_call_in(), "msg_2") == (False, first[1])


def test_a_reference_that_another_record_has_makes_way_for_the_next_candidate(outside: FakePorts) -> None:
    # GIVEN the first candidate is taken by another record
    other = registered(record_id="CC-other").model_copy(update={"reference": reference_of()})
    outside.records.put(other)
    # WHEN the record is registered
    created, body = answer(outside, record_in(), "msg_1")
    # THEN it has the next candidate, and finds itself there again
    assert created
    assert body["reference"] == reference_of(RECORD_ID, 1) != reference_of()
    assert answer(outside, record_in(), "msg_2") == (False, body)
    assert outside.records.load(reference_of()) == other


def test_when_no_candidate_is_free_nothing_is_kept(outside: FakePorts) -> None:
    other = registered(record_id="CC-other")
    outside.records.put(
        *(
            other.model_copy(update={"reference": reference_of(RECORD_ID, candidate)})
            for candidate in range(5)
        )
    )
    with pytest.raises(Unavailable, match="references"):
        answer(outside, record_in())
    assert outside.records.writes == 0


SUBJECT = record_in()["subject"]


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"subject": {**SUBJECT, "department": "HEALTH"}}, ["/subject/department"]),
        ({"subject": {**SUBJECT, "department": "320"}}, ["/subject/department"]),
        ({"subject": {**SUBJECT, "district": "999"}}, ["/subject/district"]),
        ({"subject": {**SUBJECT, "police_office": "POL-MARS"}}, ["/subject/police_office"]),
        ({"subject": {"summary": "It names no office"}}, ["/subject"]),
        ({"subject": None}, ["/subject"]),
        ({"call": {"started_at": "2026-11-24T10:05:00+05:30"}}, ["/call/agent_id", "/call/language"]),
        ({"kind": "suggestion", "emergency": {"reason": "A reason"}}, ["/emergency"]),
        ({"kind": "missed_call", "emergency": {"reason": "A reason"}}, ["/emergency"]),
    ],
)
def test_what_its_kind_requires_is_required(
    outside: FakePorts, changes: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        answer(outside, record_in(**changes))
    assert [fault.pointer for fault in refused.value.faults] == pointers
    assert outside.records.writes == 0
    assert outside.records.receipts == {}


@pytest.mark.parametrize("changes", [{"scheme": "no-such"}, {"category": "no-such"}, {"summary": "Help"}])
def test_what_an_analyst_is_to_judge_is_no_refusal(outside: FakePorts, changes: dict[str, str]) -> None:
    assert answer(outside, record_in(subject={**SUBJECT, **changes}))[0]


@pytest.mark.parametrize(("ahead", "taken"), [(-86_400 * 90, True), (0, True), (300, True), (301, False)])
def test_a_call_may_lie_in_the_past_and_five_minutes_ahead(
    outside: FakePorts,
    ahead: int,
    taken: bool,  # noqa: FBT001 - a parameter of the table above
) -> None:
    started_at = (NOW + timedelta(seconds=ahead)).astimezone(UTC).isoformat()
    body = record_in(call={"started_at": started_at, "agent_id": "A-17", "language": "bn"})
    if taken:
        assert answer(outside, body)[0]
        return
    with pytest.raises(Refused) as refused:
        answer(outside, body)
    assert [fault.pointer for fault in refused.value.faults] == ["/call/started_at"]


def test_a_refused_request_leaves_its_webhook_id_free(outside: FakePorts) -> None:
    with pytest.raises(Refused):
        answer(outside, record_in(subject=None))
    assert answer(outside, record_in())[0]
