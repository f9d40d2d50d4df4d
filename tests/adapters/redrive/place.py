"""A stack whose letters are handed back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from infra.redrive import Clients, Outcome, redrive
from infra.template import load_fragment
from local.layout import PROJECT
from tests.adapters.conftest import Wire

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient


STACK, BUS, BUCKET = "ssm-test", "ssm-test-bus", "ssm-test-registry"
QUEUES = [
    name
    for name, resource in load_fragment(PROJECT / "infra" / "queues.yaml")["Resources"].items()
    if resource["Type"] == "AWS::SQS::Queue"
]
DEAD_LETTERS = [name for name in QUEUES if name.endswith("DeadLetters")]


class CloudFormation:
    """A stack's resources, on two pages."""

    def __init__(self, resources: dict[str, str]) -> None:
        self.resources = resources

    def get_paginator(self, name: str) -> CloudFormation:
        """The only one that is asked for."""
        assert name == "list_stack_resources"
        return self

    def paginate(self, StackName: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - as in boto3
        """Both pages."""
        assert StackName == STACK
        listed = [
            {"LogicalResourceId": logical, "PhysicalResourceId": physical}
            for logical, physical in self.resources.items()
        ]
        yield {"StackResourceSummaries": listed[:5]}
        # One that is being made has no physical id yet.
        yield {"StackResourceSummaries": [*listed[5:], {"LogicalResourceId": "Another"}]}


@dataclass
class Functions:
    """Lambda.

    Attributes:
        invoked: function and payload of each call.
        answers: of the republish function, first in first out; then that nothing is behind.
        fails: whether a function fails.
    """

    invoked: list[tuple[str, str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    fails: bool = False

    def invoke(
        self,
        FunctionName: str,  # noqa: N803 - as in boto3
        Payload: bytes,  # noqa: N803 - same
        InvocationType: str = "RequestResponse",  # noqa: N803 - same
    ) -> dict[str, Any]:
        """Notes the call, and answers as the function would."""
        self.invoked.append((FunctionName, InvocationType, json.loads(Payload)))
        if self.fails:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorType": "Unavailable"}')}
        answer = self.answers.pop(0) if self.answers else {"behind": 0, "until": "now"}
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


@dataclass
class Place:
    """A stack whose letters are handed back.

    Attributes:
        wire: what goes to SQS.
        bus: what goes to EventBridge.
        topic: where alarms go.
    """

    clients: Clients
    functions: Functions
    cloudformation: CloudFormation
    wire: Wire
    bus: Wire
    topic: str

    @property
    def topics(self) -> SNSClient:
        """Where alarms go."""
        assert self.clients.topics is not None
        return self.clients.topics

    def published(self) -> list[Any]:
        """What those hear to whom the alarms go."""
        return [json.loads(json.loads(letter)["Message"]) for letter in self._texts("Told")]

    def _texts(self, queue: str) -> list[str]:
        got = self.sqs.receive_message(QueueUrl=self.url(queue), MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [message["Body"] for message in got.get("Messages", [])]

    @property
    def sqs(self) -> SQSClient:
        """Its queues."""
        return self.clients.sqs

    def url(self, queue: str) -> str:
        """Address of a queue."""
        return self.cloudformation.resources[queue]

    def put(self, queue: str, *bodies: object) -> None:
        """Puts letters into a queue: text as it is, all else as JSON."""
        for body in bodies:
            text = body if isinstance(body, str) else json.dumps(body)
            self.sqs.send_message(QueueUrl=self.url(queue), MessageBody=text)

    def bodies(self, queue: str) -> list[Any]:
        """What can be read in a queue now, at most ten."""
        return [json.loads(text) for text in self._texts(queue)]

    @property
    def told(self) -> list[Any]:
        """What was put on the bus."""
        return [entry for call in self.bus.parameters for entry in call.get("Entries", [])]

    def run(self, **more: timedelta) -> dict[str, Outcome]:
        """Hands the letters back."""
        return {outcome.queue: outcome for outcome in redrive(STACK, self.clients, **more)}
