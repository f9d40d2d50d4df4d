"""An item in DynamoDB that is kept together with the receipt of the request that brought it."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import receipt_to_item
from functions.adapters.table import Item, Table
from functions.domain.errors import Outrun, Unavailable
from functions.domain.receipt import Receipt


def put_with_receipt(table: Table, item: Item, receipt: Receipt) -> None:
    """Keeps both or neither.

    Args:
        table: where.
        item: in DynamoDB's own form.
        receipt: of the request.

    Raises:
        Outrun: the receipt's key came before; nothing was kept.
        Unavailable: the table throttles, is out, or the write met another one; nothing is known to be kept.
    """
    writes: Any = [
        {"Put": {"TableName": table.name, "Item": item}},
        {
            "Put": {
                "TableName": table.name,
                "Item": receipt_to_item(receipt),
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        },
    ]
    try:
        with unavailable_when_out("table"):
            table.client.transact_write_items(TransactItems=writes)
    except ClientError as error:
        if code_of(error) != "TransactionCanceledException":
            raise
        reasons: Any = error.response.get("CancellationReasons", [])
        if all(reason.get("Code") != "ConditionalCheckFailed" for reason in reasons):
            # Throttled, or met by another transaction: this one kept nothing.
            raise Unavailable("table", 1) from None
        raise Outrun("the same request came before") from None
