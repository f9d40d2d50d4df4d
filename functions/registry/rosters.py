"""Sends lists of people to the offices that are to know them: after each change, and each month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import partial

from functions.domain.office import CMO_GRIEVANCE_CELL, Level, OfficeKind, in_post
from functions.domain.ports import Ports
from functions.domain.roster import (
    DISTRICT_IS_TOLD,
    RosterSent,
    districts_that_change,
    executives_of,
    nodal_officers,
    officers_change,
)
from functions.observability import count, logger
from functions.once import once
from functions.registry import files
from functions.registry.list_mail import ListOfPeople, send_list

ROSTERS = "ROSTERS"
"""Under which the alert log keeps what was sent: it concerns no record."""

_Roster = tuple[RosterSent, Callable[[], str]]
"""A mail, and what sends it."""
_Due = Iterable[_Roster]

_EXECUTIVE = ("executive_id", "name", "phone", "since", "until")
_OFFICER = ("office", "name_of_office", "name", "designation", "rank", "phone", "email", "since", "until")


def send_rosters(outside: Ports, cell: str, file: str, version: str, today: date) -> int:
    """Sends what an upload brings and was not sent for it yet.

    A district that the replaced version had executives for, and that has none now, is told so.

    Args:
        outside: the ports.
        cell: e-mail address of the CMO Grievance Cell.
        file: of whose people; one that nobody is given a list of sends nothing.
        version: of the upload: for each a list goes once.
        today: in India.

    Returns:
        How many mails went out now.

    Raises:
        Unavailable: some did not go, and are to be tried again; the others did, or were refused for good.
    """
    match file:
        case files.OFFICERS:
            return _send_due(outside, _to_the_cell(outside, cell, version, today))
        case files.EXECUTIVES:
            served = outside.registry.districts_served_before()
            return _send_due(outside, _to_the_districts(outside, version, today, served, wants_all=True))
        case _:
            return 0


def send_rosters_of_day(outside: Ports, cell: str, today: date) -> int:
    """Sends every list on the first of a month, and on any other day those that a term changes then.

    Args:
        outside: the ports.
        cell: e-mail address of the CMO Grievance Cell.
        today: in India.

    Returns:
        How many mails went out now.

    Raises:
        Unavailable: some did not go, and are to be tried again; the others did, or were refused for good.
    """
    is_first = today.day == 1
    occasion = f"{today:%Y-%m}" if is_first else today.isoformat()
    changed = districts_that_change(outside.registry.all_executives(), today)
    due = list(_to_the_districts(outside, occasion, today, changed, wants_all=is_first))
    if is_first or officers_change(outside.registry.all_officers(), today):
        due += _to_the_cell(outside, cell, occasion, today)
    return _send_due(outside, due)


def _send_due(outside: Ports, due: _Due) -> int:
    sent = 0
    failed: Exception | None = None
    for roster, send in due:
        try:
            sent += once(outside, ROSTERS, roster, send)
        except Exception as error:  # noqa: BLE001 - other offices are to have theirs
            logger.warning("roster not sent", error=type(error).__name__, office=roster.office, of=roster.of)
            failed = failed or error
    count("RostersSent", sent)
    if failed is not None:
        raise failed
    return sent


def _to_the_cell(outside: Ports, cell: str, occasion: str, today: date) -> Iterator[_Roster]:
    offices = outside.registry.registers().offices
    rows = [
        {
            "office": officer.office,
            "name_of_office": offices[officer.office].name,
            "name": officer.name,
            "designation": officer.designation,
            "rank": officer.rank,
            "phone": officer.phone,
            "email": officer.email,
            "since": officer.valid_from.isoformat(),
            "until": officer.valid_to.isoformat() if officer.valid_to else "",
        }
        for officer in nodal_officers(outside.registry.all_officers(), today)
    ]
    if rows:
        found = ListOfPeople("cell_nodal_officers", offices[CMO_GRIEVANCE_CELL], _OFFICER, rows)
        roster = RosterSent(
            of="nodal-officers", occasion=occasion, office=CMO_GRIEVANCE_CELL, level=Level.APEX
        )
        yield roster, partial(send_list, outside, cell, found, today)


def _to_the_districts(
    outside: Ports, occasion: str, today: date, besides: Collection[str], *, wants_all: bool
) -> Iterator[_Roster]:
    """The lists of the districts.

    Args:
        outside: the ports.
        occasion: for which they go.
        today: in India.
        besides: districts that are told in any case, also that they have nobody.
        wants_all: whether every district that has anybody is told.
    """
    executives = outside.registry.all_executives()
    for district in outside.registry.registers().offices.values():
        if district.kind is not OfficeKind.DISTRICT:
            continue
        serving = executives_of(district.code, executives, today)
        if district.code not in besides and not (wants_all and serving):
            continue
        rows = [
            {
                "executive_id": one.executive_id,
                "name": one.name,
                "phone": one.phone,
                "since": one.valid_from.isoformat(),
                "until": one.valid_to.isoformat() if one.valid_to else "",
            }
            for one in serving
        ]
        officers = outside.registry.officers_of(district.code)
        for level in DISTRICT_IS_TOLD:
            if officer := in_post(officers, level, today):
                roster = RosterSent(
                    of="field-executives", occasion=occasion, office=district.code, level=level
                )
                found = ListOfPeople("district_executives", district, _EXECUTIVE, rows)
                yield roster, partial(send_list, outside, officer.email, found, today)
