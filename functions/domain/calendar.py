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
_SUNDAY = 6
# A list of holidays that leaves no working day within two months is broken, and must not loop for ever.
_LONGEST_CLOSURE = 62


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
        for ahead in range(1, _LONGEST_CLOSURE + 1):
            candidate = day + timedelta(days=ahead)
            if self.is_working_day(candidate):
                return candidate
        message = "no working day within two months: the list of holidays cannot be right"
        raise ValueError(message)

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
