"""Events of the portal for an id that is not known yet, in DynamoDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import receipt_to_item
from functions.adapters.table import Table, from_item, to_item
from functions.domain.errors import Outrun, Unavailable
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
        writes: Any = [
            {"Put": {"TableName": self._table.name, "Item": item}},
            {
                "Put": {
                    "TableName": self._table.name,
                    "Item": receipt_to_item(receipt),
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            },
        ]
        try:
            with unavailable_when_out("table"):
                self._table.client.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if code_of(error) != "TransactionCanceledException":
                raise
            reasons: Any = error.response.get("CancellationReasons", [])
            if all(reason.get("Code") != "ConditionalCheckFailed" for reason in reasons):
                # Throttled, or met by another transaction: this one kept nothing.
                raise Unavailable("table", 1) from None
            raise Outrun("the same request came before") from None

    def of(self, portal_id: str) -> Sequence[tuple[str, str]]:
        """See ``ports.PendingEvents.of``."""
        with unavailable_when_out("table"):
            answer = self._table.client.query(
                TableName=self._table.name,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues=to_item({":pk": f"PENDING#{portal_id}"}),
                ConsistentRead=True,
            )
        items = [from_item(item) for item in answer["Items"]]
        return [(item["sk"], item["event"]) for item in items]

    def drop(self, portal_id: str, key: str) -> None:
        """See ``ports.PendingEvents.drop``."""
        with unavailable_when_out("table"):
            self._table.client.delete_item(TableName=self._table.name, Key=to_item(_key(portal_id, key)))


def _key(portal_id: str, key: str) -> dict[str, str]:
    return {"pk": f"PENDING#{portal_id}", "sk": key}
