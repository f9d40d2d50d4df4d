"""A link of the chain fails for a while: what was accepted waits, and then goes on by itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.stack.world import World, record

BUS = "ssm-local"
STEP_OVERDUE = timedelta(minutes=3)


def test_the_portal_is_down_for_a_while(world: World) -> None:
    world.portal_misbehaves("down")
    references = [world.registers(record()) for _ in range(3)]
    for reference in references:
        world.until_status(reference, "under_review")
        assert world.decides(reference).status == 200
        world.until_status(reference, "accepted")

    world.portal_misbehaves("ok")
    world.drains()

    for reference in references:
        world.until_status(reference, "forwarded")
        assert len(world.portal_entries(reference)) == 1


def test_the_portal_stores_and_loses_its_answer(world: World) -> None:
    world.portal_misbehaves("drop_response", 1)
    reference = world.forwarded()

    (entry,) = world.portal_entries(reference)
    assert entry["portal_id"] == world.state(reference)["portal_id"]


def test_the_portal_asks_for_patience(world: World) -> None:
    world.portal_misbehaves("rate_limit", 1)
    references = [world.registers(record()) for _ in range(3)]
    for reference in references:
        world.until_status(reference, "under_review")
        assert world.decides(reference).status == 200
    for reference in references:
        world.until_status(reference, "forwarded")
        assert len(world.portal_entries(reference)) == 1


def test_the_rule_that_starts_executions_is_disabled(world: World) -> None:
    # GIVEN a bus that starts no execution
    events = world.aws("events")
    events.disable_rule(Name="ssm-local-start-grievance", EventBusName=BUS)
    try:
        reference = world.registers(record())
        world.until(lambda: world.told(reference), lambda told: told)
        assert world.state(reference)["status"] == "registered"
    finally:
        events.enable_rule(Name="ssm-local-start-grievance", EventBusName=BUS)

    # WHEN the watch over its step runs out
    world.sweeps(STEP_OVERDUE)

    # THEN it is started, once
    world.until_status(reference, "under_review")
    assert len(world.executions(reference)) == 1
    assert world.decides(reference).status == 200
    world.until_status(reference, "forwarded")


def test_the_state_machine_cannot_reach_its_steps(world: World) -> None:
    # GIVEN executions that fail at their first step, as with a broken role
    client = world.aws("stepfunctions")
    arn = world.stack.state_machine_arns["grievance"]
    good = client.describe_state_machine(stateMachineArn=arn)["definition"]
    broken: dict[str, Any] = json.loads(good)
    for state in broken["States"].values():
        if state["Type"] == "Task":
            state["Retry"] = []
            if "FunctionName" in state["Parameters"]:
                state["Parameters"]["FunctionName"] += "-gone"
    client.update_state_machine(stateMachineArn=arn, definition=json.dumps(broken))
    try:
        reference = world.registers(record(emergency=True))
        (execution,) = world.until(
            lambda: world.executions(reference), lambda found: found and found[0]["status"] == "FAILED"
        )
        assert execution["error"] == "StepFailed"
        assert world.state(reference)["status"] == "registered"
        # A restart while it is still broken changes nothing for the worse.
        world.sweeps(STEP_OVERDUE)
    finally:
        client.update_state_machine(stateMachineArn=arn, definition=good)

    # WHEN it is mended and the watch runs out again
    # THEN it goes on
    world.until_watched(reference, "under_review")
    assert world.decides(reference).status == 200
    world.until_status(reference, "forwarded")


def test_an_execution_that_waits_for_the_analyst_is_stopped(world: World) -> None:
    # GIVEN a grievance whose execution somebody stopped in the console
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    (execution,) = world.executions(reference)
    world.aws("stepfunctions").stop_execution(executionArn=execution["executionArn"])

    # WHEN the analyst decides
    assert world.decides(reference).status == 200

    # THEN another execution carries it on: at once where the token is known to be dead, as on AWS, else when
    # the watch over the step runs out
    world.until_watched(reference, "forwarded")
    assert len(world.executions(reference)) > 1
    assert len(world.portal_entries(reference)) == 1


def test_a_second_start_for_the_same_grievance_ends_quietly(world: World) -> None:
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    client = world.aws("stepfunctions")

    client.start_execution(
        stateMachineArn=world.stack.state_machine_arns["grievance"],
        name=f"again-{reference}",
        input=json.dumps({"reference": reference}),
    )

    world.until(
        lambda: sorted(one["status"] for one in world.executions(reference)),
        lambda found: found == ["RUNNING", "SUCCEEDED"],
    )
    assert world.decides(reference).status == 200
    world.until_status(reference, "forwarded")
    assert world.happened(reference).count("ReviewRequested") == 1


def test_events_that_come_again_change_nothing(world: World) -> None:
    # GIVEN a grievance whose whole story was told and whose alerts are out
    reference = world.forwarded()
    before = world.state(reference)
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    world.until(lambda: world.mails(reference), lambda sent: len(sent) == 3)
    told = world.until(lambda: world.told(reference), lambda events: len(events) >= 5)

    # WHEN every event comes again, backwards
    world.aws("events").put_events(
        Entries=[
            {
                "EventBusName": BUS,
                "Source": event["source"],
                "DetailType": event["detail-type"],
                "Detail": json.dumps(event["detail"]),
            }
            for event in reversed(told)
        ]
    )

    # THEN all consumers have seen them and nothing is different
    world.until(lambda: world.told(reference), lambda events: len(events) >= 2 * len(told))
    world.until(
        lambda: [one["status"] for one in world.executions(reference)],
        lambda found: found == ["SUCCEEDED", "SUCCEEDED"],
    )
    world.until_quiet()
    assert world.state(reference) == before
    assert (len(world.sms(reference)), len(world.mails(reference))) == (2, 3)
    assert len(world.portal_entries(reference)) == 1


def test_a_stream_batch_that_comes_again_tells_the_same_events(world: World) -> None:
    reference = world.forwarded()

    def kept() -> Any:  # noqa: ANN401 - an item
        key = {"pk": {"S": f"REC#{reference}"}, "sk": {"S": "RECORD"}}
        return world.aws("dynamodb").get_item(TableName=world.stack.table, Key=key)["Item"]

    def ended() -> int:
        return sum(execution["status"] == "SUCCEEDED" for execution in world.executions(reference))

    world.until(ended, lambda count: count == 1)
    world.until_quiet()
    item = kept()
    batch = {"Records": [{"dynamodb": {"NewImage": item, "SequenceNumber": "1"}}]}

    assert world.invoke("relay", batch) == {"batchItemFailures": []}

    told = world.until(lambda: world.told(reference), lambda events: len(events) >= 10)
    assert {event["detail"]["sequence"] for event in told} == {1, 2, 3, 4, 5}
    world.until_quiet()
    # AND what they cause finds that all is done, and writes nothing: that would be published in turn
    world.until(ended, lambda count: count == 2)
    assert kept() == item
    assert len(world.sms(reference)) == 2
