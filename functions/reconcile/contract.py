"""Which days are to be gone through: each night those before it, by hand whichever an administrator names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from functions.domain.calendar import IST
from functions.domain.errors import Fault, Refused
from functions.domain.model import CLOCK_DIFFERENCE

NIGHTLY_DAYS = 3
"""Yesterday and the two days before it: what happens to an entry soon after is seen."""

OLDER_DAY = 30
"""Each day is seen once more after so long: by then a copy to which the portal went back shows everywhere."""

MOST_DAYS = 31
"""As many days are gone through at once, by hand."""

_SCHEDULE = "aws.events"
_KNOWN = frozenset({"day", "from", "to", "time"})


def read_time(event: Mapping[str, Any], clock: datetime, *, may_be_ahead: bool) -> datetime:
    """What time it is for this run: the event's, else the clock's.

    Args:
        event: of the schedule, or an administrator's.
        clock: what the clock says.
        may_be_ahead: whether a later time may be handed, so that what just changed counts as settled.

    Raises:
        Refused: it is no time, or lies ahead.
    """
    if event.get("time") is None:
        return clock
    try:
        time = datetime.fromisoformat(str(event["time"]))
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise Refused(Fault("/time", "is no time with an offset, such as 2026-11-25T03:00:00+05:30"))
    if not may_be_ahead and time > clock + CLOCK_DIFFERENCE:
        raise Refused(Fault("/time", "lies more than five minutes in the future"))
    return time


def is_nightly(event: Mapping[str, Any]) -> bool:
    """Whether it is the schedule that asks."""
    return event.get("source") == _SCHEDULE


def nightly_days(today: date) -> Sequence[date]:
    """The days that a night goes through, whatever was pushed."""
    return [today - timedelta(days=back) for back in (*range(1, NIGHTLY_DAYS + 1), OLDER_DAY)]


def read_days(event: Mapping[str, Any], now: datetime) -> Sequence[date]:
    """The days to go through, the latest first.

    Args:
        event: the schedule's, ``{"day": "2026-11-24"}``, or ``{"from": "2026-11-20", "to": "2026-11-24"}``.
        now: as :func:`read_time` tells.

    Raises:
        Refused: it names no such days.
    """
    today = now.astimezone(IST).date()
    if is_nightly(event):
        return nightly_days(today)
    if event.keys() - _KNOWN:
        raise Refused(Fault("", "names something other than day, from, to and time"))
    span = event.keys() - {"time"}
    if span == {"day"}:
        first = last = _day(event, "day")
    elif span == {"from", "to"}:
        first, last = _day(event, "from"), _day(event, "to")
    else:
        raise Refused(Fault("", "needs either a day, or a from and a to"))
    if last < first:
        raise Refused(Fault("/to", "lies before from"))
    if last > today:
        raise Refused(Fault("/to" if "to" in event else "/day", "lies in the future"))
    if last - first >= timedelta(days=MOST_DAYS):
        raise Refused(Fault("", f"spans more than {MOST_DAYS} days"))
    return [last - timedelta(days=back) for back in range((last - first).days + 1)]


def _day(event: Mapping[str, Any], name: str) -> date:
    try:
        day = date.fromisoformat(event[name])
    except (TypeError, ValueError):
        raise Refused(Fault(f"/{name}", "is no day such as 2026-11-24")) from None
    if day.isoformat() != event[name]:
        raise Refused(Fault(f"/{name}", "is no day such as 2026-11-24"))
    return day
