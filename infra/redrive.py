"""Hands dead letters back, once what made them fail is mended.

Run it with ``python -m infra.redrive --stack-name …``. Every consumer drops what it has done already, so a
letter too many does no harm. An upload that a later one has replaced is dropped here; one after which only
refused ones came is not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import unquote_plus

import boto3  # noqa: TID251 - a command, no part of the functions
import typer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

SOURCES: Mapping[str, str] = {
    "ReviewDeadLetters": "Reviews",
    "ParkedDeadLetters": "Parked",
    "DecisionDeadLetters": "Decisions",
    "AlertDeadLetters": "Alerts",
    "CitizenAlertDeadLetters": "CitizenAlerts",
    "DeliveryDeadLetters": "DeliveryEvents",
    "PushedDeadLetters": "Pushed",
    "HandoverDeadLetters": "Handovers",
}
"""Queues whose letters go back to the queue that they came from."""

RULES, STREAM, INVOCATIONS = "RuleDeadLetters", "StreamDeadLetters", "InvocationDeadLetters"

LONGEST = timedelta(minutes=10)
"""After so long no further letter is begun."""
# One run handles no more of one queue: it is bounded, and whoever runs it can run it again.
_MOST = 10_000
_BATCH = 10
# A letter that is being handed back is nobody else's for so long; what could not be is given free at the end.
_HELD_SECONDS = 300
# Anything but 0 asks all of SQS's servers: 0 asks some of them, and may find nothing where something is.
_POLL_SECONDS = 1
# Longer than the longest of our functions runs.
_FUNCTION_SECONDS = 330
_OURS, _SCHEDULE, _EXECUTIONS = "ssm", "aws.events", "aws.states"
# Rules that tell of executions, by how those ended; they are there where a topic of alarms is.
_TOLD_BY = {
    "FAILED": "TellOfFailedExecutions",
    "ABORTED": "TellOfStoppedExecutions",
    "TIMED_OUT": "TellOfStoppedExecutions",
}
_DROPPED_BECAUSE: Mapping[str, str] = {
    RULES: "of a schedule, which brings another",
    INVOCATIONS: "replaced by a later upload",
}

Letter = dict[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Clients:
    """The services that letters are handed back to.

    Attributes:
        storage: tells whether an upload was replaced since; without it none is taken to be.
        topics: tells what becomes of executions; without it such letters stay.
    """

    cloudformation: CloudFormationClient
    sqs: SQSClient
    events: EventBridgeClient
    functions: LambdaClient
    storage: S3Client | None = None
    topics: SNSClient | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a queue's letters.

    Attributes:
        queue: the queue's logical id in the template.
        handed_back: how many went back to work.
        dropped: how many need not.
        left: how many are still there.
        reasons: why some could not be handed back, each with how many.
    """

    queue: str
    handed_back: int
    dropped: int
    left: int
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """How many there were."""
        return self.handed_back + self.dropped + self.left


class RedriveError(Exception):
    """Something cannot be handed back now; it stays where it is."""


def redrive(stack_name: str, clients: Clients, longest: timedelta = LONGEST) -> Iterator[Outcome]:
    """Hands the letters of every dead-letter queue of a stack back.

    Args:
        stack_name: the CloudFormation stack.
        clients: the services.
        longest: after which time no further letter is begun.

    Yields:
        What became of each queue's letters, in the order of the queues.

    Raises:
        RedriveError: the stack is not one of this project, or an older one.
    """
    resources = _resources(stack_name, clients.cloudformation)
    work = _Work(clients, resources)
    handlers: dict[str, Callable[[Letter], bool]] = {
        **{queue: work.to_queue(source) for queue, source in SOURCES.items()},
        RULES: work.to_bus,
        STREAM: work.to_relay,
        INVOCATIONS: work.to_function,
    }
    needed = {*handlers, *SOURCES.values(), "Bus", "Republish", "Registry", "RegistryBucket"}
    missing = needed - resources.keys()
    if missing:
        raise RedriveError(f"{stack_name} has no {', '.join(sorted(missing))}: is it the right stack?")
    began = datetime.now(UTC)
    for queue, handle in handlers.items():
        yield _Queue(clients.sqs, queue, resources[queue], began).empty(handle, began + longest)


