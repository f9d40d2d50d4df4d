"""An office in use must keep a nodal officer: a file that would take the last one away is refused whole.

An office is in use while a grievance is open with it. So is one that has a nodal officer today and that the
file still names one for: there nobody meant to leave the post empty, and only the dates are wrong. An office
with nothing open may go, and a registry may begin with whichever offices it likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Officer, in_post
from functions.domain.ports import Ports
from functions.registry.files import Checked, LineError

_Lines = list[tuple[int, Officer]]


def left_without_nodal_officer(outside: Ports, checked: Checked, today: date) -> list[LineError]:
    """What is wrong with a file of officers as a whole, an error for each office in use; none when it may go.

    Args:
        outside: the ports.
        checked: the file, line by line without error.
        today: in India.
    """
    lines: dict[str, _Lines] = {}
    for line, officer in zip(checked.lines, checked.officers, strict=True):
        lines.setdefault(officer.office, []).append((line, officer))
    return list(_errors(outside, lines, today))


def _errors(outside: Ports, lines: dict[str, _Lines], today: date) -> Iterator[LineError]:
    for office in outside.registry.registers().offices:
        named = lines.get(office, [])
        if _has_nodal_officer(office, [officer for _, officer in named], today):
            continue
        nodal = [(line, officer) for line, officer in named if officer.level is Level.NODAL]
        if outside.records.has_open(office):
            why = f"grievances are open with {office}, which would have no nodal officer today"
        elif nodal and _has_nodal_officer(office, outside.registry.officers_of(office), today):
            why = f"{office} has a nodal officer today, and would have none"
        else:
            continue
        yield _at(nodal, why, today)


def _has_nodal_officer(office: str, officers: Sequence[Officer], today: date) -> bool:
    # The Cell's own officer is the last step of every ladder, and as good there as a nodal one.
    levels = (Level.NODAL, Level.APEX) if office == CMO_GRIEVANCE_CELL else (Level.NODAL,)
    return any(in_post(officers, level, today) for level in levels)


def _at(nodal: _Lines, why: str, today: date) -> LineError:
    """The error at the latest of the office's lines, and at the date that keeps it from being in force."""
    if not nodal:
        return LineError(1, "", why)
    line, officer = max(nodal, key=lambda named: named[1].valid_from)
    return LineError(line, "valid_from" if officer.valid_from > today else "valid_to", why)
