"""Records in DynamoDB: one item each, one conditional write per change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.late_pushes import LatePushes
from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_indexes import RecordIndexes
from functions.adapters.record_items import (
    callback_key,
    link_key,
    portal_key,
    portal_pointer,
    receipt_from_item,
    receipt_key,
    receipt_to_item,
    record_from_item,
    record_key,
    record_to_item,
)
from functions.adapters.table import Item, from_item, to_item
from functions.domain import callback, linking, reconciliation
from functions.domain.errors import KeyReused, NotFound, Outrun, Unavailable
from functions.domain.ports import Registered, WaitsAlready
from functions.domain.receipt import Receipt
from functions.domain.record import Record

_CONFLICT_TRIES = 4
_MEETS_TRANSACTION = "TransactionConflictException"


class DynamoRecords(RecordIndexes, LatePushes):
    """Fills the ``Records`` port."""

    def register(
        self,
        record: Record,
        receipt: Receipt,
        answer: Callable[[Record], str],
        joined: tuple[Record, Record] | None = None,
    ) -> Registered | WaitsAlready | None:
        """See ``ports.Records.register``."""
        more: list[Item] = []
        if callback.waits(record):
            mark = {**callback_key(record.caller.phone), "reference": record.reference}
            more.append({"Put": self._put(to_item(mark), "attribute_not_exists(pk)")})
        if joined is not None:
            more.append({"Put": self._change_of(*joined)})
        refused = self._write_both(record, receipt, "attribute_not_exists(pk)", {}, more)
        if refused is None:
            return Registered(answer=receipt.answer, created=True)
        old_record, old_receipt, others = refused
        if old_receipt is not None:
            # The same transaction wrote both; whose it was tells a lost reply from a repeat.
            created = old_receipt.owner == receipt.owner
            return Registered(answer=_same(old_receipt, receipt).answer, created=created)
        if old_record is None:
            return _in_the_way(others)
        if old_record.record_id != record.record_id:
            return None
        if old_record.content_hash != record.content_hash:
            raise KeyReused("this record_id came before with another content")
        # A repeat of the record under a new webhook-id: that id is now taken as well.
        first_answer = answer(old_record)
        self._keep_receipt(receipt.model_copy(update={"answer": first_answer}))
        return Registered(answer=first_answer, created=False)

    def load(self, reference: str) -> Record:
        """See ``ports.Records.load``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=record_key(reference), ConsistentRead=True
            )
        if "Item" not in answer:
            raise NotFound("there is no record of this reference")
        return record_from_item(answer["Item"])

    def save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        """See ``ports.Records.save``."""
        kept = after.model_copy(update={"version": before.version + 1, "owner": self._identifiers.owner()})
        condition = "version = :before"
        values = to_item({":before": before.version})
        self._note_late(reconciliation.pushed_late(before, kept, self._clock.now()))
        if kept.portal_id not in {None, before.portal_id}:
            if receipt is not None:
                message = "the portal's id is learned by our own push, which has no receipt"
                raise ValueError(message)
            self._write_with_portal_id(kept, condition, values)
            return kept
        more: list[Item] = []
        if linking.is_newly_linked(before, kept):
            more += self._link_of(kept)
        if receipt is None:
            if more:
                message = "a duplicate is marked by an analyst's request, which has a receipt"
                raise ValueError(message)
            self._write_one(kept, condition, values)
            return kept
        if callback.waits(before) and not callback.waits(kept):
            more.append({"Delete": self._no_mark_of(kept)})
        refused = self._write_both(kept, receipt, condition, values, more)
        if refused is not None:
            _, old_receipt, _ = refused
            if old_receipt is None:
                raise Outrun("the record was changed by somebody else just now")
            if old_receipt.owner != receipt.owner:
                _same(old_receipt, receipt)
                raise Outrun("the same request is being answered just now")
        return kept

    def _write_with_portal_id(self, record: Record, condition: str, values: Item) -> None:
        """The record and, in the same request, the way from the portal's id to it."""
        record_put = self._put_of(record, condition, values)
        pointer = to_item(portal_pointer(record))
        pointer_put = self._put(pointer, "attribute_not_exists(pk) OR #reference = :reference")
        pointer_put["ExpressionAttributeNames"] = {"#reference": "reference"}
        pointer_put["ExpressionAttributeValues"] = to_item({":reference": record.reference})
        reasons = self._transact([{"Put": record_put}, {"Put": pointer_put}])
        if reasons is None:
            return
        old_record = _standing(reasons[0], record_from_item)
        if old_record is not None and old_record.owner == record.owner:
            return
        if _standing(reasons[1], from_item) is not None:
            message = "the portal gave one id to two records"
            raise ValueError(message)
        raise Outrun("the record was changed by somebody else just now")

    def receipt(self, sender: str, webhook_id: str) -> Receipt | None:
        """See ``ports.Records.receipt``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(receipt_key(sender, webhook_id)), ConsistentRead=True
            )
        return receipt_from_item(answer["Item"]) if "Item" in answer else None

    def linked_to(self, reference: str) -> Sequence[str]:
        """See ``ports.Records.linked_to``."""
        found: list[str] = []
        arguments: Item = {
            "TableName": self._table.name,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": to_item({":pk": link_key(reference, "")["pk"]}),
            "ConsistentRead": True,
        }
        while True:
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments)
            found += [item["sk"]["S"] for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return found
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def by_portal_id(self, portal_id: str) -> str | None:
        """See ``ports.Records.by_portal_id``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(portal_key(portal_id)), ConsistentRead=True
            )
        return str(from_item(answer["Item"])["reference"]) if "Item" in answer else None

    def _put(self, item: Item, condition: str) -> dict[str, Any]:
        return {
            "TableName": self._table.name,
            "Item": item,
            "ConditionExpression": condition,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _put_of(self, record: Record, condition: str, values: Item) -> dict[str, Any]:
        put = self._put(record_to_item(record, self._clock.now()), condition)
        return {**put, "ExpressionAttributeValues": values} if values else put

    def _write_one(self, record: Record, condition: str, values: Item) -> None:
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(**self._put_of(record, condition, values))
        except ClientError as error:
            if code_of(error) == _MEETS_TRANSACTION:
                raise Outrun("the record is being changed by somebody else just now") from None
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            old: Any = error.response.get("Item", {})
            # A write that was done while its answer was lost comes back as refused when it is sent again.
            if old.get("owner") == to_item({"owner": record.owner})["owner"]:
                return
            raise Outrun("the record was changed by somebody else just now") from None

    def _change_of(self, before: Record, after: Record) -> dict[str, Any]:
        kept = after.model_copy(update={"version": before.version + 1, "owner": self._identifiers.owner()})
        return self._put_of(kept, "version = :before", to_item({":before": before.version}))

    def _link_of(self, record: Record) -> list[Item]:
        """The link to its lead, while that goes on.

        Of records that are linked in a circle at once, one finds its lead linked already: one always goes on.
        """
        lead = linking.lead_of(record)
        ends = {f":{status.value}": status.value for status in linking.ENDS_UNREDRESSED}
        return [
            {"Put": {"TableName": self._table.name, "Item": to_item(link_key(lead, record.reference))}},
            {
                "ConditionCheck": {
                    "TableName": self._table.name,
                    "Key": record_key(lead),
                    "ConditionExpression": (
                        f"attribute_exists(pk) AND NOT #record.#status IN ({', '.join(sorted(ends))})"
                    ),
                    "ExpressionAttributeNames": {"#record": "record", "#status": "status"},
                    "ExpressionAttributeValues": to_item(ends),
                }
            },
        ]

    def _no_mark_of(self, record: Record) -> dict[str, Any]:
        return {
            "TableName": self._table.name,
            "Key": to_item(callback_key(record.caller.phone)),
            "ConditionExpression": "attribute_not_exists(pk) OR #reference = :reference",
            "ExpressionAttributeNames": {"#reference": "reference"},
            "ExpressionAttributeValues": to_item({":reference": record.reference}),
        }

    def _write_both(
        self, record: Record, receipt: Receipt, condition: str, values: Item, more: Sequence[Item]
    ) -> tuple[Record | None, Receipt | None, Sequence[Any]] | None:
        """Record, receipt and more in one request; when refused, what stood in the way."""
        record_put = self._put_of(record, condition, values)
        receipt_put = self._put(receipt_to_item(receipt), "attribute_not_exists(pk)")
        reasons = self._transact([{"Put": record_put}, {"Put": receipt_put}, *more])
        if reasons is None:
            return None
        return _standing(reasons[0], record_from_item), _standing(reasons[1], receipt_from_item), reasons[2:]

    def _transact(self, writes: Any) -> Any:  # noqa: ANN401 - requests and reasons are DynamoDB's own
        """Writes all or nothing: None when done, else the reasons, one per write."""
        for tried in range(_CONFLICT_TRIES):
            try:
                with unavailable_when_out("table"):
                    self._table.client.transact_write_items(TransactItems=writes)
            except ClientError as error:
                if code_of(error) != "TransactionCanceledException":
                    raise
                reasons: Any = error.response.get("CancellationReasons", [])
                codes = {reason.get("Code", "None") for reason in reasons}
                if "ConditionalCheckFailed" in codes:
                    return reasons
                if codes <= {"None", "TransactionConflict"}:
                    self._clock.sleep(self._identifiers.fraction() * 0.05 * 2**tried)
                    continue
                raise Unavailable("table", 1) from error
            else:
                return None
        raise Unavailable("table", 1)

    def _keep_receipt(self, receipt: Receipt) -> None:
        try:
            with unavailable_when_out("table"):
                self._table.client.put_item(
                    TableName=self._table.name,
                    Item=receipt_to_item(receipt),
                    ConditionExpression="attribute_not_exists(pk)",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if code_of(error) == _MEETS_TRANSACTION:
                raise Unavailable("table", 1) from None
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            _same(receipt_from_item(error.response["Item"]), receipt)  # type: ignore[typeddict-item]  # the stubs know no item in an error


def _standing(reason: Any, read: Any) -> Any:  # noqa: ANN401 - a cancellation reason is untyped
    return read(reason["Item"]) if reason.get("Item") else None


def _in_the_way(reasons: Sequence[Any]) -> WaitsAlready:
    """Why a new record was not kept although its reference and its receipt are free."""
    for reason in reasons:
        standing = _standing(reason, from_item)
        if standing is not None and "record" not in standing:
            return WaitsAlready(str(standing["reference"]))
        if reason.get("Code") == "ConditionalCheckFailed":
            raise Outrun("the record that it joins was changed by somebody else just now")
    raise Unavailable("table", 1)


def _same(old: Receipt, new: Receipt) -> Receipt:
    if old.fingerprint != new.fingerprint:
        raise KeyReused("this webhook-id came before with another request")
    return old
