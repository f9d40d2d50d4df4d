"""Dead letters of every kind go back to where they are worked off; what cannot go back stays and is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
import typer
from botocore.exceptions import ClientError, EndpointConnectionError
from typer.testing import CliRunner

from infra import redrive as module
from infra.redrive import INVOCATIONS, RULES, SOURCES, STREAM, Clients, Outcome, RedriveError, redrive, report
from infra.template import load_fragment
from local.layout import PROJECT
from tests.adapters.conftest import Wire, client

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

STACK, BUS, BUCKET = "ssm-test", "ssm-test-bus", "ssm-test-registry"
QUEUES = [
    name
    for name, resource in load_fragment(PROJECT / "infra" / "queues.yaml")["Resources"].items()
    if resource["Type"] == "AWS::SQS::Queue"
]
DEAD_LETTERS = [name for name in QUEUES if name.endswith("DeadLetters")]
FORWARDED = {
    "version": "0",
    "id": "1",
    "source": "ssm",
    "account": "123456789012",
    "detail-type": "RecordForwarded",
    "time": "2026-11-24T04:45:00Z",
    "detail": {"reference": "SSM-4821-903-7717", "sequence": 5, "at": "2026-11-24T04:45:00+00:00"},
}
SCHEDULED = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


class _CloudFormation:
    """A stack's resources, on two pages."""

    def __init__(self, resources: dict[str, str]) -> None:
        self.resources = resources

    def get_paginator(self, name: str) -> _CloudFormation:
        assert name == "list_stack_resources"
        return self

    def paginate(self, StackName: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - as in boto3
        assert StackName == STACK
        listed = [
            {"LogicalResourceId": logical, "PhysicalResourceId": physical}
            for logical, physical in self.resources.items()
        ]
        yield {"StackResourceSummaries": listed[:5]}
        # One that is being made has no physical id yet.
        yield {"StackResourceSummaries": [*listed[5:], {"LogicalResourceId": "Another"}]}


@dataclass
class _Functions:
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
    """

    clients: Clients
    functions: _Functions
    cloudformation: _CloudFormation
    wire: Wire
    bus: Wire

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
        got = self.sqs.receive_message(
            QueueUrl=self.url(queue), MaxNumberOfMessages=10, VisibilityTimeout=0
        ).get("Messages", [])
        return [json.loads(message["Body"]) for message in got]

    @property
    def told(self) -> list[Any]:
        """What was put on the bus."""
        return [entry for call in self.bus.parameters for entry in call["Entries"]]

    def run(self, **more: timedelta) -> dict[str, Outcome]:
        """Hands the letters back."""
        return {outcome.queue: outcome for outcome in redrive(STACK, self.clients, **more)}


@pytest.fixture
def place(_aws: None, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A stack with the queues of the template, a bus and a bucket."""
    monkeypatch.setattr(module, "_POLL_SECONDS", 0)
    sqs, events, s3 = client("sqs"), client("events"), client("s3")
    resources = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in QUEUES}
    events.create_event_bus(Name=BUS)
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    resources |= {"Bus": BUS, "Republish": "republish", "Registry": "registry", "RegistryBucket": BUCKET}
    functions, cloudformation = _Functions(), _CloudFormation(resources)
    clients = Clients(
        cast("CloudFormationClient", cloudformation), sqs, events, cast("LambdaClient", functions), s3
    )
    return Place(clients, functions, cloudformation, Wire(sqs), Wire(events))


def stretch(first: str) -> dict[str, Any]:
    return {
        "requestContext": {"condition": "RetryAttemptsExhausted"},
        "version": "1.0",
        "DDBStreamBatchInfo": {
            "shardId": "shardId-1",
            "approximateArrivalOfFirstRecord": first,
            "approximateArrivalOfLastRecord": "2026-11-24T05:00:00Z",
            "batchSize": 3,
        },
    }


