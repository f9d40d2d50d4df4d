"""Both sides of a day, read to the end; or why the portal's could not be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from functions.domain import backoff, reconciliation
from functions.domain.errors import GrievanceError
from functions.domain.ports import PortalPage, Ports
from functions.domain.reconciliation import Held, Listed

MOST_PAGES = 10_000
"""A list that has not ended by then is none."""

OUT_OF_TIME = "out-of-time"
CURSOR_REPEATS = "cursor-repeats"
TOO_MANY_PAGES = "too-many-pages"
_PAGE_TRIES = 4
_LONGEST_PAUSE = 20
_BATCH = 100


class NotRead(GrievanceError):  # noqa: N818 - reads as what happened
    """The portal's list could not be read to its end; ``why`` is a code for logs and reports."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Sides:
    """What was read of a day.

    Attributes:
        pushed: how many of our records the portal is to list.
        held: ours, by reference: those, and whatever else of ours the list names.
        listed: the portal's whole list.
        malformed: how many of its entries could not be read.
        pages: in how many pages it came.
    """

    pushed: int = 0
    held: dict[str, Held] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    malformed: int = 0
    pages: int = 0


def read(outside: Ports, day: date, until: datetime) -> Sides:
    """Both sides of a day. Ours are looked up first: what is pushed meanwhile is missed by nobody.

    Raises:
        NotRead: the portal does not answer, answers with what is no list, or there is no time left.
        Unavailable: the table does not answer.
    """
    pushed = outside.records.pushed_on(day)
    sides = Sides(pushed=len(pushed))
    for page in pages(outside, day, until):
        sides.pages += 1
        sides.malformed += page.malformed
        sides.listed += page.entries
        _hold(outside, sides, {entry.reference for entry in page.entries}, until)
    _hold(outside, sides, pushed, until)
    return sides


def pages(outside: Ports, day: date, until: datetime) -> Iterator[PortalPage]:
    """The pages of the portal's list of a day, to its end.

    Raises:
        NotRead: as for :func:`read`.
    """
    cursor: str | None = None
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        page = _page(outside, day, cursor, until)
        yield page
        if page.next is None:
            return
        if page.next in seen:
            raise NotRead(CURSOR_REPEATS)
        cursor = page.next
        seen.add(cursor)
    raise NotRead(TOO_MANY_PAGES)


def _page(outside: Ports, day: date, cursor: str | None, until: datetime) -> PortalPage:
    tries = 0
    while True:
        _in_time(outside, until)
        answer = outside.portal.listed(day, cursor)
        if isinstance(answer, PortalPage):
            return answer
        tries += 1
        if tries == _PAGE_TRIES:
            raise NotRead(answer.why)
        # It may only be busy: a list has many pages, and they are asked for one right after the other.
        fraction = outside.identifiers.fraction()
        pause = backoff.wait_seconds(tries, fraction, at_least=answer.retry_after or 0)
        outside.clock.sleep(min(pause, _LONGEST_PAUSE))


def _hold(outside: Ports, sides: Sides, references: Collection[str], until: datetime) -> None:
    wanted = [reference for reference in references if reference not in sides.held]
    for start in range(0, len(wanted), _BATCH):
        _in_time(outside, until)
        for record in outside.records.load_many(wanted[start : start + _BATCH]):
            fields = outside.portal.fields_of(record)
            sides.held[record.reference] = reconciliation.held(record, fields)


def _in_time(outside: Ports, until: datetime) -> None:
    if outside.clock.now() >= until:
        raise NotRead(OUT_OF_TIME)
