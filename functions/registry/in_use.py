"""An office in use must keep a nodal officer: a file that would take the last one away is refused whole.

An office is in use while a grievance is open with it, or one that it reported on may come back to it. So is
one that has a nodal officer today and that the file still names, if only by its head: there nobody meant to
leave the post empty, and a row is missing or its dates are wrong. An office that the file does not name at
all may go when nothing is with it, and a registry may begin with whichever offices it likes.

The CMO Grievance Cell needs its apex officer instead, the last step of every ladder. Once it has one it is
always in use: whatever is open may come to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from functions.domain.office import CMO_GRIEVANCE_CELL, Officer, in_post, needed_level
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
    for office, known in outside.registry.registers().offices.items():
        level = needed_level(office)
        named = [(line, officer) for line, officer in lines.get(office, ()) if officer.level is level]
        if _is_filled([officer for _, officer in named], today):
            continue
        is_cell = office == CMO_GRIEVANCE_CELL
        who = known.name_and_code
        if outside.records.has_open(office):
            why = f"grievances are open with {who}, which would have no {level} officer today"
        elif outside.records.has_reported(office):
            why = f"grievances that {who} reported on are not closed and may come back: "
            why += f"it would have no {level} officer today"
        elif (office in lines or is_cell) and in_post(outside.registry.officers_of(office), level, today):
            why = f"{who} has {'an' if is_cell else 'a'} {level} officer today, and would have none"
            why += ": it is the last step of every ladder" if is_cell else ""
        else:
            continue
        yield _at(named, why, today)


def _is_filled(officers: Sequence[Officer], today: date) -> bool:
    return any(officer.serves_on(today) for officer in officers)


def _at(named: _Lines, why: str, today: date) -> LineError:
    """The error at the latest of the post's lines, and at the date that keeps it from being in force."""
    if not named:
        return LineError(1, "", why)
    line, officer = max(named, key=lambda one: one[1].valid_from)
    return LineError(line, "valid_from" if officer.valid_from > today else "valid_to", why)
