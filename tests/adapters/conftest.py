"""AWS in this process: clients are built inside the mock, the table from the template that is deployed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3  # noqa: TID251 - tests build their own clients
import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.model import StructureShape
from moto import mock_aws

from functions.adapters.table import Table
from infra.template import load_fragment
from tests.fakes import FakeClock, FakeIdentifiers

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REGION = "ap-south-1"
TABLE = "ssm-test"
_PARTS = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


@dataclass
class Wire:
    """What a client sends, and what goes wrong with it.

    Attributes:
        sent: names of the operations, in order.
        parameters: what each was called with.
        faults: error codes to answer with instead, first in first out, by operation.
        reasons: cancellation reasons of a cancelled transaction.
    """

    client: Any
    sent: list[str] = field(default_factory=list)
    parameters: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[str | Exception]] = field(default_factory=dict)
    reasons: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listens to the SDK's own events."""
        service = self.client.meta.service_model.service_id.hyphenize()
        self.client.meta.events.register(f"provide-client-params.{service}", self._note)
        self.client.meta.events.register(f"before-call.{service}", self._before)

    def fail(self, operation: str, *codes: str | Exception) -> None:
        """Lets the next calls of an operation fail."""
        self.faults.setdefault(operation, []).extend(codes)

    def hook(self, event: str, act: Callable[..., object]) -> None:
        """Registers at any other event of the SDK."""
        self.client.meta.events.register(event, act)

    def _note(self, params: dict[str, Any], **_: object) -> None:
        self.parameters.append(params)

    def _before(self, model: Any, **_: object) -> tuple[AWSResponse, dict[str, Any]] | None:  # noqa: ANN401 - untyped SDK
        self.sent.append(model.name)
        waiting = self.faults.get(model.name)
        if not waiting:
            return None
        fault = waiting.pop(0)
        if isinstance(fault, Exception):
            raise fault
        answer: dict[str, Any] = {
            "Error": {"Code": fault, "Message": "a fault of the tests"},
            "ResponseMetadata": {"HTTPStatusCode": 400},
        }
        if fault == "TransactionCanceledException":
            answer["CancellationReasons"] = self.reasons
        return AWSResponse("https://aws.example", 400, HTTPHeaders(), b""), answer


class Repeating:
    """A client as its SDK retries when an answer was lost: each call is made twice, the second one counts."""

    def __init__(self, client: Any, *operations: str) -> None:  # noqa: ANN401 - any client
        self._client = client
        self._operations = operations

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any client
        call = getattr(self._client, name)
        if name not in self._operations:
            return call

        def twice(**arguments: object) -> object:
            call(**arguments)
            return call(**arguments)

        return twice


@functools.cache
def session() -> boto3.Session:
    """One for all tests: it is the reading of the services' models that takes time."""
    return boto3.Session(region_name=REGION)


def client(service: Any) -> Any:  # noqa: ANN401 - the stubs know literals only
    """A client; to be built inside the mock."""
    return session().client(service)


def errors_of(service: str, operation: str) -> list[StructureShape]:
    """The errors that the model of a service knows of an operation."""
    model = botocore.session.get_session().get_service_model(service)
    return cast("list[StructureShape]", model.operation_model(operation).error_shapes)


@pytest.fixture
def _aws() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def dynamodb(_aws: None) -> DynamoDBClient:
    """A client of a DynamoDB with the table that the template describes."""
    made: DynamoDBClient = client("dynamodb")
    fragment = load_fragment(Path(__file__).parents[2] / "infra" / "data.yaml")
    described = fragment["Resources"]["Table"]["Properties"]
    made.create_table(TableName=TABLE, **{part: described[part] for part in _PARTS})
    return made


@pytest.fixture
def table(dynamodb: DynamoDBClient) -> Table:
    """The table."""
    return Table(dynamodb, TABLE)


@pytest.fixture
def wire(dynamodb: DynamoDBClient) -> Wire:
    """What goes to DynamoDB."""
    return Wire(dynamodb)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that is set."""
    return FakeClock()


@pytest.fixture
def identifiers() -> FakeIdentifiers:
    """Randomness that is the same in every run."""
    return FakeIdentifiers()
