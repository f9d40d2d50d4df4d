"""What providers tell of messages: bounces, complaints, WhatsApp and calls that fail, and what follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.adapters.table import from_item
from tests.stack.test_officer_changes import OFFICERS, post, rows, written
from tests.stack.test_registry import text_of, upload
from tests.stack.world import World, record

EVENTS = Path(__file__).parents[1] / "events"
OFFICE = "TOUR"
# What the simulator knows by the end of the number: not on WhatsApp, and a call that rings out.
NOT_ON_WHATSAPP, NOT_ANSWERED = "+919000000404", "+919000000480"
KEEPER = "cmo-grievance-cell@ssm.wb.example"
KNOWN_AFTER = timedelta(seconds=31)
"""Functions know a version of the registry for half a minute."""

Evidence = dict[str, Any]


@pytest.fixture(autouse=True)
def _an_officer_who_is_hard_to_reach(world: World) -> Iterator[None]:
    found = rows()
    post(found, OFFICE).update(phone=NOT_ANSWERED, whatsapp=NOT_ON_WHATSAPP, language="en")
    assert upload(world, OFFICERS, written(found))["applied"] is True
    began = datetime.now(UTC)
    world.until(lambda: datetime.now(UTC) - began, lambda passed: passed > KNOWN_AFTER)
    yield
    assert upload(world, OFFICERS, text_of(OFFICERS))["applied"] is True


def evidence(world: World, reference: str) -> list[Evidence]:
    """The evidence of what officers were told."""
    pages = world.aws("dynamodb").get_paginator("query")
    found = pages.paginate(
        TableName=world.stack.table,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": f"REC#{reference}"}, ":sk": {"S": "ALERT#"}},
    )
    items = [from_item(item) for page in found for item in page["Items"]]
    return [item for item in items if item.get("told") == "officer" and not item["alert"]["besides"]]


def of(items: list[Evidence], level: str, channel: str, template: str) -> list[Evidence]:
    return [
        item
        for item in items
        if (item["alert"]["level"], item["alert"]["channel"], item["alert"]["template"])
        == (level, channel, template)
    ]


def until_delivery(world: World, reference: str, state: str, *whose: str) -> Evidence:
    """Waits until the evidence of a message tells that state; the evidence."""
    found = world.until(
        lambda: of(evidence(world, reference), *whose),
        lambda items: items and items[0].get("delivery", {}).get("state") == state,
    )
    return found[0]


def publishes(world: World, name: str, message_id: str) -> None:
    """SES tells of a mail."""
    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    event["mail"]["messageId"] = message_id
    topics = world.aws("sns")
    (arn,) = [
        topic["TopicArn"]
        for page in topics.get_paginator("list_topics").paginate()
        for topic in page["Topics"]
        if topic["TopicArn"].endswith(":ssm-local-deliveries")
    ]
    topics.publish(TopicArn=arn, Message=json.dumps(event))


def told_keeper(world: World, way: str) -> list[dict[str, Any]]:
    mails = world.mails(f"({OFFICE}) cannot be reached by {way}")
    return [mail for mail in mails if KEEPER in str(mail)]


def waiting(world: World, queue: str) -> int:
    sqs = world.aws("sqs")
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
    return sum(int(found[name]) for name in counts)


def test_what_does_not_arrive_is_known_and_goes_by_the_next_channel(world: World) -> None:
    # GIVEN an emergency whose officer is not on WhatsApp and does not answer calls
    reference = world.registers(record(emergency=True, department=OFFICE, district=None))
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200

    # THEN the evidence tells so of each, and the registry's keeper of what fails for good, once
    emergency = "officer_emergency"
    failed = until_delivery(world, reference, "failed", "nodal", "whatsapp", emergency)
    assert failed["delivery"]["code"] == "131026"
    unanswered = until_delivery(world, reference, "failed", "nodal", "voice", emergency)
    assert unanswered["delivery"]["code"] == "VOICE_NO_ANSWER"
    until_delivery(world, reference, "delivered", "head", "whatsapp", emergency)
    until_delivery(world, reference, "delivered", "head", "voice", emergency)
    world.until(lambda: told_keeper(world, "WhatsApp"), lambda mails: len(mails) == 1)
    assert not told_keeper(world, "telephone")

    # WHEN he acknowledges, is reminded half a day later, and the mail bounces
    (link, *_) = world.until(lambda: world.links(reference), lambda links: len(links) == 2)
    assert world.page("POST", link)[0] == 200
    world.until_status(reference, "forwarded")
    world.sweeps(timedelta(hours=13))
    reminder = "officer_reminder"
    (mail,) = world.until(
        lambda: of(evidence(world, reference), "nodal", "email", reminder),
        lambda items: items and items[0]["state"] == "sent",
    )
    publishes(world, "ses_bounce", mail["message_id"])

    # THEN it is sent by WhatsApp, though that failed before: it is an emergency
    assert until_delivery(world, reference, "bounced", "nodal", "email", reminder)["delivery"]["code"]
    instead = until_delivery(world, reference, "failed", "nodal", "whatsapp", reminder)
    assert instead["alert"]["instead_of"] == "email"
    assert len([one for one in world.outbox(reference) if "REMINDER" in one["text"]]) == 1
    # AND the keeper is told of the address, once
    world.until(lambda: told_keeper(world, "e-mail"), lambda mails: len(mails) == 1)

    # WHEN the same is told again
    publishes(world, "ses_bounce", mail["message_id"])
    world.until(lambda: waiting(world, "ssm-local-delivery-events"), lambda count: count == 0)

    # THEN nothing is done twice
    assert len([one for one in world.outbox(reference) if "REMINDER" in one["text"]]) == 1
    assert [len(told_keeper(world, way)) for way in ("e-mail", "WhatsApp", "telephone")] == [1, 1, 0]

    # WHEN the head calls a mail unwanted
    (unwanted,) = of(evidence(world, reference), "head", "email", emergency)
    publishes(world, "ses_complaint", unwanted["message_id"])

    # THEN the address is marked, and nothing sent anew: he has got it
    before = len(world.outbox(reference))
    until_delivery(world, reference, "complained", "head", "email", emergency)
    world.until(lambda: told_keeper(world, "e-mail"), lambda mails: len(mails) == 2)
    assert len(world.outbox(reference)) == before
    assert waiting(world, "ssm-local-delivery-dead-letters") == 0


def test_what_is_told_of_no_message_of_ours_is_dropped_without_dead_letters(world: World) -> None:
    publishes(world, "ses_bounce", "a-message-of-somebody-else")
    sqs = world.aws("sqs")
    url = sqs.get_queue_url(QueueName="ssm-local-delivery-events")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="Successfully validated SNS topic for something else.")
    # It was looked up three times without being found.
    given_up = {
        "channel": "email",
        "message_ids": ["a-message-of-somebody-else"],
        "outcome": {"state": "bounced", "at": datetime.now(UTC).isoformat()},
        "looked_up": 3,
    }
    body = json.dumps({"delivery_event": given_up})
    answer = world.invoke("deliveries", {"Records": [{"messageId": "1", "body": body}]})

    assert answer == {"batchItemFailures": []}
    world.until(lambda: waiting(world, "ssm-local-delivery-events"), lambda count: count == 0)
    assert waiting(world, "ssm-local-delivery-dead-letters") == 0
