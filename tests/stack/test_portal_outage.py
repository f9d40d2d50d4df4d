"""The portal is out: nobody loses the place in the queue, and each goes in once, in order."""

from __future__ import annotations

import json
import os
import time  # noqa: TID251 - measures by the wall clock
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.domain.calendar import IST
from local.layout import PROJECT, Layout
from tests.stack.test_batches import line, post
from tests.stack.world import World, record

WAITING = int(os.environ.get("WAITING", "150"))
"""How many grievances wait; ``WAITING=500`` takes three minutes instead of one."""
EVERY = 25
"""Every so many of them is an emergency."""
FULL_SPEED = 10
PATIENCE = 240
DAY = timedelta(hours=25)
STEP_OVERDUE = timedelta(minutes=3)


def attempts_at_the_portal() -> int:
    """How often the simulator was asked to take something in, by its own log."""
    log = (Layout(root=PROJECT / ".local" / "tests").logs / "portal.log").read_text(encoding="utf-8")
    return log.count("POST /api/v1/grievances")


def carried_on(world: World, reference: str, status: str = "forwarded") -> dict[str, Any]:
    """Waits until it stands there; the emulator takes tokens of dead executions for living ones."""
    return world.until_watched(reference, status)


@pytest.fixture(autouse=True)
def nobody_waits_afterwards(world: World) -> Iterator[None]:
    """Leaves a portal that answers, and nobody who waits for it."""
    yield
    world.portal_misbehaves("ok")
    world.until(world.drains, lambda done: done["outcome"] in {"idle", "drained"}, PATIENCE)


def test_a_day_without_the_portal_and_hundreds_who_wait(world: World) -> None:
    # GIVEN a portal that answers nobody, and hundreds of grievances, some of them emergencies
    world.portal_misbehaves("down")
    bodies = [
        record(
            emergency=number % EVERY == 7,
            district=("320", "303", "313", "306", "314")[number % 5],
            category=("drinking-water", "water-quality", "tube-well")[number % 3],
        )
        for number in range(WAITING)
    ]
    asked_before = attempts_at_the_portal()
    began = time.monotonic()
    references: list[str] = []
    for start in range(0, WAITING, 100):
        lines = b"\n".join(line(body) for body in bodies[start : start + 100])
        items = post(world, lines).body["items"]
        references += [item["reference"] for item in items]
    assert len(set(references)) == WAITING

    # AND the analysts validate them all
    decided: set[str] = set()

    def decide_what_waits() -> int:
        for item in world.waiting_for_review():
            if item["reference"] in references and item["reference"] not in decided:
                assert world.decides(item["reference"]).status in {200, 409}
                decided.add(item["reference"])
        return len(decided)

    world.until(decide_what_waits, lambda count: count == WAITING, PATIENCE)
    world.until(lambda: len(waiting(world, references)), lambda count: count == WAITING, PATIENCE)
    took = time.monotonic() - began

    # THEN the portal was asked a few times, not thousands, and a day changes nothing in that
    asked = attempts_at_the_portal() - asked_before
    world.sweeps(DAY)
    asked_in_a_day = attempts_at_the_portal() - asked_before
    probes = 2 + took / 60
    assert asked <= 5 + 2 + probes  # as many as open it, those under way just then, and the probes
    assert asked_in_a_day <= asked + 2
    emergencies = [one for one, body in zip(references, bodies, strict=True) if body["emergency"]]
    # emergencies were told to their officers meanwhile, and ordinary grievances to nobody
    assert world.state(emergencies[0])["assignee"] is not None
    assert all(world.sms(one) for one in emergencies)

    # WHEN it is back
    held_before = len(world.all_portal_entries())
    world.portal_misbehaves("ok")
    back = time.monotonic()
    world.until(world.drains, lambda done: done["outcome"] in {"idle", "drained"}, PATIENCE)
    drained = time.monotonic() - back

    # THEN it holds each once, emergencies first, then the oldest
    entries = world.all_portal_entries()[held_before:]
    mine = [entry for entry in entries if entry["reference"] in set(references)]
    assert len(mine) == WAITING
    assert {entry["reference"] for entry in mine} == set(references)
    in_order = [(not entry["emergency"], datetime.fromisoformat(entry["registered_at"])) for entry in mine]
    assert in_order == sorted(in_order)
    assert [entry["reference"] for entry in mine if entry["emergency"]] == sorted(
        emergencies, key=lambda one: world.state(one)["timeline"][0]["at"]
    )
    # no faster than it is said to stand
    assert drained >= (WAITING - FULL_SPEED) / FULL_SPEED * 0.9

    # AND every one of them comes to its officer, with the portal's own id
    ids = {entry["reference"]: entry["portal_id"] for entry in mine}
    left = set(references)

    def left_behind() -> set[str]:
        for reference in list(left):
            state = world.state(reference)
            if state["status"] == "forwarded":
                assert state["portal_id"] == ids[reference]
                left.discard(reference)
        return left

    world.until(left_behind, lambda behind: not behind, PATIENCE)
    print(  # noqa: T201 - pytest -s shows it
        f"{WAITING} waiting after {took:.0f} s, {asked} attempts at the portal; "
        f"in after {drained:.0f} s, all with their officers after {time.monotonic() - back:.0f} s"
    )


