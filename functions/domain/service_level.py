"""The service level: by when a grievance is to be redressed.

Emergencies: 24 hours by the clock (SOP, 3D). Others: 7 working days unless the register of service levels
says otherwise for the department or the category. Both run from registration, since that is the promise
made to the citizen; time that validation takes is not taken from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from functions.domain.calendar import Calendar
from functions.domain.model import Value

EMERGENCY_HOURS = 24
ANY = "*"
MOST = 365


@dataclass(frozen=True)
class Term:
    """A stretch of time with its end and the reminders on the way."""

    due_at: datetime
    reminders: tuple[datetime, ...]


class ServiceLevel(Value):
    """One row of the register of service levels.

    Attributes:
        department: code, or ``*``.
        category: code, or ``*``.
        amount: how many of ``unit``.
        unit: ``working_days`` end at the close of office, ``clock_hours`` run through nights and holidays.
        reminders: percents of the time at which the officer is reminded.
    """

    department: str
    category: str
    amount: Annotated[int, Field(ge=1, le=MOST)]
    unit: Literal["working_days", "clock_hours"]
    reminders: tuple[Annotated[int, Field(ge=1, le=99)], ...]

    def fits(self, department: str | None, category: str | None) -> bool:
        """Whether the row speaks of such a grievance."""
        return self.department in {ANY, department} and self.category in {ANY, category}

    @property
    def precision(self) -> int:
        """How closely the row aims; of two that fit, the higher one holds."""
        return 2 * (self.category != ANY) + (self.department != ANY)

    def due_at(self, start: datetime, calendar: Calendar) -> datetime:
        """When redress is due, in UTC."""
        if self.unit == "clock_hours":
            return start + timedelta(hours=self.amount)
        return calendar.after_working_days(start, self.amount)

    def term(self, start: datetime, calendar: Calendar) -> Term:
        """The time that an officer has from ``start`` on."""
        due = self.due_at(start, calendar)
        reminders = tuple(start + (due - start) * percent / 100 for percent in sorted(self.reminders))
        return Term(due_at=due, reminders=reminders)


EMERGENCY = ServiceLevel(
    department=ANY, category=ANY, amount=EMERGENCY_HOURS, unit="clock_hours", reminders=(50, 80)
)
"""SOP, 3D: fixed, no register lengthens it."""


def choose(
    levels: Iterable[ServiceLevel], *, emergency: bool, department: str | None, category: str | None
) -> ServiceLevel:
    """The service level that holds: the emergency's, else the most precise row that fits.

    Raises:
        LookupError: no row fits; the register lacks its ``*,*`` row.
    """
    if emergency:
        return EMERGENCY
    fitting = [level for level in levels if level.fits(department, category)]
    if not fitting:
        message = "the register of service levels has no row for every department and category"
        raise LookupError(message)
    return max(fitting, key=lambda level: level.precision)
