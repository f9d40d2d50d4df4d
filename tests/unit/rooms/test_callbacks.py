"""Numbers that rang after hours: each waits once, whoever calls and whoever rings at the same moment."""

import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import callback
from functions.domain.errors import KeyReused, NotFound, Refused, Unavailable, WrongState
from functions.domain.record import EventType, Status
from functions.intake.callbacks import attempt, list_callbacks, waiting_under
from functions.intake.contract import public_state
from functions.intake.registering import register
from functions.intake.searching import search
from functions.intake.standing import standing_of
from tests.builders import PHONE, RECORD_ID, missed_call_in, record_in, reference_of, request
from tests.fakes import FakePorts

LIST = "/v1/call-centre/callbacks"
SEARCH = "/v1/call-centre/search"
NUMBERS = ("+919830012345", "+919830012346")


def ring(outside: FakePorts, number: int, *, phone: str = PHONE, minute: int = 5, again: str = "") -> str:
    body = missed_call_in(
        record_id=f"MC-{number}",
        call={"started_at": f"2026-11-24T10:{minute:02}:00+05:30"},
        caller={"phone": phone},
    )
    answer = json.loads(register(outside, request(body, webhook_id=f"msg_{number}{again}")).answer)
    return str(answer["reference"])


def call(
    outside: FakePorts, reference: str, outcome: str, webhook_id: str = "msg_c", **more: object
) -> dict[str, Any]:
    body = {"agent_id": "A-17", "outcome": outcome, **more}
    path = f"{LIST}/{reference}"
    answer: dict[str, Any] = json.loads(
        attempt(outside, request(body, webhook_id=webhook_id, path=path), reference)
    )
    return answer


