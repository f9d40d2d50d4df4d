"""When a message of SQS that failed comes again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.redelivery import SqsRedelivery
from functions.domain.errors import Unavailable
from tests.adapters.conftest import Wire, client

NAME = "ssm-test-alerts"


@pytest.fixture
def sqs(_aws: None) -> Any:  # noqa: ANN401 - a client
    return client("sqs")


@pytest.fixture
def queue(sqs: Any) -> tuple[str, str]:  # noqa: ANN401 - a client
    url = str(sqs.create_queue(QueueName=NAME, Attributes={"VisibilityTimeout": "180"})["QueueUrl"])
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    sqs.send_message(QueueUrl=url, MessageBody="told")
    return url, str(attributes["QueueArn"])


def test_what_was_handed_out_is_there_again_when_it_was_asked_for(sqs: Any, queue: tuple[str, str]) -> None:  # noqa: ANN401 - a client
    url, arn = queue
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=url)

    SqsRedelivery(sqs).ask(arn, message["ReceiptHandle"], timedelta())

    (again,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert again["Body"] == "told"


def test_the_address_is_that_of_the_queue_it_came_from(sqs: Any, queue: tuple[str, str]) -> None:  # noqa: ANN401 - a client
    url, arn = queue
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    wire = Wire(sqs)

    SqsRedelivery(sqs).ask(arn, message["ReceiptHandle"], timedelta(seconds=7))

    (asked,) = wire.parameters
    assert asked == {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 7}


def test_a_queue_that_is_out_is_an_outage(sqs: Any, queue: tuple[str, str]) -> None:  # noqa: ANN401 - a client
    Wire(sqs).fail("ChangeMessageVisibility", *["ServiceUnavailable"] * 9)
    with pytest.raises(Unavailable, match="redelivery"):
        SqsRedelivery(sqs).ask(queue[1], "receipt", timedelta())
