"""The queue of offices where an officer may have a successor."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.handovers import SqsHandovers
from functions.domain.errors import Unavailable
from tests.adapters.conftest import Wire, client

OFFICES = [f"OFFICE-{number}" for number in range(23)]


@pytest.fixture
def sqs(_aws: None) -> Any:  # noqa: ANN401 - a client
    return client("sqs")


@pytest.fixture
def queue(sqs: Any) -> str:  # noqa: ANN401 - a client
    return str(sqs.create_queue(QueueName="ssm-test-handovers")["QueueUrl"])


def test_each_office_is_a_message_of_its_own(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    SqsHandovers(sqs, queue).ask(OFFICES, timedelta())
    told = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        told += [json.loads(message["Body"]) for message in messages]
    assert sorted(told, key=str) == sorted(({"office": office} for office in OFFICES), key=str)


def test_they_come_no_sooner_than_was_asked_ten_in_each_request(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)
    SqsHandovers(sqs, queue).ask(OFFICES, timedelta(seconds=35))
    assert [len(sent["Entries"]) for sent in wire.parameters] == [10, 10, 3]
    assert {entry["DelaySeconds"] for sent in wire.parameters for entry in sent["Entries"]} == {35}


def test_no_office_is_no_request(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)
    SqsHandovers(sqs, queue).ask([], timedelta())
    assert wire.sent == []


def test_a_queue_that_is_out_is_an_outage(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    Wire(sqs).fail("SendMessageBatch", *["ServiceUnavailable"] * 9)
    with pytest.raises(Unavailable, match="handovers"):
        SqsHandovers(sqs, queue).ask(OFFICES, timedelta())


def test_a_message_that_the_queue_does_not_take_is_an_outage(sqs: Any, queue: str) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)

    def fail_one(parsed: dict[str, Any], **_: object) -> None:
        parsed["Failed"] = [{"Id": "1", "Code": "InternalError", "SenderFault": False}]

    wire.hook("after-call.sqs.SendMessageBatch", fail_one)
    with pytest.raises(Unavailable, match="handovers"):
        SqsHandovers(sqs, queue).ask(OFFICES, timedelta())
