"""Receipts in DynamoDB that stand alone: those of requests that keep many records."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import receipt_from_item, receipt_to_item
from functions.adapters.table import Table, to_item
from functions.domain.errors import KeyReused, Unavailable
from functions.domain.receipt import Receipt

_FREE_OR_OURS_WITHOUT_ANSWER = (
    "attribute_not_exists(pk) OR (#receipt.#fingerprint = :fingerprint AND #receipt.#answer = :none)"
)
_NAMES = {"#receipt": "receipt", "#fingerprint": "fingerprint", "#answer": "answer"}


class DynamoReceipts:
    """Fills the ``Receipts`` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, receipt: Receipt) -> Receipt:
        """See ``ports.Receipts.keep``."""
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(
                    TableName=self._table.name,
                    Item=receipt_to_item(receipt),
                    ConditionExpression=_FREE_OR_OURS_WITHOUT_ANSWER,
                    ExpressionAttributeNames=_NAMES,
                    ExpressionAttributeValues=to_item({":fingerprint": receipt.fingerprint, ":none": ""}),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if code_of(error) == "TransactionConflictException":
                raise Unavailable("table", 1) from None
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            old: Any = error.response
            standing = receipt_from_item(old["Item"])
            if standing.fingerprint != receipt.fingerprint:
                raise KeyReused("this webhook-id came before with another request") from None
            return standing
        return receipt