def upload(version: str | None, key: str = "officers.csv") -> dict[str, Any]:
    entry = {"key": key, "eTag": "e"} | ({"versionId": version} if version else {})
    return {"requestPayload": {"Records": [{"s3": {"object": entry}}]}, "responsePayload": None}


# --- What is looked at


def test_every_dead_letter_queue_of_the_template_is_emptied_and_no_other(place: Place) -> None:
    outcomes = place.run()
    assert sorted(outcomes) == sorted(DEAD_LETTERS)
    assert all(outcome == Outcome(queue, 0, 0, 0) for queue, outcome in outcomes.items())


def test_each_queue_goes_back_to_the_one_whose_dead_letters_it_holds() -> None:
    resources = load_fragment(PROJECT / "infra" / "queues.yaml")["Resources"]
    holding = {
        resource["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]: source
        for source, resource in resources.items()
        if "RedrivePolicy" in resource.get("Properties", {})
    }
    assert holding == SOURCES


def test_all_servers_of_a_queue_are_asked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without a wait SQS asks a few of them, and may find nothing where something is.
    monkeypatch.undo()
    place.put(RULES, SCHEDULED)
    assert module._POLL_SECONDS >= 1
    next(redrive(STACK, place.clients))
    waits = [sent["WaitTimeSeconds"] for sent in place.wire.parameters if "WaitTimeSeconds" in sent]
    assert waits
    assert min(waits) >= 1


def test_another_stack_is_left_alone(place: Place) -> None:
    del place.cloudformation.resources["PushedDeadLetters"], place.cloudformation.resources["Bus"]
    place.put("AlertDeadLetters", FORWARDED)
    with pytest.raises(RedriveError, match="ssm-test has no Bus, PushedDeadLetters"):
        place.run()
    assert place.bodies("AlertDeadLetters") == [FORWARDED]


# --- Where letters go


@pytest.mark.parametrize(("queue", "source"), SOURCES.items())
def test_a_message_goes_back_to_its_queue_as_it_was(place: Place, queue: str, source: str) -> None:
    letters = [{**FORWARDED, "id": str(number)} for number in range(3)]
    place.put(queue, *letters)

    outcome = place.run()[queue]

    assert outcome == Outcome(queue, handed_back=3, dropped=0, left=0)
    assert sorted(place.bodies(source), key=lambda event: str(event["id"])) == letters
    assert place.bodies(queue) == []


def test_more_than_one_batch_goes_back(place: Place) -> None:
    place.put("AlertDeadLetters", *({"id": number} for number in range(37)))
    outcome = place.run()["AlertDeadLetters"]
    assert (outcome.found, outcome.handed_back, outcome.left) == (37, 37, 0)


def test_an_event_is_put_back_on_the_bus_as_it_was(place: Place) -> None:
    place.put(RULES, FORWARDED)

    assert place.run()[RULES] == Outcome(RULES, handed_back=1, dropped=0, left=0)

    (told,) = place.told
    assert json.loads(told.pop("Detail")) == FORWARDED["detail"]
    assert told == {"EventBusName": BUS, "Source": "ssm", "DetailType": "RecordForwarded"}


def test_a_scheduled_event_is_dropped(place: Place) -> None:
    place.put(RULES, SCHEDULED, FORWARDED, SCHEDULED)
    assert place.run()[RULES] == Outcome(RULES, handed_back=1, dropped=2, left=0)
    assert len(place.told) == 1


def test_an_event_of_somebody_else_stays(place: Place) -> None:
    place.put(RULES, {**FORWARDED, "source": "aws.s3"})
    outcome = place.run()[RULES]
    assert (outcome.handed_back, outcome.dropped, outcome.left) == (0, 0, 1)
    assert outcome.reasons == {"an event is none of ours": 1}


def test_an_event_that_the_bus_does_not_take_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(**_: object) -> dict[str, Any]:
        return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}

    monkeypatch.setattr(place.clients.events, "put_events", refuses)
    place.put(RULES, FORWARDED)
    outcome = place.run()[RULES]
    assert (outcome.left, outcome.reasons) == (
        1,
        {"the bus does not take an event: ThrottlingException": 1},
    )
    assert place.bodies(RULES) == [FORWARDED]


