"""A list of people as a mail with a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from functions.adapters.messages import mail_of
from functions.domain.office import Office
from functions.domain.ports import Attachment, Mail, Ports

_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ListOfPeople:
    """A list of people, for one office.

    Attributes:
        message: name of the mail.
        columns: of the file that goes with it.
        rows: the list itself, each by these columns.
    """

    message: str
    office: Office
    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]


def send_list(outside: Ports, to: str, found: ListOfPeople, today: date) -> str:
    """Sends a list, and the same as a CSV file.

    Args:
        outside: the ports.
        to: e-mail address.
        found: what is sent.
        today: in India.

    Returns:
        The provider's message id.

    Raises:
        Unavailable: it did not go.
    """
    values = {"office": found.office.name, "today": f"{today:%d %b %Y}", "lines": found.rows}
    subject, text, html = mail_of(f"en/{found.message}", values, layout="layout_of_list")
    attachment = Attachment(
        name=f"{found.message}_{found.office.code}_{today}.csv",
        content_type="text/csv",
        # With the mark by which spreadsheets know UTF-8.
        content=_as_csv(found).encode("utf-8-sig"),
    )
    return outside.messaging.send_mail(
        Mail(to=to, subject=subject, text=text, html=html, attachments=(attachment,))
    )


def _as_csv(found: ListOfPeople) -> str:
    """The list as a file for a spreadsheet.

    A spreadsheet takes a cell that begins like a formula for one, and a telephone number for a number whose
    plus it drops. So an apostrophe goes before every such cell, as one types it there to say that it is text.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow(
            "'" + cell if cell.startswith(_LIKE_FORMULAS) else cell
            for cell in map(row.__getitem__, found.columns)
        )
    return text.getvalue()