class _Work:
    """How letters of each kind go back; each answers False for one that may be dropped."""

    def __init__(self, clients: Clients, resources: Mapping[str, str]) -> None:
        self._clients = clients
        self._resources = resources
        self._published_since: datetime | None = None

    def to_queue(self, source: str) -> Callable[[Letter], bool]:
        """Back to the queue it came from."""

        def send(letter: Letter) -> bool:
            self._clients.sqs.send_message(QueueUrl=self._resources[source], MessageBody=letter["Body"])
            return True

        return send

    def to_bus(self, letter: Letter) -> bool:
        """An event that a rule could not deliver: back on the bus, for all rules."""
        event = json.loads(letter["Body"])
        if event["source"] == _SCHEDULE:
            return False
        if event["source"] == _EXECUTIONS:
            self._tell_of_execution(event)
            return True
        if event["source"] != _OURS:
            raise RedriveError("an event is none of ours")
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
            raise RedriveError(f"the bus does not take an event: {answer['Entries'][0].get('ErrorCode')}")
        return True

    def _tell_of_execution(self, event: Mapping[str, Any]) -> None:
        """How an execution ended goes to the topic of alarms, as the rule would have told it.

        AWS alone can put its events on a bus, so that no rule would see it again.
        """
        detail = event["detail"]
        told = {
            "what": f"The execution of a grievance ended as {detail['status']}; this is told late",
            "at": event["time"],
            "grievance": detail.get("input"),
            "error": detail.get("error"),
            "why": detail.get("cause"),
            "execution": detail["executionArn"],
        }
        rule, topics = self._resources.get(_TOLD_BY[detail["status"]]), self._clients.topics
        targets = self._clients.events.list_targets_by_rule(Rule=rule)["Targets"] if rule else []
        if topics is None or not targets:
            raise RedriveError("nobody is told of executions: deploy with AlarmTopicArn")
        topics.publish(TopicArn=targets[0]["Arn"], Message=json.dumps(told, ensure_ascii=False))

    def to_relay(self, letter: Letter) -> bool:
        """A stretch of the stream that was given up: published again from the table, up to now.

        Up to now, and not to the end of the stretch: the table knows of a record when it changed last.
        """
        first = json.loads(letter["Body"])["DDBStreamBatchInfo"]["approximateArrivalOfFirstRecord"]
        since = datetime.fromisoformat(first).astimezone(UTC)
        if self._published_since is None or since < self._published_since:
            self._publish(since)
            self._published_since = since
        return True

    def _publish(self, since: datetime) -> None:
        following = since.isoformat()
        while True:
            answer = self._clients.functions.invoke(
                FunctionName=self._resources["Republish"], Payload=json.dumps({"since": following}).encode()
            )
            if answer.get("FunctionError"):
                message = "the changes cannot be published again: see the log of the republish function"
                raise RedriveError(message)
            done = json.loads(answer["Payload"].read())
            if not done["behind"]:
                return
            following = done["until"]

    def to_function(self, letter: Letter) -> bool:
        """An upload that could not be handled: asked for again, unless a later one has replaced it."""
        payload = json.loads(letter["Body"])["requestPayload"]
        in_force = [entry for entry in payload["Records"] if not self._is_replaced(entry["s3"])]
        if not in_force:
            return False
        self._clients.functions.invoke(
            FunctionName=self._resources["Registry"],
            InvocationType="Event",
            Payload=json.dumps({**payload, "Records": in_force}).encode(),
        )
        return True

    def _is_replaced(self, upload: Mapping[str, Any]) -> bool:
        version = upload["object"].get("versionId")
        storage, bucket = self._clients.storage, self._resources["RegistryBucket"]
        if version is None or storage is None:
            return False
        key = unquote_plus(upload["object"]["key"])
        newest = _unless_missing(lambda: storage.head_object(Bucket=bucket, Key=key))
        if newest is None or newest.get("VersionId", version) == version:
            return False
        # One that was refused has replaced nothing; of one without a result nobody knows yet.
        told = f"results/{key}/{newest['VersionId']}.json"
        result = _unless_missing(lambda: storage.get_object(Bucket=bucket, Key=told))
        return result is not None and bool(json.loads(result["Body"].read())["applied"])


def _unless_missing(ask: Callable[[], Found]) -> Found | None:
    try:
        return ask()
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") != HTTPStatus.NOT_FOUND:
            raise
        return None


