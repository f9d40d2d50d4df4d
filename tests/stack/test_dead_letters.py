"""Dead letters of every kind are handed back, and do no harm where they were done already."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from infra import redrive as module
from infra.redrive import SOURCES, Clients, Outcome, redrive
from tests.stack.world import World, record


def handed_back(world: World) -> dict[str, Outcome]:
    clients = Clients(
        world.aws("cloudformation"),
        world.aws("sqs"),
        world.aws("events"),
        world.aws("lambda"),
        world.aws("s3"),
    )
    # The emulator is one server, and what is empty here need not be waited for.
    with patch.object(module, "_POLL_SECONDS", 0):
        return {outcome.queue: outcome for outcome in redrive("ssm-local", clients)}


def put(world: World, queue: str, body: object) -> None:
    sqs = world.aws("sqs")
    sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], MessageBody=json.dumps(body))


def test_an_event_that_a_rule_could_not_deliver_is_put_back_on_the_bus(world: World) -> None:
    # GIVEN a grievance whose start was given up, and its event is a dead letter
    events = world.aws("events")
    events.disable_rule(Name="ssm-local-start-grievance", EventBusName="ssm-local")
    try:
        reference = world.registers(record())
        (event,) = world.until(lambda: world.told(reference), lambda told: told)
    finally:
        events.enable_rule(Name="ssm-local-start-grievance", EventBusName="ssm-local")
    put(world, "ssm-local-rule-dead-letters", event)
    put(world, "ssm-local-rule-dead-letters", {"source": "aws.events", "detail-type": "Scheduled Event"})

    # WHEN the dead letters are handed back
    outcome = handed_back(world)["RuleDeadLetters"]

    # THEN it goes on; of the schedule the next minute brings another
    assert (outcome.handed_back, outcome.dropped, outcome.left) == (1, 1, 0)
    world.until_status(reference, "under_review")
    assert world.decides(reference, "reject", reason="of a test").status == 200


def test_messages_go_back_to_their_queues_and_double_nothing(world: World) -> None:
    reference = world.forwarded()
    world.until(lambda: world.mails(reference), lambda sent: len(sent) == 3)
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    by_type = {event["detail-type"]: event for event in world.until_told(reference, 5)}
    for queue, kind in (
        ("alert", "RecordForwarded"),
        ("decision", "RecordAccepted"),
        ("pushed", "PushedToPortal"),
    ):
        put(world, f"ssm-local-{queue}-dead-letters", by_type[kind])
    before = world.state(reference)

    outcomes = handed_back(world)

    handed_back_of = {queue: outcomes[queue].handed_back for queue in SOURCES}
    put_there = ("AlertDeadLetters", "DecisionDeadLetters", "PushedDeadLetters")
    assert handed_back_of == dict.fromkeys(SOURCES, 0) | dict.fromkeys(put_there, 1)
    world.until_quiet()
    assert world.state(reference) == before
    assert (len(world.sms(reference)), len(world.mails(reference))) == (2, 3)


def test_a_stretch_of_the_stream_that_was_given_up_is_published_from_the_table(world: World) -> None:
    reference = world.forwarded()
    world.until_told(reference, 5)
    first = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    put(
        world,
        "ssm-local-stream-dead-letters",
        {"DDBStreamBatchInfo": {"approximateArrivalOfFirstRecord": first, "batchSize": 1}},
    )

    assert handed_back(world)["StreamDeadLetters"].handed_back == 1

    told = world.until_told(reference, 10)
    assert {event["detail"]["sequence"] for event in told} == {1, 2, 3, 4, 5}


def test_an_upload_that_could_not_be_handled_is_handled(world: World) -> None:
    key, bucket = "officials.csv", world.stack.registry_bucket
    s3 = world.aws("s3")
    payload = {"Records": [{"s3": {"object": {"key": key, "versionId": "by-hand", "eTag": "x"}}}]}
    put(world, "ssm-local-invocation-dead-letters", {"requestPayload": payload})

    assert handed_back(world)["InvocationDeadLetters"].handed_back == 1

    result = f"results/{key}/by-hand.json"
    world.until(
        lambda: s3.list_objects_v2(Bucket=bucket, Prefix=result)["KeyCount"], lambda count: count == 1
    )
