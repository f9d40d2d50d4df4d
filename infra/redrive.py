"""Hands dead letters back, once what made them fail is mended.

Run it with ``python -m infra.redrive --stack-name …``. Every consumer drops what it has done already, so a
letter too many does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import boto3  # noqa: TID251 - a command, no part of the functions
import typer
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

SOURCES: Mapping[str, str] = {
    "ReviewDeadLetters": "Reviews",
    "DecisionDeadLetters": "Decisions",
    "AlertDeadLetters": "Alerts",
    "PushedDeadLetters": "Pushed",
}
"""Queues whose letters go back to the queue that they came from."""

RULES, STREAM, INVOCATIONS = "RuleDeadLetters", "StreamDeadLetters", "InvocationDeadLetters"

# One run handles no more of one queue: it is bounded, and whoever runs it can run it again.
_MOST = 10_000
_BATCH = 10
_OURS = "ssm"

Letter = dict[str, Any]


@dataclass(frozen=True)
class Clients:
    """The services that letters are handed back to."""

    cloudformation: CloudFormationClient
    sqs: SQSClient
    events: EventBridgeClient
    functions: LambdaClient


@dataclass(frozen=True)
class Outcome:
    """What became of a queue's letters.

    Attributes:
        queue: the queue's logical id in the template.
        handed_back: how many went back to work.
        dropped: how many need not: the next minute brings another of their kind.
        left: how many are still there.
    """

    queue: str
    handed_back: int
    dropped: int
    left: int


def redrive(stack_name: str, clients: Clients) -> Iterator[Outcome]:
    """Hands the letters of every dead-letter queue of a stack back.

    Args:
        stack_name: the CloudFormation stack.
        clients: the services.

    Yields:
        What became of each queue's letters, in the order of the queues.
    """
    resources = _resources(stack_name, clients.cloudformation)
    work = _Work(clients, resources)
    handlers: dict[str, Callable[[Letter], bool]] = {
        **{queue: work.to_queue(resources[source]) for queue, source in SOURCES.items()},
        RULES: work.to_bus,
        STREAM: work.to_relay,
        INVOCATIONS: work.to_function,
    }
    for queue, handle in handlers.items():
        yield _empty(clients.sqs, queue, resources[queue], handle)


class _Work:
    """How letters of each kind go back; each answers False for one that may be dropped."""

    def __init__(self, clients: Clients, resources: Mapping[str, str]) -> None:
        self._clients = clients
        self._resources = resources

    def to_queue(self, url: str) -> Callable[[Letter], bool]:
        """Back to the queue it came from."""

        def send(letter: Letter) -> bool:
            self._clients.sqs.send_message(QueueUrl=url, MessageBody=letter["Body"])
            return True

        return send

    def to_bus(self, letter: Letter) -> bool:
        """An event that a rule could not deliver: back on the bus, for all rules."""
        event = json.loads(letter["Body"])
        if event["source"] != _OURS:
            return False
        answer = self._clients.events.put_events(
            Entries=[
                {
                    "EventBusName": self._resources["Bus"],
                    "Source": event["source"],
                    "DetailType": event["detail-type"],
                    "Detail": json.dumps(event["detail"]),
                }
            ]
        )
        if answer["FailedEntryCount"]:
            message = f"the bus does not take an event: {answer['Entries'][0].get('ErrorCode')}"
            raise RedriveError(message)
        return True

    def to_relay(self, letter: Letter) -> bool:
        """A stretch of the stream that was given up: published again from the table."""
        first = json.loads(letter["Body"])["DDBStreamBatchInfo"]["approximateArrivalOfFirstRecord"]
        since = datetime.fromisoformat(first).astimezone(UTC).isoformat()
        answer = self._clients.functions.invoke(
            FunctionName=self._resources["Republish"], Payload=json.dumps({"since": since}).encode()
        )
        if answer.get("FunctionError"):
            message = "the changes cannot be published again: see the log of the republish function"
            raise RedriveError(message)
        return True

    def to_function(self, letter: Letter) -> bool:
        """An invocation that failed: asked for again."""
        failed = json.loads(letter["Body"])
        self._clients.functions.invoke(
            FunctionName=self._resources["Registry"],
            InvocationType="Event",
            Payload=json.dumps(failed["requestPayload"]).encode(),
        )
        return True


class RedriveError(Exception):
    """A letter cannot be handed back now; it stays where it is."""


def _empty(sqs: SQSClient, queue: str, url: str, handle: Callable[[Letter], bool]) -> Outcome:
    handed_back = dropped = 0
    while handed_back + dropped < _MOST:
        letters = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=_BATCH, VisibilityTimeout=60, WaitTimeSeconds=0
        ).get("Messages", [])
        if not letters:
            break
        for letter in letters:
            # Handed back first, deleted then: dying in between hands it back twice, which does no harm.
            if handle(dict(letter)):
                handed_back += 1
            else:
                dropped += 1
            sqs.delete_message(QueueUrl=url, ReceiptHandle=letter["ReceiptHandle"])
    counts = sqs.get_queue_attributes(
        QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    )["Attributes"]
    return Outcome(queue, handed_back, dropped, sum(int(count) for count in counts.values()))


def _resources(stack_name: str, cloudformation: CloudFormationClient) -> dict[str, str]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack_name)
    return {
        resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
        for page in pages
        for resource in page["StackResourceSummaries"]
    }


def report(outcomes: Iterator[Outcome]) -> bool:
    """Prints what became of each queue's letters; whether none is left."""
    left = 0
    for outcome in outcomes:
        dropped = f", {outcome.dropped} dropped" if outcome.dropped else ""
        typer.echo(f"{outcome.queue:<22} {outcome.handed_back} handed back{dropped}, {outcome.left} left")
        left += outcome.left
    return left == 0


def main(
    *,
    stack_name: Annotated[str, typer.Option(help="The CloudFormation stack.")],
    endpoint_url: Annotated[str | None, typer.Option(help="Another place than AWS.")] = None,
) -> None:
    """Hands the dead letters of a stack back."""
    clients = Clients(
        cloudformation=boto3.client("cloudformation", endpoint_url=endpoint_url),
        sqs=boto3.client("sqs", endpoint_url=endpoint_url),
        events=boto3.client("events", endpoint_url=endpoint_url),
        functions=boto3.client("lambda", endpoint_url=endpoint_url),
    )
    try:
        done = report(redrive(stack_name, clients))
    except (RedriveError, BotoCoreError, ClientError) as error:
        typer.echo(f"redrive: {error}", err=True)
        raise typer.Exit(1) from error
    if not done:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
