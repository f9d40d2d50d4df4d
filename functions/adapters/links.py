"""Acknowledgement links in DynamoDB, by the digest of their token."""

from __future__ import annotations

from functions.adapters.outages import unavailable_when_out
from functions.adapters.table import Table, from_item, to_item
from functions.domain.acknowledgement import Link


class DynamoLinks:
    """Fills the ``Links`` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, link: Link) -> None:
        """See ``ports.Links.keep``."""
        with unavailable_when_out("table"):
            self._table.client.put_item(
                TableName=self._table.name,
                Item=to_item(
                    {
                        **self._key(link.digest),
                        "link": link.model_dump(mode="json"),
                        "expires_at": int(link.expires_at.timestamp()),
                    }
                ),
            )

    def find(self, digest: str) -> Link | None:
        """See ``ports.Links.find``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(self._key(digest)), ConsistentRead=True
            )
        return Link.model_validate(from_item(answer["Item"])["link"]) if "Item" in answer else None

    @staticmethod
    def _key(digest: str) -> dict[str, str]:
        return {"pk": f"LINK#{digest}", "sk": "LINK"}
