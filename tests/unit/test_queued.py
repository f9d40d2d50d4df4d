"""Batches from queues: each message is judged alone, and one that fails comes again before long."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest

from functions.domain.errors import Unavailable
from functions.queued import Message, each_message
from tests.batches import QUEUE_ARN, batch, message
from tests.fakes import FakePorts

TOLD = '{"detail-type": "RecordAccepted", "detail": {"reference": "SSM-1", "sequence": 3}}'


@pytest.fixture
def outside() -> FakePorts:
    return FakePorts()


def fails(_: Message) -> None:
    raise RuntimeError


def test_a_message_that_fails_comes_again_and_holds_back_no_other(
    outside: FakePorts, logged: StringIO
) -> None:
    handled: list[Message] = []

    def handle(told: Message) -> None:
        handled.append(told)
        if len(handled) == 2:
            raise RuntimeError

    brought = batch(message("one", TOLD), message("two", TOLD), message("three", TOLD))
    assert each_message(outside, brought, handle) == {"batchItemFailures": [{"itemIdentifier": "two"}]}
    assert handled == [Message("RecordAccepted", "SSM-1", 3)] * 3
    assert '"message_id":"two"' in logged.getvalue()
    assert [(queue, receipt) for queue, receipt, _ in outside.redelivery.asked] == [
        (QUEUE_ARN, "receipt-two")
    ]


@pytest.mark.parametrize(
    "body", ["", "{", "{}", "[]", "null", '{"detail-type": "X", "detail": {}}', '{"detail": 5}']
)
def test_a_message_that_is_none_comes_again_until_it_lies_with_the_dead_letters(
    outside: FakePorts, body: str
) -> None:
    handled: list[Message] = []
    brought = batch(message("bad", body), message("good", TOLD))
    answer = each_message(outside, brought, handled.append)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    assert len(handled) == 1


@pytest.mark.parametrize(
    ("received", "soonest", "latest"), [(1, 1, 2), (2, 2, 4), (3, 4, 8), (6, 30, 60), (21, 30, 60)]
)
def test_it_comes_again_within_seconds_and_later_each_time(
    outside: FakePorts, received: int, soonest: int, latest: int
) -> None:
    each_message(outside, batch(message("one", TOLD, received=received)), fails)
    ((_, _, after),) = outside.redelivery.asked
    assert timedelta(seconds=soonest) <= after <= timedelta(seconds=latest)


@pytest.mark.parametrize("error", [Unavailable("redelivery"), RuntimeError("a receipt that ran out")])
def test_a_queue_that_cannot_be_asked_hands_it_out_when_it_would_have(
    outside: FakePorts, logged: StringIO, error: Exception
) -> None:
    outside.redelivery.fails = error
    answer = each_message(outside, batch(message("one", TOLD), message("two", TOLD)), fails)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "one"}, {"itemIdentifier": "two"}]}
    assert "comes again late" in logged.getvalue()
