"""Records in DynamoDB: one item each, one conditional write per change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

from functions.adapters.cursor import read_cursor, write_cursor
from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import (
    FIELD_CHECKS,
    REVIEW_EMERGENCIES,
    REVIEW_OTHERS,
    TIMER_SHARDS,
    moment_text,
    portal_key,
    receipt_from_item,
    receipt_key,
    receipt_to_item,
    record_from_item,
    record_key,
    record_to_item,
)
from functions.adapters.table import Item, Table, from_item, to_item
from functions.domain.errors import KeyReused, NotFound, Outrun, Unavailable
from functions.domain.ports import Clock, Identifiers, Page, Registered
from functions.domain.receipt import Receipt
from functions.domain.record import Record, Status

_REVIEWS = (REVIEW_EMERGENCIES, REVIEW_OTHERS)
_CONFLICT_TRIES = 4
_READ_TRIES = 6
_MEETS_TRANSACTION = "TransactionConflictException"
_BATCH_GET_LIMIT = 100
# A day's clocks are settled when it is that far behind: a write that began in it has long ended.
_SETTLED_AFTER = timedelta(days=2)
# So far back the very first sweep looks, which finds no cursor.
_FIRST_LOOK_BACK = timedelta(days=60)
_TIMER_CURSOR = {"pk": "CURSOR#timers", "sk": "CURSOR"}


class _Index(NamedTuple):
    name: str
    partition: str
    sort: str


_CHANGES = _Index("changes", "changed_minute", "changed_at")
_QUEUES = _Index("queues", "queue", "queue_position")
_TIMERS = _Index("timers", "timer_bucket", "timer_at")


class DynamoRecords:
    """Fills the ``Records`` port."""

    def __init__(self, table: Table, clock: Clock, identifiers: Identifiers) -> None:
        self._table = table
        self._clock = clock
        self._identifiers = identifiers

    def register(
        self, record: Record, receipt: Receipt, answer: Callable[[Record], str]
    ) -> Registered | None:
        """See ``ports.Records.register``."""
        refused = self._write_both(record, receipt, "attribute_not_exists(pk)", {})
        if refused is None:
            return Registered(answer=receipt.answer, created=True)
        old_record, old_receipt = refused
        if old_receipt is not None:
            # The same transaction wrote both; whose it was tells a lost reply from a repeat.
            created = old_receipt.owner == receipt.owner
            return Registered(answer=_same(old_receipt, receipt).answer, created=created)
        if old_record is None:
            raise Unavailable("table", 1)
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
        if kept.portal_id is not None and before.portal_id is None:
            if receipt is not None:
                message = "the portal's id is learned by our own push, which has no receipt"
                raise ValueError(message)
            self._write_with_portal_id(kept, condition, values)
            return kept
        if receipt is None:
            self._write_one(kept, condition, values)
            return kept
        refused = self._write_both(kept, receipt, condition, values)
        if refused is not None:
            _, old_receipt = refused
            if old_receipt is None:
                raise Outrun("the record was changed by somebody else just now")
            if old_receipt.owner != receipt.owner:
                _same(old_receipt, receipt)
                raise Outrun("the same request is being answered just now")
        return kept

    def _write_with_portal_id(self, record: Record, condition: str, values: Item) -> None:
        """The record and, in the same request, the way from the portal's id to it."""
        pointer = {**portal_key(str(record.portal_id)), "reference": record.reference, "owner": record.owner}
        record_put = self._put_of(record, condition, values)
        pointer_put = self._put(to_item(pointer), "attribute_not_exists(pk) OR #reference = :reference")
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

    def waiting_for_review(self, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.waiting_for_review``: one queue behind the other."""
        start_queue, start_position = read_cursor(cursor, _REVIEWS)
        found: list[tuple[str, str]] = []
        for queue in _REVIEWS:
            if queue < start_queue or len(found) > limit:
                continue
            after = start_position if queue == start_queue else ""
            found += self._positions(queue, after, limit + 1 - len(found))
        return self._page(found, limit, Status.UNDER_REVIEW)

    def waiting_for_field_check(self, districts: Sequence[str], limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.waiting_for_field_check``: the districts' queues merged by time."""
        _, start_position = read_cursor(cursor, (FIELD_CHECKS,))
        found: list[tuple[str, str]] = []
        for district in districts:
            positions = self._positions(FIELD_CHECKS + district, start_position, limit + 1)
            found += [(FIELD_CHECKS, position) for _, position in positions]
        return self._page(sorted(found)[: limit + 1], limit, Status.ACTION_TAKEN)

    def _page(self, found: list[tuple[str, str]], limit: int, status: Status) -> Page:
        page, more = found[:limit], len(found) > limit
        records = self._load_many([position.rsplit("#", 1)[1] for _, position in page])
        # The index trails the table by a moment: what was settled meanwhile waits no more.
        waiting = [record for record in records if record.status is status]
        return Page(records=waiting, next=write_cursor(*page[-1]) if more else None)

    def by_portal_id(self, portal_id: str) -> str | None:
        """See ``ports.Records.by_portal_id``."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(portal_key(portal_id)), ConsistentRead=True
            )
        return str(from_item(answer["Item"])["reference"]) if "Item" in answer else None

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """See ``ports.Records.changed_since``."""
        found: list[str] = []
        minute = since.replace(second=0, microsecond=0)
        while minute <= until:
            found += self._query(_CHANGES, moment_text(minute)[:16], f"> {moment_text(since)}", None)
            minute += timedelta(minutes=1)
        last = f"{moment_text(until)}#~"
        return [position.split("#", 1)[1] for position in found if position <= last]

    def with_timer_due(self, now: datetime) -> Sequence[str]:
        """See ``ports.Records.with_timer_due``.

        A cursor remembers up to which day every clock was handled, so that an outage of any length skips
        none. It passes a day only when nothing stands there any more and both the wall clock and ``now``
        have left it well behind: a sweep that was once handed a later time moves it no further.
        """
        wall = self._clock.now()
        horizon = (min(wall, now) - _SETTLED_AFTER).date()
        cursor = self._timer_cursor()
        first = min(cursor or horizon - _FIRST_LOOK_BACK, horizon)
        last = max(wall, now).date()
        due: list[str] = []
        oldest_left = horizon
        for ahead in range((last - first).days + 1):
            day = first + timedelta(days=ahead)
            found = [
                position
                for shard in range(TIMER_SHARDS)
                for position in self._query(_TIMERS, f"{day}#{shard}", f"<= {moment_text(now)}#~", None)
            ]
            if found:
                oldest_left = min(oldest_left, day)
            due += found
        if cursor is None or oldest_left > cursor:
            self._move_timer_cursor(oldest_left)
        return [position.rsplit("#", 1)[1] for position in sorted(due)]

    def _timer_cursor(self) -> date | None:
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(_TIMER_CURSOR), ConsistentRead=True
            )
        return date.fromisoformat(from_item(answer["Item"])["day"]) if "Item" in answer else None

    def _move_timer_cursor(self, day: date) -> None:
        with unavailable_when_out("table"):
            self._table.client.put_item(
                TableName=self._table.name, Item=to_item({**_TIMER_CURSOR, "day": day.isoformat()})
            )

    def _positions(self, queue: str, after: str, limit: int) -> list[tuple[str, str]]:
        return [(queue, position) for position in self._query(_QUEUES, queue, f"> {after or '0'}", limit)]

    def _query(self, index: _Index, partition: str, where: str, limit: int | None) -> list[str]:
        """Sort keys of a partition of an index, ascending.

        Args:
            index: which.
            partition: the hash key.
            where: comparison and bound of the sort key, such as ``<= 2026``.
            limit: at most so many; None for all.
        """
        comparison, bound = where.split(" ", 1)
        arguments: dict[str, Any] = {
            "TableName": self._table.name,
            "IndexName": index.name,
            "KeyConditionExpression": f"{index.partition} = :partition AND {index.sort} {comparison} :bound",
            "ExpressionAttributeValues": to_item({":partition": partition, ":bound": bound}),
        }
        found: list[str] = []
        while limit is None or len(found) < limit:
            if limit is not None:
                arguments["Limit"] = limit - len(found)
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments)
            found += [item[index.sort]["S"] for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                break
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return found

    def _load_many(self, references: Sequence[str]) -> list[Record]:
        found: dict[str, Record] = {}
        for start in range(0, len(references), _BATCH_GET_LIMIT):
            wanted: Any = {
                self._table.name: {
                    "Keys": [
                        record_key(reference) for reference in references[start : start + _BATCH_GET_LIMIT]
                    ],
                    "ConsistentRead": True,
                }
            }
            for tried in range(_READ_TRIES):
                if tried:
                    self._clock.sleep(self._identifiers.fraction() * 0.05 * 2**tried)
                with unavailable_when_out("table"):
                    answer = self._table.client.batch_get_item(RequestItems=wanted)
                for item in answer["Responses"].get(self._table.name, []):
                    record = record_from_item(item)
                    found[record.reference] = record
                wanted = answer.get("UnprocessedKeys")
                if not wanted:
                    break
            else:
                raise Unavailable("table")
        return [found[reference] for reference in references if reference in found]

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

    def _write_both(
        self, record: Record, receipt: Receipt, condition: str, values: Item
    ) -> tuple[Record | None, Receipt | None] | None:
        """Record and receipt in one request; when refused, what stood in the way."""
        record_put = self._put_of(record, condition, values)
        receipt_put = self._put(receipt_to_item(receipt), "attribute_not_exists(pk)")
        reasons = self._transact([{"Put": record_put}, {"Put": receipt_put}])
        if reasons is None:
            return None
        return _standing(reasons[0], record_from_item), _standing(reasons[1], receipt_from_item)

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
            _same(receipt_from_item(error.response["Item"]), receipt)  # type: ignore[typeddict-item]


def _standing(reason: Any, read: Any) -> Any:  # noqa: ANN401 - a cancellation reason is untyped
    return read(reason["Item"]) if reason.get("Item") else None


def _same(old: Receipt, new: Receipt) -> Receipt:
    if old.fingerprint != new.fingerprint:
        raise KeyReused("this webhook-id came before with another request")
    return old
