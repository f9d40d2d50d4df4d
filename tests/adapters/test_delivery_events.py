"""The queue of what providers told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.delivery_events import SqsDeliveryEvents, from_body, is_own
from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.domain.errors import Unavailable
from tests.adapters.conftest import Wire, client
from tests.builders import NOW

EVENTS = [
    DeliveryEvent(
        channel=Channel.SMS,
        message_ids=(f"sms-{number}",),
        outcome=Outcome(state=DeliveryState.FAILED, at=NOW, code="phone-unreachable"),
        looked_up=1,
    )
    for number in range(23)
]


@pytest.fixture
def sqs(_aws: None) -> Any:  # noqa: ANN401 - a client
    return client("sqs")


@pytest.fixture
def queue(sqs: Any) -> str:  # noqa: ANN401 - a client
    return str(sqs.create_queue(QueueName="ssm-test-delivery-events")["QueueUrl"])


def test_what_was_put_comes_out_as_it_was(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    SqsDeliveryEvents(sqs, queue).put(EVENTS, timedelta())
    bodies = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        bodies += [json.loads(message["Body"]) for message in messages]
    assert all(is_own(body) for body in bodies)
    came = sorted((from_body(body) for body in bodies), key=lambda event: event.message_ids)
    assert came == sorted(EVENTS, key=lambda event: event.message_ids)


def test_it_comes_no_sooner_than_was_asked_ten_in_each_request(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)
    SqsDeliveryEvents(sqs, queue).put(EVENTS, timedelta(minutes=15))
    assert [len(sent["Entries"]) for sent in wire.parameters] == [10, 10, 3]
    assert {entry["DelaySeconds"] for sent in wire.parameters for entry in sent["Entries"]} == {900}


def test_no_event_is_no_request(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)
    SqsDeliveryEvents(sqs, queue).put([], timedelta())
    assert wire.sent == []


def test_a_queue_that_is_out_is_an_outage(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    Wire(sqs).fail("SendMessageBatch", *["ServiceUnavailable"] * 9)
    with pytest.raises(Unavailable, match="delivery-events"):
        SqsDeliveryEvents(sqs, queue).put(EVENTS, timedelta())