def test_a_stretch_of_the_stream_is_published_until_nothing_is_behind(place: Place) -> None:
    until = ["2026-11-24T05:45:00+00:00", "2026-11-24T06:45:00+00:00"]
    place.functions.answers = [
        {"behind": 5000, "until": until[0]},
        {"behind": 1400, "until": until[1]},
        {"behind": 0, "until": "…"},
    ]
    place.put(STREAM, stretch("2026-11-24T04:45:00Z"))

    assert place.run()[STREAM] == Outcome(STREAM, handed_back=1, dropped=0, left=0)

    assert place.functions.invoked == [
        ("republish", "RequestResponse", {"since": since}) for since in ("2026-11-24T04:45:00+00:00", *until)
    ]


def test_what_is_published_already_is_not_published_once_for_each_letter(place: Place) -> None:
    place.put(STREAM, *(stretch(f"2026-11-24T04:{minute}:00Z") for minute in (45, 50, 40, 59, 41)))
    assert place.run()[STREAM].handed_back == 5
    asked = [payload["since"] for _, _, payload in place.functions.invoked]
    # Only an earlier stretch asks for more; moto hands the letters out in any order.
    assert asked == sorted(asked, reverse=True)
    assert asked[-1] == "2026-11-24T04:40:00+00:00"


def test_a_stretch_that_cannot_be_published_stays(place: Place) -> None:
    place.functions.fails = True
    place.put(STREAM, stretch("2026-11-24T04:45:00Z"), stretch("2026-11-24T04:50:00Z"))
    outcome = place.run()[STREAM]
    assert (outcome.handed_back, outcome.left) == (0, 2)
    (reason,) = outcome.reasons
    assert "log of the republish function" in reason


def put_file(place: Place, key: str, text: str) -> str:
    assert place.clients.storage is not None
    return place.clients.storage.put_object(Bucket=BUCKET, Key=key, Body=text.encode())["VersionId"]


def test_an_upload_is_asked_for_again(place: Place) -> None:
    letter = upload(put_file(place, "officers.csv", "office"))
    place.put(INVOCATIONS, letter)
    assert place.run()[INVOCATIONS] == Outcome(INVOCATIONS, handed_back=1, dropped=0, left=0)
    assert place.functions.invoked == [("registry", "Event", letter["requestPayload"])]


def test_an_upload_that_a_later_one_replaced_never_comes_into_force_again(place: Place) -> None:
    # GIVEN a list of officers that failed, and a corrected one that is in force since
    first = put_file(place, "my officers.csv", "office")
    put_file(place, "my officers.csv", "office,level")
    place.put(INVOCATIONS, upload(first, key="my+officers.csv"))
    # THEN the first one is not put over it
    assert place.run()[INVOCATIONS] == Outcome(INVOCATIONS, handed_back=0, dropped=1, left=0)
    assert place.functions.invoked == []


def test_of_several_uploads_in_one_letter_only_the_newest_go_on(place: Place) -> None:
    old, new = put_file(place, "officers.csv", "1"), put_file(place, "officers.csv", "2")
    letter = upload(old)
    letter["requestPayload"]["Records"] += upload(new)["requestPayload"]["Records"]
    place.put(INVOCATIONS, letter)
    assert place.run()[INVOCATIONS].handed_back == 1
    assert place.functions.invoked == [("registry", "Event", upload(new)["requestPayload"])]


@pytest.mark.parametrize("version", ["of-a-file-that-is-gone", None])
def test_an_upload_of_which_nothing_newer_is_known_is_asked_for_again(
    place: Place, version: str | None
) -> None:
    place.put(INVOCATIONS, upload(version))
    assert place.run()[INVOCATIONS].handed_back == 1


