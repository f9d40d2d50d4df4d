"""Records found by the table's indexes: what waits, what is due, what changed, whose it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from functions.adapters.clue_items import ClueItems
from functions.adapters.cursor import read_cursor, write_cursor
from functions.adapters.day_cursor import DayCursor, days, months
from functions.adapters.outages import unavailable_when_out
from functions.adapters.record_items import (
    CALLBACKS_DUE,
    CALLBACKS_GIVEN_UP,
    FIELD_CHECKS,
    REPORTED,
    REVIEW_EMERGENCIES,
    REVIEW_OTHERS,
    TIMER_SHARDS,
    TO_ASK,
    TO_PUSH_EMERGENCIES,
    TO_PUSH_OTHERS,
    caller_key,
    held_by,
    moment_text,
    pushed_queue,
    record_from_item,
    record_key,
)
from functions.adapters.table import Table, to_item
from functions.domain import feedback
from functions.domain.calendar import IST
from functions.domain.errors import Unavailable
from functions.domain.matter import Clues
from functions.domain.office import Level
from functions.domain.ports import Clock, Identifiers, Page
from functions.domain.record import Record, Status

_REVIEWS = (REVIEW_EMERGENCIES, REVIEW_OTHERS)
_READ_TRIES = 6
_BATCH_GET_LIMIT = 100
UNREACHABLE_SHOWN_FOR = timedelta(days=90)
"""How long a number that was given up is shown to the supervisor; the record itself stays."""
NEWEST_LOOKED_FOR = timedelta(days=92)
"""So far back the newest records are looked for."""


class _Index(NamedTuple):
    name: str
    partition: str
    sort: str


_CHANGES = _Index("changes", "changed_minute", "changed_at")
_QUEUES = _Index("queues", "queue", "queue_position")
_TIMERS = _Index("timers", "timer_bucket", "timer_at")
_CALLERS = _Index("callers", "caller", "called_at")
_TO_ASK = _Index("feedback", "to_ask", "to_ask_since")
_TO_PUSH = _Index("portal", "to_push", "to_push_since")
_OFFICES = _Index("offices", "office", "held")


class RecordIndexes:
    """The reading half of the ``Records`` port."""

    def __init__(self, table: Table, clock: Clock, identifiers: Identifiers) -> None:
        self._table = table
        self._clock = clock
        self._identifiers = identifiers
        self._timers = DayCursor(table, "timers")
        self._callbacks = DayCursor(table, "callbacks")
        self._clues = ClueItems(table, clock, identifiers)

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
        page = self._read_page(found, limit)
        # The index trails the table by a moment: what was settled meanwhile waits no more.
        return Page([record for record in page.records if record.status is status], page.next)

    def _read_page(self, found: list[tuple[str, str]], limit: int) -> Page:
        """The records at the places of an index; one place more than asked for tells that there are more."""
        page, more = found[:limit], len(found) > limit
        records = self._load_many([position.rsplit("#", 1)[1] for _, position in page])
        return Page(records=records, next=write_cursor(*page[-1]) if more else None)

    def to_be_called_back(self, now: datetime, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.to_be_called_back``: day by day, from the oldest in which anybody waits."""
        known = self._callbacks.read()
        oldest_left: date | None = None
        found: list[tuple[str, str]] = []
        last = f"{moment_text(now)}#~"
        start, after = read_cursor(cursor, prefix=CALLBACKS_DUE)
        for day in days(self._callbacks.first(now, known), now.date()):
            queue = f"{CALLBACKS_DUE}{day}"
            if queue < start:
                continue
            positions = self._positions(queue, after if queue == start else "", limit + 1 - len(found))
            oldest_left = oldest_left or (day if positions else None)
            found += [place for place in positions if place[1] <= last]
            if len(found) > limit:
                break
        if cursor is None:
            self._callbacks.pass_to(oldest_left, now, known)
        return self._page(found, limit, Status.AWAITING_CALLBACK)

    def unreachable(self, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.unreachable``: month by month."""
        now = self._clock.now()
        partitions = months((now - UNREACHABLE_SHOWN_FOR).date(), now.date())
        found = self._over(_QUEUES, CALLBACKS_GIVEN_UP, partitions, limit, cursor)
        return self._page(found, limit, Status.UNREACHABLE)

    def to_be_asked(self, since: datetime, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.to_be_asked``: month by month."""
        partitions = months(since.date(), max(since, self._clock.now()).date())
        found = self._over(_TO_ASK, TO_ASK, partitions, limit, cursor, since)
        page = self._read_page(found, limit)
        return Page([record for record in page.records if feedback.is_to_be_asked(record)], page.next)

    def _over(
        self,
        index: _Index,
        prefix: str,
        partitions: Sequence[str],
        limit: int,
        cursor: str | None,
        since: datetime | None = None,
    ) -> list[tuple[str, str]]:
        """Places in one partition behind the other, one more than asked for."""
        start, after = read_cursor(cursor, prefix=prefix)
        begin = moment_text(since) if since else "0"
        found: list[tuple[str, str]] = []
        for partition in (prefix + name for name in partitions):
            if partition < start or len(found) > limit:
                continue
            bound = max(begin, after if partition == start else "")
            positions = self._query(index, partition, f"> {bound}", limit + 1 - len(found))
            found += [(partition, position) for position in positions]
        return found

    def of_caller(self, phone: str, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.of_caller``."""
        caller = caller_key(phone)
        _, before = read_cursor(cursor, (caller,))
        positions = self._query(_CALLERS, caller, f"< {before or '~'}", limit + 1, newest_first=True)
        return self._read_page([(caller, position) for position in positions], limit)

    def leave_clues(self, record: Record, clues: Clues) -> None:
        """See ``ports.Records.leave_clues``."""
        self._clues.leave(record, clues)

    def of_same_matter(self, record: Record, clues: Clues) -> Sequence[Record]:
        """See ``ports.Records.of_same_matter``."""
        # To be compared they need not be as they stand at this very moment: half the price.
        return self._load_many(self._clues.likeliest(record, clues), consistent=False)

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """See ``ports.Records.changed_since``."""
        found: list[str] = []
        minute = since.replace(second=0, microsecond=0)
        while minute <= until:
            found += self._query(_CHANGES, moment_text(minute)[:16], f"> {moment_text(since)}", None)
            minute += timedelta(minutes=1)
        last = f"{moment_text(until)}#~"
        return [position.split("#", 1)[1] for position in found if position <= last]

    def pushed_on(self, day: date) -> Sequence[str]:
        """See ``ports.Records.pushed_on``."""
        found = self._query(_QUEUES, pushed_queue(day), "> 0", None)
        # What the portal lost and got again has a way from each of its ids.
        return list(dict.fromkeys(position.rsplit("#", 1)[1] for position in found))

    def load_many(self, references: Sequence[str]) -> Sequence[Record]:
        """See ``ports.Records.load_many``."""
        return self._load_many(references)

    def waiting_for_portal(self, limit: int) -> Sequence[str]:
        """See ``ports.Records.waiting_for_portal``."""
        found: list[str] = []
        for queue in (TO_PUSH_EMERGENCIES, TO_PUSH_OTHERS):
            if len(found) < limit:
                found += self._query(_TO_PUSH, queue, "> 0", limit - len(found))
        return [position.rsplit("#", 1)[1] for position in found]

    def newest(self, limit: int) -> Sequence[Record]:
        """See ``ports.Records.newest``: what the portal holds, day by day back, and what it does not yet."""
        places = {place for queue in _REVIEWS for place in self._newest_in(_QUEUES, queue, limit)}
        for queue in (TO_PUSH_EMERGENCIES, TO_PUSH_OTHERS):
            places.update(self._newest_in(_TO_PUSH, queue, limit))
        today, left = self._clock.now().astimezone(IST).date(), limit
        for back in range(NEWEST_LOOKED_FOR.days):
            pushed = set(self._newest_in(_QUEUES, pushed_queue(today - timedelta(days=back)), left))
            places |= pushed
            left -= len(pushed)
            if left <= 0:
                break
        newest = sorted(places, reverse=True)[:limit]
        return self._load_many([place.rsplit("#", 1)[1] for place in newest], consistent=False)

    def _newest_in(self, index: _Index, partition: str, limit: int) -> list[str]:
        return self._query(index, partition, "< ~", limit, newest_first=True)

    def has_open(self, office: str) -> bool:
        """See ``ports.Records.has_open``."""
        return bool(self._query(_OFFICES, office, f"< {REPORTED}", 1))

    def has_reported(self, office: str) -> bool:
        """See ``ports.Records.has_reported``."""
        return bool(self._query(_OFFICES, office, f"> {REPORTED}", 1))

    def left_behind(self, office: str, level: Level, present: Collection[str], limit: int) -> Sequence[str]:
        """See ``ports.Records.left_behind``: what the present officer has is leapt over, however much."""
        found: list[str] = []
        after, end = f"{level}#", f"{level}#~"
        while len(found) < limit:
            places = self._query(_OFFICES, office, f"> {after}", limit - len(found))
            for place in places:
                holder = place.split("#")[1]
                if place > end:
                    return found
                if holder in present:
                    after = held_by(level, holder) + "~"
                    break
                found.append(place.rsplit("#", 1)[1])
                after = place
            if not places:
                break
        return found

    def with_timer_due(self, now: datetime) -> Sequence[str]:
        """See ``ports.Records.with_timer_due``.

        A cursor remembers up to which day every clock was handled, so that an outage of any length skips
        none. It passes a day only when nothing stands there any more and both the wall clock and ``now``
        have left it well behind: a sweep that was once handed a later time moves it no further.
        """
        wall = self._clock.now()
        earlier = min(wall, now)
        known = self._timers.read()
        due: list[str] = []
        oldest_left: date | None = None
        for day in days(self._timers.first(earlier, known), max(wall, now).date()):
            found = [
                position
                for shard in range(TIMER_SHARDS)
                for position in self._query(_TIMERS, f"{day}#{shard}", f"<= {moment_text(now)}#~", None)
            ]
            oldest_left = oldest_left or (day if found else None)
            due += found
        self._timers.pass_to(oldest_left, earlier, known)
        return [position.rsplit("#", 1)[1] for position in sorted(due)]

    def _positions(self, queue: str, after: str, limit: int) -> list[tuple[str, str]]:
        return [(queue, position) for position in self._query(_QUEUES, queue, f"> {after or '0'}", limit)]

    def _query(
        self,
        index: _Index,
        partition: str,
        where: str,
        limit: int | None,
        *,
        newest_first: bool = False,
    ) -> list[str]:
        """Sort keys of a partition of an index, ascending.

        Args:
            index: which.
            partition: the hash key.
            where: comparison and bound of the sort key, such as ``<= 2026``.
            limit: at most so many; None for all.
            newest_first: descending instead.
        """
        comparison, bound = where.split(" ", 1)
        arguments: dict[str, Any] = {
            "TableName": self._table.name,
            "IndexName": index.name,
            "KeyConditionExpression": f"{index.partition} = :partition AND {index.sort} {comparison} :bound",
            "ExpressionAttributeValues": to_item({":partition": partition, ":bound": bound}),
            "ScanIndexForward": not newest_first,
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

    def _load_many(self, references: Sequence[str], *, consistent: bool = True) -> list[Record]:
        found: dict[str, Record] = {}
        for start in range(0, len(references), _BATCH_GET_LIMIT):
            wanted: Any = {
                self._table.name: {
                    "Keys": [
                        record_key(reference) for reference in references[start : start + _BATCH_GET_LIMIT]
                    ],
                    "ConsistentRead": consistent,
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