class _Queue:
    """A dead-letter queue while it is emptied.

    Letters that came after the run began are left: what fails again at once would else go round and round.
    """

    def __init__(self, sqs: SQSClient, name: str, url: str, began: datetime) -> None:
        self._sqs = sqs
        self._name = name
        self._url = url
        self._began = began
        self._done: Counter[bool] = Counter()
        self._kept: dict[str, str] = {}
        self._reasons: Counter[str] = Counter()

    def empty(self, handle: Callable[[Letter], bool], until: datetime) -> Outcome:
        """Hands its letters back, one after the other; one that cannot be holds up no other."""
        try:
            while self._done.total() + len(self._kept) < _MOST and datetime.now(UTC) < until:
                letters = self._receive()
                if not letters:
                    break
                for letter in letters:
                    self._hand_back(letter, handle)
        finally:
            for receipt in self._kept.values():
                self._give_free(receipt)
        # On AWS the count is about a minute late; what was kept is known.
        left = max(self._count(), len(self._kept))
        return Outcome(self._name, self._done[True], self._done[False], left, dict(self._reasons))

    def _receive(self) -> list[Letter]:
        answer = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=_BATCH,
            VisibilityTimeout=_HELD_SECONDS,
            WaitTimeSeconds=_POLL_SECONDS,
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        return [dict(letter) for letter in answer.get("Messages", [])]

    def _hand_back(self, letter: Letter, handle: Callable[[Letter], bool]) -> None:
        known = letter["MessageId"] in self._kept
        sent_at = datetime.fromtimestamp(int(letter["Attributes"]["SentTimestamp"]) / 1000, UTC)
        if known or sent_at > self._began:
            self._kept[letter["MessageId"]] = letter["ReceiptHandle"]
            return
        try:
            handed_back = handle(letter)
        except (RedriveError, BotoCoreError, ClientError) as error:
            self._keep(letter, str(error))
        except (ValueError, KeyError, TypeError, AttributeError):
            # Its content may be anything, and is not repeated.
            self._keep(letter, "a letter cannot be read")
        else:
            # Handed back first, deleted then: dying in between hands it back twice, which does no harm.
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=letter["ReceiptHandle"])
            self._done[handed_back] += 1

    def _keep(self, letter: Letter, why: str) -> None:
        self._kept[letter["MessageId"]] = letter["ReceiptHandle"]
        self._reasons[why] += 1

    def _give_free(self, receipt: str) -> None:
        try:
            self._sqs.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=0
            )
        except (BotoCoreError, ClientError):
            # It comes free by itself a little later.
            return

    def _count(self) -> int:
        names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=names)["Attributes"]
        return sum(int(count) for count in counts.values())


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
        told = [f"{outcome.found} found", f"{outcome.handed_back} handed back", f"{outcome.left} left"]
        if outcome.dropped:
            told.insert(2, f"{outcome.dropped} dropped ({_DROPPED_BECAUSE[outcome.queue]})")
        typer.echo(f"{outcome.queue:<22} {', '.join(told)}")
        for reason, count in outcome.reasons.items():
            typer.echo(f"{'':<22} {count} of them: {reason}")
        left += outcome.left
    if left:
        typer.echo("Mend what keeps them and run this again; the count itself is up to a minute late.")
    return left == 0


def _clients(endpoint_url: str | None) -> Clients:
    # A function is waited for, and not asked twice meanwhile.
    patient = Config(read_timeout=_FUNCTION_SECONDS, retries={"total_max_attempts": 1})
    return Clients(
        cloudformation=boto3.client("cloudformation", endpoint_url=endpoint_url),
        sqs=boto3.client("sqs", endpoint_url=endpoint_url),
        events=boto3.client("events", endpoint_url=endpoint_url),
        functions=boto3.client("lambda", endpoint_url=endpoint_url, config=patient),
        topics=boto3.client("sns", endpoint_url=endpoint_url),
        storage=boto3.client("s3", endpoint_url=endpoint_url),
    )


def main(
    *,
    stack_name: Annotated[str, typer.Option(help="The CloudFormation stack.")],
    endpoint_url: Annotated[str | None, typer.Option(help="Another place than AWS.")] = None,
) -> None:
    """Hands the dead letters of a stack back."""
    try:
        done = report(redrive(stack_name, _clients(endpoint_url)))
    except (RedriveError, BotoCoreError, ClientError) as error:
        typer.echo(f"redrive: {error}", err=True)
        raise typer.Exit(1) from error
    if not done:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
