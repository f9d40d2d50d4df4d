"""Which days of registration the portal's list is to be read of once more, in DynamoDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from functions.adapters.outages import unavailable_when_out
from functions.adapters.table import Table, to_item
from functions.domain.reconciliation import Late

_PARTITION = "LATE-PUSHES"


def _key(late: Late) -> dict[str, str]:
    return {"pk": _PARTITION, "sk": f"{late.pushed_on}#{late.registered_on}"}


class LatePushes:
    """The part of the ``Records`` port that tells of late pushes.

    One item for each day of a push and day of registration, however many grievances there are: a few dozen a
    day, and each goes when its day was gone through.
    """

    _table: Table

    def _note_late(self, late: Late | None) -> None:
        """Notes a late push, before it is kept.

        It is not written together with the record: all pushes of a day would meet at that one item, and
        cancel each other's transactions. Who dies in between has had a list read for nothing.
        """
        if late is not None:
            with unavailable_when_out("table"):
                self._table.client.put_item(TableName=self._table.name, Item=to_item(_key(late)))

    def late_pushes(self, before: date) -> Sequence[Late]:
        """See ``ports.Records.late_pushes``."""
        found: list[Late] = []
        arguments: dict[str, Any] = {
            "TableName": self._table.name,
            "KeyConditionExpression": "pk = :pk AND sk < :before",
            "ExpressionAttributeValues": to_item({":pk": _PARTITION, ":before": before.isoformat()}),
        }
        while True:
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments)
            found += [Late(*map(date.fromisoformat, item["sk"]["S"].split("#"))) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return found
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def drop_late(self, gone_through: Sequence[Late]) -> None:
        """See ``ports.Records.drop_late``."""
        for late in gone_through:
            with unavailable_when_out("table"):
                self._table.client.delete_item(TableName=self._table.name, Key=to_item(_key(late)))
