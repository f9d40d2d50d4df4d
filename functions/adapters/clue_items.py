"""Clues in the table: a small item under each key of a record, for as long as others are looked for.

They are items of their own and no index entries, for a record has several keys, and a clue carries more than
an index does. A record that was amended or turned down keeps its clues: what is found by them is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from functions.adapters.outages import unavailable_when_out
from functions.adapters.record_items import moment_text
from functions.adapters.table import Item, Table, to_item
from functions.domain import matter
from functions.domain.errors import Unavailable
from functions.domain.matter import Clue, Clues
from functions.domain.ports import Clock, Identifiers
from functions.domain.record import Record

_WRITE_TRIES = 6
_BATCH_WRITE_LIMIT = 25


class ClueItems:
    """What ``RecordClues`` needs of the table.

    Args:
        table: where they are kept.
        clock: to wait for a table that throttles.
        identifiers: so that not all wait equally long.
    """

    def __init__(self, table: Table, clock: Clock, identifiers: Identifiers) -> None:
        self._table = table
        self._clock = clock
        self._identifiers = identifiers

    def leave(self, record: Record, clues: Clues) -> None:
        """See ``ports.Records.leave_clues``: a repeat meets itself, for the key tells whose clue it is."""
        items = [
            {
                "pk": _partition(key, matter.period(record.registered_at)),
                "sk": _position(record.registered_at, record.reference),
                "fingerprint": clues.fingerprint,
                "expires_at": int(matter.last_needed(record).timestamp()),
            }
            for key in clues.keys
        ]
        for start in range(0, len(items), _BATCH_WRITE_LIMIT):
            self._write(items[start : start + _BATCH_WRITE_LIMIT])

    def likeliest(self, record: Record, clues: Clues) -> Sequence[str]:
        """References of the records to compare with, those with most in common first."""
        found = (clue for key in clues.keys for clue in self._under(key, record))
        return matter.likeliest(clues, (clue for clue in found if clue.reference != record.reference))

    def _under(self, key: str, record: Record) -> Iterator[Clue]:
        """The newest clues of a key, period by period, no more than are looked at."""
        left = matter.PER_KEY
        for period in matter.periods(record):
            items = self._newest(_partition(key, period), matter.until(record), left)
            yield from map(_clue, items)
            left -= len(items)
            if not left:
                return

    def _newest(self, partition: str, until: datetime, limit: int) -> list[Item]:
        arguments: dict[str, Any] = {
            "TableName": self._table.name,
            "KeyConditionExpression": "pk = :pk AND sk < :end",
            "ExpressionAttributeValues": to_item({":pk": partition, ":end": _position(until, "~")}),
            "ProjectionExpression": "sk, fingerprint",
            "ScanIndexForward": False,
            # What was left a moment ago by a call at the same time must be seen.
            "ConsistentRead": True,
        }
        found: list[Item] = []
        while len(found) < limit:
            with unavailable_when_out("table"):
                answer = self._table.client.query(**arguments, Limit=limit - len(found))
            found += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                break
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return found

    def _write(self, items: Sequence[dict[str, object]]) -> None:
        pending: Any = {self._table.name: [{"PutRequest": {"Item": to_item(item)}} for item in items]}
        for tried in range(_WRITE_TRIES):
            with unavailable_when_out("table"):
                pending = self._table.client.batch_write_item(RequestItems=pending).get("UnprocessedItems")
            if not pending:
                return
            self._clock.sleep(self._identifiers.fraction() * 0.05 * 2**tried)
        raise Unavailable("table")


def _partition(key: str, period: int) -> str:
    # Hashed: a category may be any text, and a name that somebody said must not reach metrics and logs.
    return f"CLUE#{hashlib.sha256(key.encode()).hexdigest()[:32]}#{period}"


def _position(at: datetime, reference: str) -> str:
    return f"{moment_text(at)}#{reference}"


def _clue(item: Item) -> Clue:
    moment, reference = item["sk"]["S"].split("#", 1)
    return Clue(datetime.fromisoformat(moment), reference, item["fingerprint"]["B"])
