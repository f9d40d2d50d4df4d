"""Evidence of alerts in DynamoDB: one item per alert beside its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.deliveries import OFFICER, pointer
from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import RECORD_PREFIX
from functions.adapters.table import Item, Table, to_item
from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.contact import ContactFailed
from functions.domain.delivery import Outcome
from functions.domain.errors import BeingSent, Unavailable
from functions.domain.ports import Clock, Identifiers, Telling
from functions.domain.roster import RosterSent
from functions.domain.upload import UploadInForce
from functions.domain.vacancy import Vacancy

_KINDS: Mapping[type[Telling], str] = {
    RosterSent: "ROSTER",
    Vacancy: "VACANCY",
    ContactFailed: "CONTACT",
    UploadInForce: "UPLOAD",
}
"""What stands in the keys of what is no alert of a record."""

_TRIES = 5
LEASE = timedelta(seconds=60)
"""After so long without a word, whoever was sending an alert is taken for dead, and it is sent again."""


class DynamoAlertLog:
    """Fills the ``AlertLog`` port."""

    def __init__(self, table: Table, clock: Clock, identifiers: Identifiers) -> None:
        self._table = table
        self._clock = clock
        self._identifiers = identifiers
        self._claimed: dict[tuple[str, str], str] = {}
        """The owner that was written with each claim of this worker's that is neither noted nor let go."""

    def claim(self, reference: str, alert: Telling) -> bool:
        """See ``ports.AlertLog.claim``."""
        now, owner = self._clock.now(), self._identifiers.owner()
        item = to_item(
            {
                **self._key(reference, alert),
                "state": "sending",
                "claimed_at": int(now.timestamp()),
                "owner": owner,
                "told": OFFICER if isinstance(alert, Alert) else None,
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
                        {":sending": "sending", ":stale": int((now - LEASE).timestamp())}
                    ),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            old: Any = error.response.get("Item", {})
            if old.get("owner") == item["owner"]:
                # Our own claim, whose answer was lost and which was sent again.
                self._claimed[reference, alert.key] = owner
                return True
            if old.get("state") == to_item({"state": "sending"})["state"]:
                if _teller(old) != _teller(item):
                    # Another event is at it, and comes again should it fail: this one is done.
                    return False
                raise BeingSent("alert", int(LEASE.total_seconds())) from None
            return False
        self._claimed[reference, alert.key] = owner
        return True

    def let_go(self, reference: str, alert: Telling) -> None:
        """See ``ports.AlertLog.let_go``."""
        owner = self._claimed.pop((reference, alert.key), None)
        if owner is None:
            return
        try:
            with unavailable_when_out("table"):
                self._table.client.update_item(
                    TableName=self._table.name,
                    Key=to_item(self._key(reference, alert)),
                    UpdateExpression="SET claimed_at = :long_ago",
                    ConditionExpression="#state = :sending AND #owner = :owner",
                    ExpressionAttributeNames={"#state": "state", "#owner": "owner"},
                    ExpressionAttributeValues=to_item(
                        {":long_ago": 0, ":sending": "sending", ":owner": owner}
                    ),
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise

    def sent(self, reference: str, alert: Telling, message_id: str, contact: str | None = None) -> None:
        """See ``ports.AlertLog.sent``."""
        now = self._clock.now().isoformat()
        noted = {"state": "sent", "sent_at": now, "message_id": message_id, "contact": contact}
        self._note(reference, alert, message_id, noted)

    def refused(
        self,
        reference: str,
        alert: Telling,
        outcome: Outcome,
        message_id: str,
        contact: str | None = None,
    ) -> None:
        """See ``ports.AlertLog.refused``."""
        told = outcome.model_dump(mode="json", exclude_none=True)
        noted = {"state": "refused", "contact": contact, "delivery": told}
        self._note(reference, alert, message_id, noted)

    def _note(self, reference: str, alert: Telling, message_id: str, noted: Mapping[str, object]) -> None:
        """Notes it with the way from the message id to it, in one transaction."""
        self._claimed.pop((reference, alert.key), None)
        key = self._key(reference, alert)
        sent_at = self._clock.now().timestamp()
        way = pointer(getattr(alert, "channel", Channel.EMAIL), message_id, key, sent_at)
        writes: Any = [
            {"Update": {"TableName": self._table.name, **_setting(key, noted)}},
            {"Put": {"TableName": self._table.name, "Item": to_item(way)}},
        ]
        for tried in range(_TRIES):
            try:
                with unavailable_when_out("table"):
                    self._table.client.transact_write_items(TransactItems=writes)
            except ClientError as error:
                if code_of(error) != "TransactionCanceledException":
                    raise
                # Nothing of it has a condition: it met another transaction, or was throttled.
                self._clock.sleep(self._identifiers.fraction() * 0.05 * 2**tried)
            else:
                return
        raise Unavailable("table", 1)

    @staticmethod
    def _key(reference: str, alert: Telling) -> dict[str, str]:
        return {"pk": RECORD_PREFIX + reference, "sk": f"{_KINDS.get(type(alert), 'ALERT')}#{alert.key}"}


def _setting(key: Mapping[str, str], values: Mapping[str, object]) -> dict[str, Any]:
    """An update of the item under a key; None values are left as they are."""
    told = {name: value for name, value in values.items() if value is not None}
    return {
        "Key": to_item(key),
        "UpdateExpression": "SET " + ", ".join(f"#{name} = :{name}" for name in told),
        "ExpressionAttributeNames": {f"#{name}": name for name in told},
        "ExpressionAttributeValues": to_item({f":{name}": value for name, value in told.items()}),
    }


def _teller(item: Item) -> object:
    """Which event tells a message that several may tell; None where only one can."""
    return item.get("alert", {}).get("M", {}).get("told_by")
