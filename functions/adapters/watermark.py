"""Up to when every change is known to be published, in DynamoDB."""

from __future__ import annotations

from datetime import datetime, timedelta

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.table import Table, from_item, to_item
from functions.domain.ports import Clock

_KEY = {"pk": "CURSOR#relay", "sk": "CURSOR"}
_PAUSE = timedelta(seconds=5)


class DynamoWatermark:
    """Fills the ``Watermark`` port.

    A worker writes it every few seconds at most: one that lags behind only has a little published again.
    """

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._written: datetime | None = None

    def read(self) -> datetime | None:
        """See ``ports.Watermark.read``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(_KEY), ConsistentRead=True
            )
        return datetime.fromisoformat(from_item(answer["Item"])["moment"]) if "Item" in answer else None

    def move(self, moment: datetime, known_from: datetime) -> None:
        """See ``ports.Watermark.move``."""
        now = self._clock.now()
        if self._written is not None and now - self._written < _PAUSE:
            return
        to, least = (one.isoformat(timespec="microseconds") for one in (moment, known_from))
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(
                    TableName=self._table.name,
                    Item=to_item({**_KEY, "moment": to}),
                    ConditionExpression="attribute_not_exists(pk) OR (moment < :to AND moment >= :least)",
                    ExpressionAttributeValues=to_item({":to": to, ":least": least}),
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
        self._written = now
