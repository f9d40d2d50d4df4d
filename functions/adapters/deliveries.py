"""Evidence of messages, found by the provider's message id, in DynamoDB.

The pointer from the id to the evidence is written with the note that the message went out
(``alert_log``), in one transaction; what becomes of it stands in the evidence itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import RECORD_PREFIX
from functions.adapters.table import Table, from_item, to_item
from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.delivery import Outcome
from functions.domain.errors import Outrun
from functions.domain.ports import Told

EVIDENCE = "ALERT#"
"""What the keys of the evidence of alerts begin with."""
OFFICER = "officer"
"""What stands as ``told`` in the evidence of an officer's alert."""

_KNOWN_FOR = timedelta(days=60)
"""Carriers tell within three days; complaints about a mail come weeks after it."""


class DynamoDeliveries:
    """Fills the ``Deliveries`` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, channel: Channel, message_ids: Sequence[str]) -> Told | None:
        """See ``ports.Deliveries.find``."""
        for message_id in message_ids:
            pointer = self._get(pointer_key(channel, message_id))
            if pointer is None:
                continue
            evidence = self._get({"pk": pointer["evidence_pk"], "sk": pointer["evidence_sk"]})
            if evidence is not None:
                return _told(evidence)
        return None

    def note(self, told: Told, outcome: Outcome) -> None:
        """See ``ports.Deliveries.note``."""
        values: dict[str, object] = {":after": outcome.model_dump(mode="json", exclude_none=True)}
        condition = "attribute_exists(pk) AND attribute_not_exists(delivery)"
        if told.outcome is not None:
            values[":before"] = told.outcome.model_dump(mode="json", exclude_none=True)
            condition = "delivery = :before"
        try:
            with unavailable_when_out("table"):
                self._table.client.update_item(
                    TableName=self._table.name,
                    Key=to_item({"pk": RECORD_PREFIX + told.reference, "sk": told.key}),
                    UpdateExpression="SET delivery = :after",
                    ConditionExpression=condition,
                    ExpressionAttributeValues=to_item(values),
                )
        except ClientError as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            # Perhaps by ourselves, in a write whose answer was lost: who reads it again sees that.
            raise Outrun("something else was noted meanwhile") from None

    def of_event(self, reference: str, sequence: int) -> Sequence[Told]:
        """See ``ports.Deliveries.of_event``."""
        pages = self._table.client.get_paginator("query").paginate(
            TableName=self._table.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=to_item(
                {":pk": RECORD_PREFIX + reference, ":sk": f"{EVIDENCE}{sequence:06d}#"}
            ),
            ConsistentRead=True,
        )
        with unavailable_when_out("table"):
            return [_told(from_item(item)) for page in pages for item in page["Items"]]

    def _get(self, key: Mapping[str, str]) -> dict[str, Any] | None:
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(key), ConsistentRead=True
            )
        return from_item(answer["Item"]) if "Item" in answer else None


def pointer_key(channel: Channel, message_id: str) -> dict[str, str]:
    """The key of the way from a provider's message id to the evidence of the message."""
    return {"pk": f"MESSAGE#{channel}#{message_id}", "sk": "MESSAGE"}


def pointer(
    channel: Channel, message_id: str, evidence: Mapping[str, str], sent_at: float
) -> dict[str, object]:
    """That way itself.

    Args:
        channel: by which the message went.
        message_id: the provider's.
        evidence: key of its evidence.
        sent_at: when it went out, Unix seconds.
    """
    return {
        **pointer_key(channel, message_id),
        "evidence_pk": evidence["pk"],
        "evidence_sk": evidence["sk"],
        "expires_at": int(sent_at + _KNOWN_FOR.total_seconds()),
    }


def _told(item: Mapping[str, Any]) -> Told:
    is_alert = item.get("told") == OFFICER
    return Told(
        reference=str(item["pk"]).removeprefix(RECORD_PREFIX),
        key=str(item["sk"]),
        alert=Alert.model_validate(item["alert"]) if is_alert else None,
        is_under_way=item["state"] == "sending",
        contact=item.get("contact"),
        outcome=Outcome.model_validate(item["delivery"]) if "delivery" in item else None,
    )
