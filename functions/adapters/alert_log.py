"""Evidence of alerts in DynamoDB: one item per alert beside its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import RECORD_PREFIX
from functions.adapters.table import Item, Table, to_item
from functions.domain.errors import Unavailable
from functions.domain.ports import Clock, Identifiers, Telling
from functions.domain.roster import RosterSent
from functions.domain.vacancy import Vacancy

_KINDS: Mapping[type[Telling], str] = {RosterSent: "ROSTER", Vacancy: "VACANCY"}
"""What stands in the keys of what is no alert of a record."""

_LEASE = timedelta(seconds=60)
"""After so long without a word, whoever was sending an alert is taken for dead, and it is sent again."""


class DynamoAlertLog:
    """Fills the ``AlertLog`` port."""

    def __init__(self, table: Table, clock: Clock, identifiers: Identifiers) -> None:
        self._table = table
        self._clock = clock
        self._identifiers = identifiers

    def claim(self, reference: str, alert: Telling) -> bool:
        """See ``ports.AlertLog.claim``."""
        now = self._clock.now()
        item = to_item(
            {
                **self._key(reference, alert),
                "state": "sending",
                "claimed_at": int(now.timestamp()),
                "owner": self._identifiers.owner(),
                "alert": alert.model_dump(mode="json"),
            }
        )
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(
                    TableName=self._table.name,
                    Item=item,
                    ConditionExpression="attribute_not_exists(pk) "
                    "OR (#state = :sending AND claimed_at < :stale)",
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues=to_item(
                        {":sending": "sending", ":stale": int((now - _LEASE).timestamp())}
                    ),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            old: Any = error.response.get("Item", {})
            if old.get("owner") == item["owner"]:
                # Our own claim, whose answer was lost and which was sent again.
                return True
            if old.get("state") != to_item({"state": "sent"})["state"]:
                if _teller(old) != _teller(item):
                    # Another event is at it, and comes again should it fail: this one is done.
                    return False
                raise Unavailable("alert", int(_LEASE.total_seconds())) from None
            return False
        return True

    def sent(self, reference: str, alert: Telling, message_id: str) -> None:
        """See ``ports.AlertLog.sent``."""
        with unavailable_when_out("table"):
            self._table.client.update_item(
                TableName=self._table.name,
                Key=to_item(self._key(reference, alert)),
                UpdateExpression="SET #state = :sent, sent_at = :at, message_id = :id",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=to_item(
                    {":sent": "sent", ":at": self._clock.now().isoformat(), ":id": message_id}
                ),
            )

    @staticmethod
    def _key(reference: str, alert: Telling) -> Item:
        return {"pk": RECORD_PREFIX + reference, "sk": f"{_KINDS.get(type(alert), 'ALERT')}#{alert.key}"}


def _teller(item: Item) -> object:
    """Which event tells a message that several may tell; None where only one can."""
    return item.get("alert", {}).get("M", {}).get("told_by")