def test_a_bucket_that_may_not_be_looked_into_keeps_the_letter(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: object) -> None:
        raise ClientError(
            {
                "Error": {"Code": "403", "Message": "Forbidden"},
                "ResponseMetadata": {"HTTPStatusCode": 403},  # type: ignore[typeddict-item]
            },
            "HeadObject",
        )

    monkeypatch.setattr(place.clients.storage, "head_object", denied)
    place.put(INVOCATIONS, upload("v"))
    outcome = place.run()[INVOCATIONS]
    assert (outcome.left, place.functions.invoked) == (1, [])


# --- What cannot go back


@pytest.mark.parametrize(
    ("queue", "letter"),
    [
        (queue, letter)
        for queue in (RULES, STREAM, INVOCATIONS)
        for letter in ("no JSON", "[]", "null", '{"reference": "SSM-4821-903-7717"}')
    ]
    + [
        (STREAM, json.dumps(stretch("some day"))),
        (STREAM, '{"DDBStreamBatchInfo": null}'),
        (INVOCATIONS, '{"requestPayload": {"probe": true}}'),
        (INVOCATIONS, '{"requestPayload": {"Records": [{"s3": null}]}}'),
    ],
)
def test_a_letter_that_cannot_be_read_holds_up_no_other_and_is_not_repeated(
    place: Place, queue: str, letter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {RULES: FORWARDED, STREAM: stretch("2026-11-24T04:45:00Z"), INVOCATIONS: upload(None)}[queue]
    place.put(queue, good, letter, good)

    outcome = place.run()[queue]

    assert (outcome.found, outcome.handed_back, outcome.left) == (3, 2, 1)
    assert outcome.reasons == {"a letter cannot be read": 1}
    assert report(iter([outcome])) is False
    assert "SSM-" not in capsys.readouterr().out


def test_what_stays_can_be_looked_at_at_once(place: Place) -> None:
    place.put(RULES, {"no": "event"})
    place.run()
    assert place.bodies(RULES) == [{"no": "event"}], "it is hidden from nobody"


def test_a_service_that_is_out_keeps_the_letters_of_its_kind_only(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://events.example")

    monkeypatch.setattr(place.clients.events, "put_events", out)
    place.put(RULES, FORWARDED, FORWARDED)
    place.put("AlertDeadLetters", FORWARDED)
    place.put(STREAM, stretch("2026-11-24T04:45:00Z"))
    outcomes = place.run()
    assert (outcomes[RULES].handed_back, outcomes[RULES].left) == (0, 2)
    assert (outcomes["AlertDeadLetters"].left, outcomes[STREAM].left) == (0, 0)


def test_dying_between_handing_back_and_deleting_loses_nothing(place: Place) -> None:
    place.wire.fail("DeleteMessage", EndpointConnectionError(endpoint_url="https://sqs.example"))
    place.put("AlertDeadLetters", FORWARDED)
    with pytest.raises(EndpointConnectionError):
        place.run()
    assert len(place.bodies("Alerts")) == 1


# --- Bounds


def test_what_fails_again_at_once_does_not_go_round_and_round(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule whose target is gone sends its event to the dead letters without a second attempt."""
    put = place.clients.events.put_events
    rounds = []

    def comes_back(**entries: Any) -> Any:  # noqa: ANN401 - as in boto3
        rounds.append(entries)
        place.put(RULES, FORWARDED)
        assert len(rounds) < 5, "round and round"
        return put(**entries)

    monkeypatch.setattr(place.clients.events, "put_events", comes_back)
    place.put(RULES, FORWARDED)
    outcome = place.run()[RULES]
    assert (outcome.handed_back, outcome.left) == (1, 1)


def test_a_run_handles_so_many_of_a_queue_and_leaves_the_rest(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST", 20)
    place.put("AlertDeadLetters", *({"id": number} for number in range(25)))
    outcome = place.run()["AlertDeadLetters"]
    assert (outcome.found, outcome.handed_back, outcome.left) == (25, 20, 5)


def test_after_its_time_a_run_begins_no_further_letter(place: Place) -> None:
    place.put("AlertDeadLetters", FORWARDED)
    place.put(RULES, FORWARDED)
    outcomes = place.run(longest=timedelta())
    assert {queue: outcome.left for queue, outcome in outcomes.items() if outcome.left} == {
        "AlertDeadLetters": 1,
        RULES: 1,
    }
    assert all(outcome.handed_back == 0 for outcome in outcomes.values())


def test_a_letter_that_somebody_else_looks_at_is_told_as_left(place: Place) -> None:
    place.put("AlertDeadLetters", FORWARDED)
    place.sqs.receive_message(QueueUrl=place.url("AlertDeadLetters"), VisibilityTimeout=30)
    assert place.run()["AlertDeadLetters"].left == 1


# --- What is said


def test_each_queue_is_told_and_that_nothing_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome("AlertDeadLetters", 3, 0, 0), Outcome(RULES, 1, 2, 0), Outcome(INVOCATIONS, 0, 1, 0)]
    assert report(iter(outcomes)) is True
    assert capsys.readouterr().out.splitlines() == [
        "AlertDeadLetters       3 found, 3 handed back, 0 left",
        (
            "RuleDeadLetters        3 found, 1 handed back, "
            "2 dropped (of a schedule, which brings another), 0 left"
        ),
        "InvocationDeadLetters  1 found, 0 handed back, 1 dropped (replaced by a later upload), 0 left",
    ]


def test_what_is_left_is_told_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(iter([Outcome(RULES, 0, 0, 2, {"the bus is out": 2})])) is False
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == [
        "RuleDeadLetters        2 found, 0 handed back, 2 left",
        "                       2 of them: the bus is out",
    ]
    assert "run this again" in printed[2]


@pytest.fixture
def command(place: Place, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[int, str]]:
    """Runs ``python -m infra.redrive``; its exit code and what it printed."""
    monkeypatch.setattr(module, "_clients", lambda _: place.clients)
    app = typer.Typer()
    app.command()(module.main)

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(app, ["--stack-name", STACK])
        return done.exit_code, done.output

    return run


def test_the_command_ends_well_when_nothing_is_left(
    place: Place, command: Callable[[], tuple[int, str]]
) -> None:
    place.put("AlertDeadLetters", FORWARDED)
    code, printed = command()
    assert code == 0
    assert printed.count("\n") == len(DEAD_LETTERS)


def test_the_command_fails_when_something_is_left(
    place: Place, command: Callable[[], tuple[int, str]]
) -> None:
    place.put(RULES, "no JSON")
    assert command()[0] == 1


def test_the_command_fails_in_words_when_it_cannot_work(
    place: Place, command: Callable[[], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.cloudformation.resources.clear()
    code, printed = command()
    assert code == 1
    assert printed.startswith("redrive: ssm-test has no AlertDeadLetters")
    assert "Traceback" not in printed
    # Nobody is signed in, or no region is set.
    monkeypatch.undo()
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    app = typer.Typer()
    app.command()(module.main)
    done = CliRunner().invoke(app, ["--stack-name", STACK])
    assert (done.exit_code, done.output) == (1, "redrive: You must specify a region.\n")


def test_the_clients_are_made_for_the_endpoint_and_wait_for_a_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")
    clients = module._clients("http://127.0.0.1:1")
    made = [clients.cloudformation, clients.sqs, clients.events, clients.functions, clients.storage]
    assert [one.meta.endpoint_url for one in made if one] == ["http://127.0.0.1:1"] * 5
    config = json.loads((PROJECT / ".chalice" / "config.json").read_text())["stages"]["app"]
    longest = config["lambda_functions"]["republish"]["lambda_timeout"]
    assert clients.functions.meta.config.read_timeout > longest  # type: ignore[attr-defined]


def test_uploads_go_unchecked_without_a_look_into_the_bucket(place: Place) -> None:
    first = put_file(place, "officers.csv", "1")
    put_file(place, "officers.csv", "2")
    place.put(INVOCATIONS, upload(first))
    (*_, outcome) = redrive(STACK, replace(place.clients, storage=None))
    assert outcome.handed_back == 1
