"""The table and the form of its items.

One table holds everything; ``docs/adr/0003-one-item-per-record.md`` tells why a record is one item.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer  # noqa: TID251 - types only, no client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
"""An item in DynamoDB's own attribute-value form."""

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


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