def waiting(world: World, references: list[str]) -> list[str]:
    """Which of these stand in the queue of the portal, in its order."""
    client = world.aws("dynamodb")
    found: list[str] = []
    for queue in ("push#1-emergency", "push#2-ordinary"):
        pages = client.get_paginator("query").paginate(
            TableName=world.stack.table,
            IndexName="portal",
            KeyConditionExpression="to_push = :queue",
            ExpressionAttributeValues={":queue": {"S": queue}},
        )
        found += [item["to_push_since"]["S"].rsplit("#", 1)[1] for page in pages for item in page["Items"]]
    mine = set(references)
    return [reference for reference in found if reference in mine]


def test_many_answers_are_dropped_after_the_portal_has_stored(world: World) -> None:
    references = [world.registers(record(emergency=number % 4 == 0)) for number in range(12)]
    for reference in references:
        world.until_status(reference, "under_review")
    world.portal_misbehaves("drop_response", 9)
    for reference in references:
        assert world.decides(reference).status == 200
    # they open the circuit; the drainer finds by the key what was stored
    for reference in references:
        world.until(lambda ref=reference: arrived(world, ref), bool, PATIENCE)  # type: ignore[misc]  # mypy infers no lambda with a default
        (entry,) = world.portal_entries(reference)
        assert entry["portal_id"] == world.state(reference)["portal_id"]


def arrived(world: World, reference: str) -> bool:
    """Whether it is forwarded; what waits for the portal is taken in."""
    world.drains()
    return bool(world.state(reference)["status"] == "forwarded")


def test_what_the_portal_refuses_after_an_outage_is_back_with_the_analysts(world: World) -> None:
    world.goes_out()
    references = [world.parks(), world.parks(emergency=True)]
    world.portal_misbehaves("refuse", "district is not served")
    world.drains()
    for reference in references:
        world.until_status(reference, "under_review")
    shown = {item["reference"]: item["findings"] for item in world.waiting_for_review()}
    assert "district is not served" in json.dumps(shown[references[0]])

    world.portal_misbehaves("ok")
    for reference in references:
        assert world.decides(reference).status == 200
        world.until(lambda ref=reference: arrived(world, ref), bool)  # type: ignore[misc]  # mypy infers no lambda with a default
        assert len(world.portal_entries(reference)) == 1


def the_execution_of(world: World, reference: str) -> str:
    """The one that runs."""
    running = [one for one in world.executions(reference) if one["status"] == "RUNNING"]
    assert len(running) == 1, running
    return str(running[0]["executionArn"])


