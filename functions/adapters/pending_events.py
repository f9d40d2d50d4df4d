"""Events of the portal for an id that is not known yet, in DynamoDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from functions.adapters.outages import unavailable_when_out
from functions.adapters.table import Item, Table, from_item, to_item
from functions.adapters.with_receipt import put_with_receipt
from functions.domain.ports import Clock
from functions.domain.receipt import Receipt

_KEPT_FOR = timedelta(days=180)


class DynamoPendingEvents:
    """Fills the ``PendingEvents`` port."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def keep(self, portal_id: str, event: str, receipt: Receipt) -> None:
        """See ``ports.PendingEvents.keep``."""
        now = self._clock.now()
        item = to_item(
            {
                **_key(portal_id, f"{now.isoformat()}#{receipt.owner}"),
                "event": event,
                "expires_at": int((now + _KEPT_FOR).timestamp()),
            }
        )
        put_with_receipt(self._table, item, receipt)

    def of(self, portal_id: str) -> Sequence[tuple[str, str]]:
        """See ``ports.PendingEvents.of``."""
        found: list[tuple[str, str]] = []
        arguments: Item = {
            "TableName": self._table.name,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": to_item({":pk": f"PENDING#{portal_id}"}),
            "ConsistentRead": True,
        }
        while True:
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments)
            items = [from_item(item) for item in answer["Items"]]
            found += [(item["sk"], item["event"]) for item in items]
            if "LastEvaluatedKey" not in answer:
                return found
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def drop(self, portal_id: str, key: str) -> None:
        """See ``ports.PendingEvents.drop``."""
        with unavailable_when_out("table"):
            self._table.client.delete_item(TableName=self._table.name, Key=to_item(_key(portal_id, key)))


def _key(portal_id: str, key: str) -> dict[str, str]:
    return {"pk": f"PENDING#{portal_id}", "sk": key}
