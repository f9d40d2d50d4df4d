"""What stands in the table about the demo's records: an administrator's eyes, not a client's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from functions.adapters.record_items import RECORD_PREFIX, record_from_item, record_key
from functions.adapters.table import from_item
from functions.domain.record import Record
from local.story import Alert, alert_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_MOST_KEYS = 100
"""BatchGetItem takes no more."""


class Lookout:
    """Reads the table.

    Args:
        dynamodb: The emulator's.
        table: The table's name.
    """

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def records(self, references: Collection[str]) -> dict[str, Record]:
        """The records as they stand, by reference; what could not be read just now is left out."""
        found: dict[str, Record] = {}
        for keys in _in_parts(list(references), _MOST_KEYS):
            answer = self._dynamodb.batch_get_item(
                RequestItems={
                    self._table: {"Keys": [record_key(key) for key in keys], "ConsistentRead": True}
                }
            )
            for item in answer["Responses"].get(self._table, []):
                record = record_from_item(item)
                found[record.reference] = record
        return found

    def alerts(self, references: Collection[str]) -> Mapping[str, list[Alert]]:
        """The evidence of alerts, by reference."""
        return {reference: list(self._alerts(reference)) for reference in references}

    def _alerts(self, reference: str) -> Iterator[Alert]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :alert)",
            ExpressionAttributeValues={
                ":pk": {"S": RECORD_PREFIX + reference},
                ":alert": {"S": "ALERT#"},
            },
            ConsistentRead=True,
        )
        for page in pages:
            for item in page["Items"]:
                yield alert_of(from_item(item))


def _in_parts(keys: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