def listed(outside: FakePorts, **query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = list_callbacks(outside, request(b"", path=LIST, query=query))["items"]
    return items


def test_a_number_that_rang_is_listed_once_with_each_time(outside: FakePorts) -> None:
    first = ring(outside, 1, minute=5)
    second = ring(outside, 2, minute=9)
    assert first != second
    assert listed(outside) == [
        {
            "reference": first,
            "phone": PHONE,
            "rang_at": ["2026-11-24T10:05:00+05:30", "2026-11-24T10:09:00+05:30"],
            "attempts": 0,
        }
    ]


def test_before_the_call_centre_opens_nobody_is_listed(outside: FakePorts) -> None:
    outside.clock.advance(hours=9)
    ring(outside, 1)
    assert listed(outside) == []
    outside.clock.advance(hours=14)
    assert len(listed(outside)) == 1


def test_what_becomes_of_it_is_told_for_every_ring(outside: FakePorts) -> None:
    first, second = ring(outside, 1), ring(outside, 2, minute=7)
    assert call(outside, second, "reached") == {"reference": first, "status": "called_back"}
    for reference in (first, second):
        state = public_state(standing_of(outside, outside.records.load(reference), {}))
        assert state["reference"] == reference
        assert state["status"] == "called_back"
        assert [step["event"] for step in state["timeline"]] == ["RecordRegistered", "CallbackCompleted"]
    assert listed(outside) == []


def test_nobody_answers_and_the_number_comes_back_and_is_given_up_in_the_end(outside: FakePorts) -> None:
    reference = ring(outside, 1)
    again = call(outside, reference, "no_answer", "msg_1st")
    assert again["status"] == "awaiting_callback"
    assert again["callback"] == {"not_before": "2026-11-24T12:15:00+05:30"}
    assert listed(outside) == []
    outside.clock.advance(hours=3)
    assert [item["attempts"] for item in listed(outside)] == [1]
    call(outside, reference, "no_answer", "msg_2nd")
    outside.clock.advance(days=1)
    assert call(outside, reference, "no_answer", "msg_3rd")["status"] == "unreachable"
    assert listed(outside) == []
    assert [item["attempts"] for item in listed(outside, state="unreachable")] == [3]
    with pytest.raises(WrongState, match="unreachable"):
        call(outside, reference, "no_answer", "msg_4th")


def test_the_same_call_told_twice_counts_once(outside: FakePorts) -> None:
    reference = ring(outside, 1)
    first = call(outside, reference, "no_answer")
    assert call(outside, reference, "no_answer") == first
    outside.clock.advance(hours=3)
    assert [item["attempts"] for item in listed(outside)] == [1]
    with pytest.raises(KeyReused):
        call(outside, reference, "reached")


@pytest.mark.parametrize("registered_first", [True, False])
def test_a_call_that_reached_the_citizen_leads_to_a_record(
    outside: FakePorts, *, registered_first: bool
) -> None:
    reference = ring(outside, 1)
    if registered_first:
        register(outside, request(record_in(), webhook_id="msg_r"))
    call(outside, reference, "reached", record_id=RECORD_ID)
    kept = outside.records.load(reference)
    assert kept.callback is not None
    assert kept.callback.led_to == reference_of(RECORD_ID)
    assert kept.events[-1].type is EventType.CALLBACK_COMPLETED
    assert reference_of(RECORD_ID) in kept.events[-1].note


@pytest.mark.parametrize("outcome", ["no_answer", "wrong_number"])
def test_only_who_was_reached_leads_to_a_record(outside: FakePorts, outcome: str) -> None:
    with pytest.raises(Refused) as refused:
        call(outside, ring(outside, 1), outcome, record_id=RECORD_ID)
    assert [fault.pointer for fault in refused.value.faults] == ["/record_id"]


def test_after_the_call_the_number_may_ring_anew(outside: FakePorts) -> None:
    first = ring(outside, 1)
    call(outside, first, "reached")
    second = ring(outside, 2)
    assert [item["reference"] for item in listed(outside)] == [second]
    assert waiting_under(outside, second) == second


def test_a_grievance_is_not_called_back(outside: FakePorts) -> None:
    register(outside, request(record_in(), webhook_id="msg_r"))
    with pytest.raises(WrongState, match="registered"):
        call(outside, reference_of(RECORD_ID), "reached")
    with pytest.raises(NotFound):
        call(outside, reference_of("CC-nobody"), "reached")


@pytest.mark.parametrize("state", ["", "all", "DUE"])
def test_there_are_two_lists(outside: FakePorts, state: str) -> None:
    with pytest.raises(Refused, match="due or unreachable"):
        listed(outside, state=state)


def test_a_callers_records_are_found_by_any_spelling_of_the_number(outside: FakePorts) -> None:
    register(outside, request(record_in(), webhook_id="msg_r"))
    first = ring(outside, 1)
    second = ring(outside, 2)
    call(outside, first, "reached")
    found = search(outside, request({"phone": "098300 12345"}, webhook_id="msg_s", path=SEARCH))
    statuses = {item["reference"]: item["status"] for item in found["items"]}
    assert statuses == {first: "called_back", second: "called_back", reference_of(RECORD_ID): "registered"}
    assert found["next"] is None
    page = search(outside, request({"phone": PHONE, "limit": 2}, path=SEARCH))
    rest = search(outside, request({"phone": PHONE, "limit": 2, "cursor": page["next"]}, path=SEARCH))
    assert len(page["items"]) == 2
    assert len(rest["items"]) == 1
    assert search(outside, request({"phone": "+919830099999"}, path=SEARCH)) == {"items": [], "next": None}
    # AND a reading leaves no receipt
    assert outside.records.receipt("call-centre", "msg_s") is None


RINGS = st.tuples(st.just("ring"), st.integers(1, 6), st.sampled_from(NUMBERS), st.booleans())
CALLS = st.tuples(
    st.just("call"),
    st.integers(1, 6),
    st.sampled_from(["reached", "no_answer", "wrong_number"]),
    st.booleans(),
)


@given(st.lists(RINGS | CALLS, min_size=1, max_size=14))
def test_whoever_comes_between_each_ring_is_kept_once_and_each_number_waits_once(deeds: list[Any]) -> None:
    outside = FakePorts()
    phones: dict[int, str] = {}
    accepted: dict[int, str] = {}

    def do(place: int, deed: Any) -> None:  # noqa: ANN401 - a ring or a call
        kind, number, what, _ = deed
        try:
            if kind == "ring":
                phone = phones.setdefault(number, what)
                accepted[number] = ring(outside, number, phone=phone, minute=number, again=f"-{place}")
            elif number in accepted:
                call(outside, accepted[number], what, f"msg_call_{place}")
        except (WrongState, Unavailable):
            pass

    for place, deed in enumerate(deeds):
        if deed[3] and place + 1 < len(deeds):
            # The next one comes between this one's reading and its writing, and once more afterwards.
            outside.records.before_write.append(partial(do, place + 1, deeds[place + 1]))
        do(place, deed)
        outside.records.before_write.clear()

    kept = outside.records.kept.values()
    assert {record.record_id for record in kept} == {f"MC-{number}" for number in accepted}
    for phone in NUMBERS:
        waiting = [record for record in kept if callback.waits(record) and record.caller.phone == phone]
        assert len(waiting) <= 1
    for number, reference in accepted.items():
        record = outside.records.load(reference)
        assert record.record_id == f"MC-{number}"
        first = outside.records.load(waiting_under(outside, reference))
        assert first.caller.phone == phones[number]
        assert first.callback is not None
        assert record.call.started_at in first.callback.rang_at
        assert first.status in {Status.AWAITING_CALLBACK, Status.CALLED_BACK, Status.UNREACHABLE}
        assert len(first.callback.attempts) <= callback.MOST_ATTEMPTS
