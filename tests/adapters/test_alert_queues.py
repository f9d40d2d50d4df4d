"""The queues of events of which somebody is told: what is handed on reads as what the bus brings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.alert_queues import SqsAlertQueues
from functions.domain.errors import Unavailable
from functions.domain.held_alerts import Readers
from functions.domain.linking import Part
from functions.queued import Message, each_message
from tests.adapters.conftest import Wire, client
from tests.batches import batch, message
from tests.builders import NOW, PRIVATE, forwarded, reference_of
from tests.fakes import FakePorts

RECORD = forwarded()
EVENTS = [(RECORD.reference, event) for event in RECORD.events]
AT = NOW + timedelta(hours=22)


@pytest.fixture
def sqs(_aws: None) -> Any:  # noqa: ANN401 - a client
    return client("sqs")


@pytest.fixture
def urls(sqs: Any) -> Mapping[Readers, str]:  # noqa: ANN401 - a client
    return {one: str(sqs.create_queue(QueueName=f"ssm-test-{one}")["QueueUrl"]) for one in Readers}


def bodies(sqs: Any, url: str) -> list[str]:  # noqa: ANN401 - a client
    found: list[str] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [message["Body"] for message in messages]
    return found


@pytest.mark.parametrize("readers", Readers)
def test_what_is_handed_on_is_read_as_an_event_of_the_bus(
    sqs: Any,  # noqa: ANN401 - a client
    urls: Mapping[Readers, str],
    readers: Readers,
) -> None:
    SqsAlertQueues(sqs, urls).hand_on(readers, EVENTS, AT)
    told = bodies(sqs, urls[readers])
    handled: list[Message] = []
    brought = batch(*(message(str(number), body) for number, body in enumerate(told)))
    assert each_message(FakePorts(), brought, handled.append) == {"batchItemFailures": []}
    assert sorted(handled, key=lambda message: message.sequence) == [
        Message(event.type, reference_of(), event.sequence, AT) for event in RECORD.events
    ]
    assert not [said for said in PRIVATE if said in "".join(told)]
    (other,) = set(Readers) - {readers}
    assert bodies(sqs, urls[other]) == []


def test_what_comes_from_the_bus_was_never_handed_on() -> None:
    handled: list[Message] = []
    body = json.dumps({"detail-type": "RecordForwarded", "detail": {"reference": "SSM-1", "sequence": 3}})
    each_message(FakePorts(), batch(message("m", body)), handled.append)
    assert [message.handed_on_at for message in handled] == [None]


def test_ten_go_in_each_request_and_none_in_none(sqs: Any, urls: Mapping[Readers, str]) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)
    # Of many records; the events of two may have one number.
    many = [(f"SSM-{number}", RECORD.events[0]) for number in range(23)]
    SqsAlertQueues(sqs, urls).hand_on(Readers.OFFICERS, many, AT)
    assert [len(sent["Entries"]) for sent in wire.parameters] == [10, 10, 3]
    SqsAlertQueues(sqs, urls).hand_on(Readers.OFFICERS, [], AT)
    assert len(wire.sent) == 3
    assert len(bodies(sqs, urls[Readers.OFFICERS])) == 23


def test_an_event_that_is_told_in_parts_is_read_with_its_part(sqs: Any, urls: Mapping[Readers, str]) -> None:  # noqa: ANN401 - a client
    parts = [Part(first="SSM-1", last="SSM-5"), Part(first="SSM-6", last="SSM-9")]
    SqsAlertQueues(sqs, urls).hand_on_in_parts(EVENTS[0], parts, AT)
    handled: list[Message] = []
    brought = batch(*(message(body, body) for body in bodies(sqs, urls[Readers.CITIZENS])))
    assert each_message(FakePorts(), brought, handled.append) == {"batchItemFailures": []}
    told = Message(RECORD.events[0].type, reference_of(), RECORD.events[0].sequence, AT)
    by_first = sorted(handled, key=lambda one: one.linked.first if one.linked else "")
    assert by_first == [replace(told, linked=part) for part in parts]


def test_a_queue_that_is_out_or_takes_not_all_is_an_outage(sqs: Any, urls: Mapping[Readers, str]) -> None:  # noqa: ANN401 - a client
    wire = Wire(sqs)
    wire.fail("SendMessageBatch", *["ServiceUnavailable"] * 9)
    with pytest.raises(Unavailable, match="alerts"):
        SqsAlertQueues(sqs, urls).hand_on(Readers.OFFICERS, EVENTS, AT)
    wire.faults.clear()

    def fail_one(parsed: dict[str, Any], **_: object) -> None:
        parsed["Failed"] = [{"Id": "1", "Code": "InternalError", "SenderFault": False}]

    wire.hook("after-call.sqs.SendMessageBatch", fail_one)
    with pytest.raises(Unavailable, match="alerts"):
        SqsAlertQueues(sqs, urls).hand_on(Readers.OFFICERS, EVENTS, AT)
