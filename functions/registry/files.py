"""The uploaded files, checked line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from functions.domain.office import Officer, may_serve
from functions.domain.registers import Registers

OFFICERS = "officers.csv"
HOLIDAYS = "holidays.csv"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    OFFICERS: (
        "office",
        "level",
        "name",
        "designation",
        "rank",
        "phone",
        "whatsapp",
        "email",
        "language",
        "valid_from",
        "valid_to",
    ),
    HOLIDAYS: ("date", "name", "order_no"),
}
_OPTIONAL = frozenset({"whatsapp", "valid_to", "order_no"})


@dataclass(frozen=True)
class LineError:
    """What is wrong with a line.

    Attributes:
        line: number in the file, the header being 1.
        column: its name, empty when it is the whole line.
        detail: a sentence that does not repeat the cell.
    """

    line: int
    column: str
    detail: str


@dataclass
class Checked:
    """A file after its check: what it holds, or what is wrong with it."""

    rows: int = 0
    errors: list[LineError] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    holidays: dict[str, str] = field(default_factory=dict)


def check(name: str, content: bytes, registers: Registers) -> Checked:
    """Reads a file whole.

    Args:
        name: ``officers.csv`` or ``holidays.csv``.
        content: as uploaded; UTF-8, with or without a byte order mark.
        registers: to know offices and ranks.
    """
    checked = Checked()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        checked.errors.append(LineError(1, "", "the file is not UTF-8"))
        return checked
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = COLUMNS[name]
    if tuple(reader.fieldnames or ()) != columns:
        checked.errors.append(LineError(1, "", "the header must be: " + ",".join(columns)))
        return checked
    take = _takers(registers)[name]
    for row in reader:
        checked.rows += 1
        line = reader.line_num
        if None in row or None in row.values():
            checked.errors.append(LineError(line, "", f"has not {len(columns)} cells"))
            continue
        empty = [column for column in columns if column not in _OPTIONAL and not row[column].strip()]
        checked.errors += [LineError(line, column, "must not be empty") for column in empty]
        if not empty:
            take(checked, line, {column: row[column].strip() for column in columns})
    if checked.rows == 0:
        checked.errors.append(LineError(1, "", "the file has no rows"))
    return checked


def _takers(registers: Registers) -> Mapping[str, Callable[[Checked, int, dict[str, str]], None]]:
    return {
        OFFICERS: lambda checked, line, row: _take_officer(checked, line, row, registers),
        HOLIDAYS: _take_holiday,
    }


def _take_officer(checked: Checked, line: int, row: dict[str, str], registers: Registers) -> None:
    office = registers.offices.get(row["office"])
    if office is None:
        checked.errors.append(LineError(line, "office", "is in no register of offices"))
        return
    try:
        officer = Officer.model_validate({name: value or None for name, value in row.items()})
    except ValidationError as error:
        checked.errors += [
            LineError(line, str(found["loc"][0]), found["msg"].removeprefix("Value error, "))
            for found in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        return
    if officer.valid_to is not None and officer.valid_to < officer.valid_from:
        checked.errors.append(LineError(line, "valid_to", "lies before valid_from"))
    if reason := may_serve(officer.level, office, officer.rank, registers.ranks):
        checked.errors.append(LineError(line, "rank", reason))
    checked.officers.append(officer)


def _take_holiday(checked: Checked, line: int, row: dict[str, str]) -> None:
    try:
        day = date.fromisoformat(row["date"]).isoformat()
    except ValueError:
        checked.errors.append(LineError(line, "date", "is no date such as 2026-01-26"))
        return
    if day in checked.holidays:
        checked.errors.append(LineError(line, "date", "stands twice"))
    checked.holidays[day] = row["name"]
