"""How the portal was found lately, in DynamoDB: one item that every worker reads."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.table import Table, from_item, to_item
from functions.domain.circuit import Circuit
from functions.domain.errors import Outrun
from functions.domain.ports import Identifiers

_KEY = {"pk": "CIRCUIT#portal", "sk": "CIRCUIT"}


class DynamoPortalCircuit:
    """Fills the ``PortalCircuit`` port."""

    def __init__(self, table: Table, identifiers: Identifiers) -> None:
        self._table = table
        self._identifiers = identifiers

    def read(self) -> Circuit:
        """See ``ports.PortalCircuit.read``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(_KEY), ConsistentRead=True
            )
        return Circuit.model_validate(from_item(answer["Item"])["circuit"]) if "Item" in answer else Circuit()

    def save(self, before: Circuit, after: Circuit) -> Circuit:
        """See ``ports.PortalCircuit.save``."""
        kept = after.model_copy(update={"version": before.version + 1})
        owner = self._identifiers.owner()
        item = {
            **_KEY,
            "version": kept.version,
            "owner": owner,
            "circuit": kept.model_dump(mode="json", exclude_none=True),
        }
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(
                    TableName=self._table.name,
                    Item=to_item(item),
                    ConditionExpression="attribute_not_exists(pk) OR version = :before",
                    ExpressionAttributeValues=to_item({":before": before.version}),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            old: Any = error.response.get("Item", {})
            if old.get("owner") != to_item({"owner": owner})["owner"]:
                raise Outrun("the circuit was changed by somebody else just now") from None
            # Our own write, whose answer was lost and which was sent again.
        return kept
