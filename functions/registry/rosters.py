"""Sends lists of people to the offices that are to know them: after each upload, and each month."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from functions.adapters.messages import mail_of
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, OfficeKind, in_post
from functions.domain.ports import Attachment, Mail, Ports
from functions.domain.roster import DISTRICT_IS_TOLD, RosterSent, executives_of, nodal_officers
from functions.observability import count, logger
from functions.registry.files import EXECUTIVES, OFFICERS

ROSTERS = "ROSTERS"
"""Under which the alert log keeps what was sent: it concerns no record."""

_Row = dict[str, str]


@dataclass(frozen=True)
class _List:
    """A list of people, for one office.

    Attributes:
        message: name of the mail.
        rows: the list itself, by its columns.
    """

    message: str
    office: Office
    rows: Sequence[_Row]


def send_rosters(outside: Ports, cell: str, files: Sequence[str], occasion: str, today: date) -> int:
    """Sends what was not sent for that occasion yet.

    Args:
        outside: the ports.
        cell: e-mail address of the CMO Grievance Cell.
        files: of whose people; a file that nobody is given a list of sends nothing.
        occasion: version of an upload, or a month: for each a list goes once.
        today: in India.

    Returns:
        How many mails went out now.

    Raises:
        Unavailable: some did not go; the others did.
    """
    due = [
        *(_to_the_cell(outside, cell, occasion, today) if OFFICERS in files else ()),
        *(_to_the_districts(outside, occasion, today) if EXECUTIVES in files else ()),
    ]
    sent = 0
    failed: Exception | None = None
    for roster, send in due:
        try:
            if outside.alert_log.claim(ROSTERS, roster):
                outside.alert_log.sent(ROSTERS, roster, send())
                sent += 1
        except Exception as error:  # noqa: BLE001 - other offices are to have theirs
            logger.warning("roster not sent", error=type(error).__name__, office=roster.office, of=roster.of)
            failed = failed or error
    count("RostersSent", sent)
    if failed is not None:
        raise failed
    return sent


_Due = Iterator[tuple[RosterSent, Callable[[], str]]]


def _to_the_cell(outside: Ports, cell: str, occasion: str, today: date) -> _Due:
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
        found = _List("cell_nodal_officers", offices[CMO_GRIEVANCE_CELL], rows)
        roster = RosterSent(
            of="nodal-officers", occasion=occasion, office=CMO_GRIEVANCE_CELL, level=Level.APEX
        )
        yield roster, partial(_send, outside, cell, found, today)


def _to_the_districts(outside: Ports, occasion: str, today: date) -> _Due:
    executives = outside.registry.all_executives()
    for district in outside.registry.registers().offices.values():
        if district.kind is not OfficeKind.DISTRICT:
            continue
        rows = [
            {
                "executive_id": one.executive_id,
                "name": one.name,
                "phone": one.phone,
                "since": one.valid_from.isoformat(),
                "until": one.valid_to.isoformat() if one.valid_to else "",
            }
            for one in executives_of(district.code, executives, today)
        ]
        officers = outside.registry.officers_of(district.code) if rows else ()
        for level in DISTRICT_IS_TOLD:
            if officer := in_post(officers, level, today):
                roster = RosterSent(
                    of="field-executives", occasion=occasion, office=district.code, level=level
                )
                found = _List("district_executives", district, rows)
                yield roster, partial(_send, outside, officer.email, found, today)


def _send(outside: Ports, to: str, found: _List, today: date) -> str:
    values = {"office": found.office.name, "today": f"{today:%d %b %Y}", "lines": found.rows}
    subject, text, html = mail_of(f"en/{found.message}", values, layout="layout_of_list")
    attachment = Attachment(
        name=f"{found.message}_{found.office.code}_{today}.csv",
        content_type="text/csv",
        # With the mark by which spreadsheets know UTF-8.
        content=_as_csv(found.rows).encode("utf-8-sig"),
    )
    return outside.messaging.send_mail(
        Mail(to=to, subject=subject, text=text, html=html, attachments=(attachment,))
    )


def _as_csv(rows: Sequence[_Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
