"""Up to which day everything of a kind was seen to: where a walk over days begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from functions.adapters.outages import unavailable_when_out
from functions.adapters.table import Table, from_item, to_item

# A day is settled when it is that far behind: a write that began in it has long ended.
_SETTLED_AFTER = timedelta(days=2)
# So far back the very first walk looks, which finds no cursor.
_FIRST_LOOK_BACK = timedelta(days=60)


class DayCursor:
    """Remembers the oldest day in which anything is left, so that no walk begins with weeks of empty days.

    It passes a day only when nothing stands in it any more and the time has left it well behind.

    Args:
        table: where it is kept.
        name: of what.
    """

    def __init__(self, table: Table, name: str) -> None:
        self._table = table
        self._key = {"pk": f"CURSOR#{name}", "sk": "CURSOR"}

    def read(self) -> date | None:
        """The day; None before the first walk."""
        with unavailable_when_out("table"):
            answer = self._table.client.get_item(
                TableName=self._table.name, Key=to_item(self._key), ConsistentRead=True
            )
        return date.fromisoformat(from_item(answer["Item"])["day"]) if "Item" in answer else None

    def first(self, now: datetime, cursor: date | None) -> date:
        """Where the walk begins.

        Args:
            now: the earlier of the wall clock's and whatever time was handed.
            cursor: as it was read.
        """
        return min(cursor or horizon(now) - _FIRST_LOOK_BACK, horizon(now))

    def pass_to(self, oldest_left: date | None, now: datetime, cursor: date | None) -> None:
        """Moves it on from where it was read.

        Of two walks at once the slower one may move it back to where both began: that costs the next walk the
        days in between, and loses nothing.

        Args:
            oldest_left: the oldest day in which something is left; None when nothing is.
            now: as for :meth:`first`.
            cursor: as it was read.
        """
        day = min(oldest_left or horizon(now), horizon(now))
        if cursor is not None and day <= cursor:
            return
        with unavailable_when_out("table"):
            self._table.client.put_item(
                TableName=self._table.name, Item=to_item({**self._key, "day": day.isoformat()})
            )


def horizon(now: datetime) -> date:
    """The first day that is not settled yet."""
    return (now - _SETTLED_AFTER).date()


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)


def months(first: date, last: date) -> list[str]:
    """Every month that a day from the first to the last is in, such as ``2026-11``."""
    return list(dict.fromkeys(f"{day:%Y-%m}" for day in days(first, last)))
