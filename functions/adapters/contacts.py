"""What is known of contacts, in DynamoDB, by a hash of channel and address."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.table import Table, from_item, to_item
from functions.domain.contact import MARKED_FOR, Contact
from functions.domain.errors import Outrun


class DynamoContacts:
    """Fills the ``Contacts`` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, key: str) -> Contact | None:
        """See ``ports.Contacts.find``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(_key(key)), ConsistentRead=True
            )
        return Contact.model_validate(from_item(answer["Item"])["contact"]) if "Item" in answer else None

    def keep(self, before: Contact | None, after: Contact) -> None:
        """See ``ports.Contacts.keep``."""
        told_of = [moment for moment in (after.failed_at, after.delivered_at) if moment is not None]
        item = to_item(
            {
                **_key(after.key),
                "contact": after.model_dump(mode="json", exclude_none=True),
                "expires_at": int((max(told_of) + MARKED_FOR).timestamp()),
            }
        )
        guard: Any = {"ConditionExpression": "attribute_not_exists(pk)"}
        if before is not None:
            standing = to_item({":before": before.model_dump(mode="json", exclude_none=True)})
            guard = {
                "ConditionExpression": "contact = :before",
                "ExpressionAttributeValues": standing,
            }
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(TableName=self._table.name, Item=item, **guard)
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            # Perhaps by ourselves, in a write whose answer was lost: who reads it again sees that.
            raise Outrun("the contact was changed meanwhile") from None


def _key(key: str) -> dict[str, str]:
    return {"pk": f"CONTACT#{key}", "sk": "CONTACT"}