def registered_only(world: World) -> str:
    events = world.aws("events")
    events.disable_rule(Name="ssm-local-start-grievance", EventBusName="ssm-local")
    try:
        reference = world.registers(record())
        world.until(lambda: world.told(reference), bool)
    finally:
        events.enable_rule(Name="ssm-local-start-grievance", EventBusName="ssm-local")
    world.aws("stepfunctions").start_execution(
        stateMachineArn=world.stack.state_machine_arns["grievance"],
        name=f"by-hand-{reference}",
        input=json.dumps({"reference": reference}),
    )
    return reference


def under_review(world: World, *, emergency: bool = False) -> str:
    reference = world.registers(record(emergency=emergency))
    world.until_status(reference, "under_review")
    return reference


def between_two_attempts(world: World) -> str:
    reference = under_review(world)
    world.portal_misbehaves("error_rate", 1)
    assert world.decides(reference).status == 200
    client = world.aws("stepfunctions")

    def history() -> list[str]:
        pages = client.get_paginator("get_execution_history").paginate(
            executionArn=the_execution_of(world, reference)
        )
        events = (event for page in pages for event in page["events"])
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in events
            if "stateEnteredEventDetails" in event
        ]

    world.until(history, lambda names: names[-1] == "Wait for the portal")
    return reference


def parked(world: World, *, emergency: bool = False) -> str:
    world.goes_out()
    return world.parks(emergency=emergency)


WHERE: dict[str, Callable[[World], str]] = {
    "at its very beginning": registered_only,
    "under review": under_review,
    "an emergency under review": lambda world: under_review(world, emergency=True),
    "between two attempts at the portal": between_two_attempts,
    "waiting for the portal": parked,
    "an emergency waiting for the portal": lambda world: parked(world, emergency=True),
}


@pytest.mark.parametrize("where", WHERE)
def test_an_execution_is_stopped_by_hand(world: World, where: str) -> None:
    # GIVEN an execution that somebody stops in the console
    reference = WHERE[where](world)
    running = [one for one in world.executions(reference) if one["status"] == "RUNNING"]
    for one in running:
        world.aws("stepfunctions").stop_execution(executionArn=one["executionArn"])

    # WHEN the portal is well, the clock goes on, and whoever is to decide does
    world.portal_misbehaves("ok")
    if world.state(reference)["status"] == "registered":
        world.until_watched(reference, "under_review")
    if world.state(reference)["status"] == "under_review":
        assert world.decides(reference).status == 200

    def look() -> str:
        world.drains()
        world.sweeps(STEP_OVERDUE)
        return str(world.state(reference)["status"])

    # THEN it comes to its officer all the same, and the portal holds it once
    world.until(look, lambda status: status == "forwarded", PATIENCE)
    (entry,) = world.portal_entries(reference)
    assert entry["portal_id"] == world.state(reference)["portal_id"]
    happened = world.happened(reference)
    for once in ("ReviewRequested", "RecordAccepted", "PushedToPortal", "RecordForwarded"):
        assert happened.count(once) == 1, happened


def test_a_changed_state_machine_is_deployed_while_grievances_are_in_flight(world: World) -> None:
    # GIVEN grievances before the analysts and before the portal
    reviewed, emergency = under_review(world), under_review(world, emergency=True)
    waits, waits_urgently = parked(world), world.parks(emergency=True)
    references = [reviewed, emergency, waits, waits_urgently]

    # WHEN a state machine is deployed that names its states otherwise and has one more
    client = world.aws("stepfunctions")
    arn = world.stack.state_machine_arns["grievance"]
    good = client.describe_state_machine(stateMachineArn=arn)["definition"]
    changed = json.loads(
        good.replace("the data analysts", "the analysts").replace("portal is back", "portal answers")
    )
    changed["States"]["A new beginning"] = {"Type": "Pass", "ResultPath": "$.new", "Next": changed["StartAt"]}
    changed["StartAt"] = "A new beginning"
    client.update_state_machine(stateMachineArn=arn, definition=json.dumps(changed))
    try:
        world.portal_misbehaves("ok")
        world.drains()
        for reference in (reviewed, emergency):
            assert world.decides(reference).status == 200
        new = under_review(world)
        assert world.decides(new).status == 200

        # THEN old executions and new ones all come to their end
        for reference in [*references, new]:
            carried_on(world, reference)
            assert len(world.portal_entries(reference)) == 1
            assert {one["status"] for one in world.executions(reference)} == {"SUCCEEDED"}
    finally:
        client.update_state_machine(stateMachineArn=arn, definition=good)


