"""The state's working calendar: which days count, and until when in the day.

The SOP's working days are Monday to Saturday except holidays, office hours 9:00 to 18:00 IST. Holidays are
gazetted each year and uploaded by an administrator; nothing of them stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

IST = ZoneInfo("Asia/Kolkata")
OPENS = time(9, 0)
CLOSES = time(18, 0)
_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6
LONGEST_CLOSURE = 62
"""A list of holidays that closes so many days in a row is broken: looking for the next one must not go on."""


@dataclass(frozen=True)
class Calendar:
    """Working days and office hours.

    Attributes:
        holidays: closed days (IST dates) beside Sundays.
    """

    holidays: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Whether offices and the call centre work on that day (IST)."""
        return day.weekday() != _SUNDAY and day not in self.holidays

    def is_open(self, moment: datetime) -> bool:
        """Whether the call centre takes calls at that moment: [9:00, 18:00) IST on a working day."""
        local = moment.astimezone(IST)
        return self.is_working_day(local.date()) and OPENS <= local.time() < CLOSES

    def next_working_day(self, day: date) -> date:
        """The first working day after that day.

        Raises:
            ValueError: there is none within two months: the holidays cannot be right.
        """
        for ahead in range(1, LONGEST_CLOSURE + 1):
            candidate = day + timedelta(days=ahead)
            if self.is_working_day(candidate):
                return candidate
        message = "no working day within two months: the list of holidays cannot be right"
        raise ValueError(message)

    def endless_closure(self) -> date | None:
        """The first holiday of closed days in a row over which :meth:`next_working_day` finds none.

        Returns:
            None where it finds one from every day on.
        """
        first: date | None = None
        begins = ends = -1
        # By number: neither end of the calendar has another day beyond it.
        for day in sorted(self.holidays):
            number = day.toordinal()
            if first is None or number > ends + 1:
                first = day
                begins = number - 1 if day.weekday() == _MONDAY else number
            ends = number + 1 if day.weekday() == _SATURDAY else number
            if ends - begins >= LONGEST_CLOSURE - 1:
                return first
        return None

    def next_open(self, moment: datetime) -> datetime:
        """The first moment at or after the given one at which the call centre is open, in UTC."""
        if self.is_open(moment):
            return moment.astimezone(UTC)
        local = moment.astimezone(IST)
        day = local.date()
        if not (self.is_working_day(day) and local.time() < OPENS):
            day = self.next_working_day(day)
        return datetime.combine(day, OPENS, IST).astimezone(UTC)

    def next_open_minute(self, moment: datetime) -> datetime:
        """The first full minute at or after the given moment in which the call centre is open, in UTC."""
        begun = moment.replace(second=0, microsecond=0)
        return self.next_open(begun if begun == moment else begun + timedelta(minutes=1))

    def after_working_days(self, moment: datetime, days: int) -> datetime:
        """The close of office (18:00 IST) on the n-th working day after the day of ``moment``, in UTC.

        The day itself does not count, whenever in the day or on whatever day it lies: so reckons the General
        Clauses Act 1897, section 9, and so does a citizen.
        """
        day = moment.astimezone(IST).date()
        for _ in range(days):
            day = self.next_working_day(day)
        return datetime.combine(day, CLOSES, IST).astimezone(UTC)
