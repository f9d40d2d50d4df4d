"""Posts that fall vacant, or are: every office has a nodal officer and a head (SOP, 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from functions.domain.model import Value
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Officer

TOLD_AHEAD = timedelta(days=7)

_A_DAY = timedelta(days=1)

Post = tuple[str, Level]
"""The code of an office, and the level in it."""
_NONE_EMPTIED: Mapping[Level, date] = MappingProxyType({})


class Vacancy(Value):
    """A post without an officer, now or soon.

    Attributes:
        office: code of the office.
        last_day: on which somebody holds it, or held it last: by his term, or before an upload dropped him.
            None where nobody ever did.
        is_now: whether nobody holds it today.
    """

    office: str
    level: Level
    last_day: date | None
    is_now: bool

    @property
    def key(self) -> str:
        """What makes it the same vacancy the next day: it is told once ahead, and once when it is there."""
        return f"{'now' if self.is_now else 'ahead'}#{self.office}#{self.level}#{self.last_day or 'never'}"


def filled_until(officers: Iterable[Officer], level: Level, today: date) -> date | None:
    """The last day on which a post is filled without a gap from today on.

    Returns:
        ``date.max`` where no end is set; None where nobody holds it today.
    """
    terms = [
        (officer.valid_from, officer.valid_to or date.max) for officer in officers if officer.level is level
    ]
    filled: date | None = None
    day = today
    while ends := [end for start, end in terms if start <= day <= end]:
        filled = max(ends)
        if filled == date.max:
            break
        day = filled + _A_DAY
    return filled


def emptied(
    earlier: Mapping[Post, date], before: Iterable[Officer], after: Iterable[Officer], today: date
) -> Mapping[Post, date]:
    """The posts that were filled once and that an upload leaves without anybody today.

    What the rows in force do not tell of a vacancy: since when it is one, where the row of whoever held the
    post is gone. So a second vacancy is told from the first, and an office that was dropped is missed.

    Args:
        earlier: the same, as the version before the upload left it.
        before: the officers of that version.
        after: those of the upload.
        today: in India.

    Returns:
        For each the last day on which somebody held it.
    """
    last = dict(earlier)
    for one in before:
        if one.valid_from <= today:
            post = (one.office, one.level)
            last[post] = max(last.get(post, date.min), min(one.valid_to or today, today))
    filled = {(one.office, one.level) for one in after if one.serves_on(today)}
    return {post: day for post, day in last.items() if post not in filled}


def vacancies_of(
    office: str, officers: Sequence[Officer], today: date, left: Mapping[Level, date] = _NONE_EMPTIED
) -> Sequence[Vacancy]:
    """The posts of an office that are vacant today or will be within seven days, the nodal officer's first.

    Args:
        office: its code.
        officers: all of its officers, also those whose time is over or to come.
        today: in India.
        left: its posts that an upload left without anybody, and when each was held last; see ``emptied``.
    """
    found: list[Vacancy] = []
    for level in _levels(office, officers, left):
        filled = filled_until(officers, level, today)
        if filled is None:
            over = [one.valid_to for one in officers if one.level is level and one.valid_to is not None]
            held = [end for end in over if end < today] + [day for of, day in left.items() if of is level]
            last_day = max(held, default=None)
            found.append(Vacancy(office=office, level=level, last_day=last_day, is_now=True))
        elif filled < today + TOLD_AHEAD:
            found.append(Vacancy(office=office, level=level, last_day=filled, is_now=False))
    return found


def _levels(office: str, officers: Sequence[Officer], left: Iterable[Level]) -> Sequence[Level]:
    """The levels that an office must have, and any other that it has or had."""
    # The Cell is the last step of every ladder, and whatever else it has is its own affair.
    wanted = {Level.APEX} if office == CMO_GRIEVANCE_CELL else {Level.NODAL, Level.HEAD}
    wanted |= {officer.level for officer in officers} | set(left)
    return [level for level in Level if level in wanted]
