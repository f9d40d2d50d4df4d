"""Who wants no SMS, in DynamoDB: an item for each time that somebody said so, the newest of which holds."""

from __future__ import annotations

from functions.adapters.outages import unavailable_when_out
from functions.adapters.record_items import moment_text, opt_outs_of
from functions.adapters.table import Table, from_item, to_item
from functions.adapters.with_receipt import put_with_receipt
from functions.domain.opt_out import OptOut
from functions.domain.receipt import Receipt


class DynamoOptOuts:
    """Fills the ``OptOuts`` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, said: OptOut, receipt: Receipt) -> None:
        """See ``ports.OptOuts.keep``."""
        item = {
            "pk": opt_outs_of(said.phone),
            "sk": f"{moment_text(said.at)}#{receipt.owner}",
            "opted_out": said.opted_out,
            "agent_id": said.agent_id,
        }
        put_with_receipt(self._table, to_item(item), receipt)

    def has_opted_out(self, phone: str) -> bool:
        """See ``ports.OptOuts.has_opted_out``."""
        with unavailable_when_out("table"):
            answer = self._table.client.query(
                TableName=self._table.name,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues=to_item({":pk": opt_outs_of(phone)}),
                ScanIndexForward=False,
                Limit=1,
                ConsistentRead=True,
            )
        return any(bool(from_item(item)["opted_out"]) for item in answer["Items"])
