"""Numbers that rang after hours, a caller's records, and what citizens say: on the deployed stack."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from tests.stack.world import RECORDS, World, now, record

CALLBACKS = "/v1/call-centre/callbacks"
SEARCH = "/v1/call-centre/search"
FEEDBACK = "/v1/call-centre/feedback"


def a_number() -> str:
    """A number that nobody in the tests has used."""
    return f"+9170001{secrets.randbelow(100_000):05d}"


def rang(phone: str) -> dict[str, Any]:
    return {
        "record_id": f"MC-{secrets.token_hex(8)}",
        "kind": "missed_call",
        "call": {"started_at": now()},
        "caller": {"phone": phone},
    }


def waiting(world: World, phone: str, state: str = "due") -> list[dict[str, Any]]:
    """What the list tells of a number, read to its end."""
    found, parameters = [], [("limit", "100"), ("state", state)]
    while True:
        page = world.call_centre.get(CALLBACKS, parameters).body
        found += [item for item in page["items"] if item["phone"] == phone]
        if page["next"] is None:
            return found
        parameters = [("cursor", page["next"]), ("limit", "100"), ("state", state)]


def test_a_number_that_rang_twice_is_called_once_and_both_are_told(world: World) -> None:
    # GIVEN a number that rang twice at the same moment
    phone = a_number()
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda body: world.call_centre.post(RECORDS, body), (rang(phone), rang(phone)))
        )
    assert [answer.status for answer in answers] == [201, 201]
    assert all(answer.body["status"] == "awaiting_callback" for answer in answers)
    assert all("not_before" in answer.body["callback"] for answer in answers)
    references = [answer.body["reference"] for answer in answers]

    # WHEN its time has come, also over a Sunday and two holidays
    world.sweeps(timedelta(days=5))

    # THEN the bus tells it once, and it is listed once
    (item,) = world.until(lambda: waiting(world, phone), bool)
    lead = item["reference"]
    assert lead in references
    assert len(item["rang_at"]) == 2
    told = world.until(
        lambda: [event["detail-type"] for one in references for event in world.told(one)],
        lambda seen: "CallbackDue" in seen,
    )
    assert sorted(told) == ["CallbackDue", "RecordRegistered", "RecordRegistered"]

    # AND calling it back ends both
    grievance = record()
    grievance["caller"]["phone"] = phone
    grievance["reference"] = world.registers(grievance)
    answer = world.call_centre.post(
        f"{CALLBACKS}/{lead}", {"agent_id": "A-17", "outcome": "reached", "record_id": grievance["record_id"]}
    )
    assert (answer.status, answer.body) == (200, {"reference": lead, "status": "called_back"})
    assert waiting(world, phone) == []
    for reference in references:
        assert world.state(reference)["status"] == "called_back"
        assert world.happened(reference)[-1] == "CallbackCompleted"
    assert grievance["reference"] in world.state(lead)["timeline"][-1]["note"]
    again = world.call_centre.post(f"{CALLBACKS}/{lead}", {"agent_id": "A-17", "outcome": "reached"})
    assert again.status == 409
    assert "called_back" in again.body["detail"]

    # AND the caller's records are found, newest first, by any spelling of the number
    found = world.call_centre.post(SEARCH, {"phone": phone.removeprefix("+91")}).body
    assert found["items"][0]["reference"] == grievance["reference"]
    assert {item["reference"] for item in found["items"]} == {*references, grievance["reference"]}


def test_three_calls_without_an_answer_and_the_supervisor_sees_it(world: World) -> None:
    phone = a_number()
    reference = world.call_centre.post(RECORDS, rang(phone)).body["reference"]
    statuses = [
        world.call_centre.post(f"{CALLBACKS}/{reference}", {"agent_id": "A-17", "outcome": "no_answer"}).body[
            "status"
        ]
        for _ in range(3)
    ]
    assert statuses == ["awaiting_callback", "awaiting_callback", "unreachable"]
    assert waiting(world, phone) == []
    (item,) = world.until(lambda: waiting(world, phone, "unreachable"), bool)
    assert (item["reference"], item["attempts"]) == (reference, 3)


def test_a_dissatisfied_citizen_sends_the_field_team_once_more(world: World) -> None:
    reference = world.forwarded(district="303")
    assert world.call_centre.post(FEEDBACK, feedback(reference)).status == 409
    assert world.reports_action(reference=reference).status == 200
    assert world.visits(reference, redressed=True).body["status"] == "closed"

    asked = world.until(lambda: to_ask(world, reference), bool)
    assert asked[0]["language"] == "bn"
    answer = world.call_centre.post(FEEDBACK, feedback(reference))
    assert (answer.status, answer.body) == (200, {"reference": reference, "status": "action_taken"})
    assert world.happened(reference)[-1] == "FeedbackReceived"
    world.until(lambda: to_ask(world, reference), lambda items: not items)

    # AND a visit closes it again, and this time the citizen's word opens it no more
    assert world.visits(reference, redressed=True).body["status"] == "closed"
    assert world.call_centre.post(FEEDBACK, feedback(reference)).body["status"] == "closed"


def feedback(reference: str) -> dict[str, Any]:
    return {
        "reference": reference,
        "satisfied": False,
        "rating": 1,
        "remark": "Nobody came",
        "agent_id": "A-17",
    }


def to_ask(world: World, reference: str) -> list[dict[str, Any]]:
    found, parameters = [], [("limit", "100")]
    while True:
        page = world.call_centre.get(FEEDBACK, parameters).body
        found += [item for item in page["items"] if item["reference"] == reference]
        if page["next"] is None:
            return found
        parameters = [("cursor", page["next"]), ("limit", "100")]