def test_an_execution_that_fails_is_told_with_its_reason_in_words(world: World) -> None:
    # GIVEN somebody to whom the alarms go
    topics, sqs = world.aws("sns"), world.aws("sqs")
    topic = next(
        one["TopicArn"]
        for one in topics.list_topics()["Topics"]
        if one["TopicArn"].endswith("ssm-local-alarms")
    )
    url = sqs.create_queue(QueueName="whoever-is-on-duty")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    subscription = topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
    heard: list[dict[str, Any]] = []

    def hears() -> list[dict[str, Any]]:
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            heard.append(json.loads(json.loads(message["Body"])["Message"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return [one for one in heard if json.loads(one["grievance"])["reference"] == reference]

    # WHEN an execution cannot reach its first step
    client = world.aws("stepfunctions")
    machine = world.stack.state_machine_arns["grievance"]
    good = client.describe_state_machine(stateMachineArn=machine)["definition"]
    broken = json.loads(good)
    first = broken["States"][broken["StartAt"]]
    first["Retry"] = []
    first["Parameters"]["FunctionName"] += "-gone"
    client.update_state_machine(stateMachineArn=machine, definition=json.dumps(broken))
    try:
        reference = world.registers(record())
        (told,) = world.until(hears, bool)
    finally:
        client.update_state_machine(stateMachineArn=machine, definition=good)
    # THEN they hear which grievance, why, and what to do
    assert told["what"] == "The execution of a grievance failed"
    assert told["error"] == "StepFailed"
    assert "at last with Lambda." in told["why"]
    assert "starts the record again" in told["why"]

    # AND of one that was stopped by hand
    world.until_watched(reference, "under_review")
    client.stop_execution(executionArn=the_execution_of(world, reference))
    heard.clear()
    (stopped,) = world.until(hears, bool)
    assert stopped["status"] == "ABORTED"
    topics.unsubscribe(SubscriptionArn=subscription)
    assert world.decides(reference).status == 200
    carried_on(world, reference)


def test_the_portal_holds_another_content_under_the_key(world: World) -> None:
    # GIVEN an entry that somebody else made under our reference
    reference = under_review(world)
    token = (Layout(root=PROJECT / ".local" / "tests").portal_token).read_text(encoding="utf-8").strip()
    other = {
        "source": "SSM Call Centre Data",
        "reference": reference,
        "emergency": False,
        "department": "PHE",
        "district": "320",
        "category": None,
        "scheme": None,
        "summary": "Another text",
        "details": None,
        "complainant": {"name": None, "phone": "+919830000000", "address": None},
        "registered_at": datetime.now(IST).isoformat(),
        "due_at": None,
        "recall_of": None,
    }
    answer = world.http.request(
        "POST",
        f"{world.stack.portal_url}/api/v1/grievances",
        json=other,
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": reference},
    )
    assert answer.status == 201, answer.data

    # WHEN ours is pushed THEN it is not taken for an outage: others go in
    assert world.decides(reference).status == 200
    world.until_status(reference, "accepted")
    for _ in range(3):
        world.forwarded()
    assert world.state(reference)["status"] == "accepted"
