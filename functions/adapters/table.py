"""The table's items and errors: what DynamoDB says, in the domain's words.

One table holds everything; ``docs/adr/0003-one-item-per-record.md`` tells why a record is one item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer  # noqa: TID251 - types only, no client
from botocore.exceptions import BotoCoreError, ClientError

from functions.domain.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["Item", "Table", "code_of", "from_item", "to_item", "unavailable_when_out"]

Item = dict[str, Any]
"""An item in DynamoDB's own attribute-value form."""

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize

# Everything that says "not now" rather than "never": worth the caller's trying again.
_TRANSIENT = frozenset(
    {
        "InternalServerError",
        "InternalFailure",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)


class Table:
    """A DynamoDB client and the name of the table."""

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self.client = client
        self.name = name


def to_item(values: Mapping[str, object]) -> Item:
    """Plain values as an item; None values are left out."""
    return {name: _serialize(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as plain values."""
    return {name: _deserialize(value) for name, value in item.items()}


def code_of(error: ClientError) -> str:
    """The service's own code of an error."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def unavailable_when_out(dependency: str) -> Iterator[None]:
    """Turns throttling, time-outs and connection failures into ``Unavailable``; lets all else pass."""
    try:
        yield
    except ClientError as error:
        if code_of(error) in _TRANSIENT:
            raise Unavailable(dependency) from error
        raise
    except BotoCoreError as error:
        raise Unavailable(dependency) from error
