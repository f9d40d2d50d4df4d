"""The uploaded files, checked line by line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from functions.domain.calendar import LONGEST_CLOSURE, Calendar
from functions.domain.day import day_of
from functions.domain.model import Value
from functions.domain.office import FieldExecutive, OfficeKind, Officer, may_serve
from functions.domain.registers import Registers
from functions.domain.service_level import ANY, ServiceLevel
from functions.registry import routing_file
from functions.registry.routing_file import RoutingFile

Row = TypeVar("Row", bound=Value)

OFFICERS = "officers.csv"
HOLIDAYS = "holidays.csv"
SERVICE_LEVELS = "service_levels.csv"
EXECUTIVES = "field_executives.csv"
ROUTING = "routing.csv"
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
    SERVICE_LEVELS: ("department", "category", "amount", "unit", "reminders"),
    EXECUTIVES: ("executive_id", "name", "phone", "districts", "valid_from", "valid_to"),
    ROUTING: routing_file.COLUMNS,
}
MOST_BYTES = 390_000
"""Executives, service levels and holidays are kept in one item each, and an item holds 400 KB."""
_DIGITS = re.compile(r"[0-9]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_OPTIONAL = frozenset({"whatsapp", "valid_to", "order_no", "reminders"})


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
    """A file after its check: what it holds, or what is wrong with it.

    Attributes:
        lines: of ``officers`` or ``holidays``, the line on which each stands.
        default_level: of ``levels``, the bundled one that holds where the file has no row ``*,*``.
    """

    rows: int = 0
    errors: list[LineError] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    holidays: dict[str, str] = field(default_factory=dict)
    levels: list[ServiceLevel] = field(default_factory=list)
    default_level: ServiceLevel | None = None
    executives: list[FieldExecutive] = field(default_factory=list)
    routing: RoutingFile = field(default_factory=RoutingFile)


def check(name: str, content: bytes, registers: Registers, *, ex_officio_counts: bool = True) -> Checked:
    """Reads a file whole.

    Args:
        name: one of ``COLUMNS``.
        content: as uploaded; UTF-8, with or without a byte order mark.
        registers: to know offices, ranks and categories.
        ex_officio_counts: whether a rank held ex officio meets the SOP's floor that it names.
    """
    checked = Checked()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        checked.errors.append(LineError(1, "", "the file is not UTF-8"))
        return checked
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    columns = COLUMNS[name]
    begun = 1
    try:
        if tuple(reader.fieldnames or ()) != columns:
            checked.errors.append(LineError(1, "", "the header must be: " + ",".join(columns)))
            return checked
        take = _takers(registers, ex_officio_counts=ex_officio_counts)[name]
        for row in reader:
            _take_row(checked, row, reader.line_num, columns, take)
            begun = reader.line_num + 1
    except csv.Error:
        why = "cannot be read as CSV from here on: a quotation mark is not closed, or a cell is too long"
        checked.errors.append(LineError(begun, "", why))
    # Rules of routing are withdrawn by a file without any.
    if checked.rows == 0 and not checked.errors and name != ROUTING:
        checked.errors.append(LineError(1, "", "the file has no rows"))
    if name == ROUTING and checked.rows > routing_file.MOST_RULES:
        checked.errors.append(LineError(1, "", f"has more than {routing_file.MOST_RULES} rows"))
    if _bytes_in_one_item(checked) > MOST_BYTES:
        why = f"holds more than {MOST_BYTES:,} bytes, which is all that is kept of such a file"
        checked.errors.append(LineError(1, "", why))
    if not checked.errors:
        _check_whole(checked, name, registers)
    return checked


def _check_whole(checked: Checked, name: str, registers: Registers) -> None:
    """What no line tells by itself, of a file without an error in any."""
    if name == SERVICE_LEVELS and not any(_is_for_all(level) for level in checked.levels):
        checked.default_level = next(filter(_is_for_all, registers.service_levels))
        checked.levels.append(checked.default_level)
    if name == HOLIDAYS:
        calendar = Calendar(frozenset(map(date.fromisoformat, checked.holidays)))
        if (first := calendar.endless_closure()) is not None:
            line = checked.lines[list(checked.holidays).index(first.isoformat())]
            why = f"begins {LONGEST_CLOSURE} days or more without a working day, which cannot be right"
            checked.errors.append(LineError(line, "date", why))


def _is_for_all(level: ServiceLevel) -> bool:
    return level.precision == 0


def _bytes_in_one_item(checked: Checked) -> int:
    """At most so many bytes are kept in one item of the table; rows that have items of their own are none."""
    rows = [*checked.executives, *checked.levels]
    # A row's JSON is longer than the row is in the item, where quotes and commas take less.
    return sum(len(row.model_dump_json().encode()) for row in rows) + len(
        json.dumps(checked.holidays, ensure_ascii=False).encode()
    )


def _take_row(
    checked: Checked,
    row: dict[str, str],
    last_line: int,
    columns: tuple[str, ...],
    take: Callable[[Checked, int, dict[str, str]], None],
) -> None:
    """Takes a row, unless its cells are too few, too many, empty, or of several lines.

    A line break in a cell is nearly always a quotation mark that was left open and closed by a later one:
    what stands between would be in force as one name.
    """
    checked.rows += 1
    if None in row or None in row.values():
        checked.errors.append(LineError(last_line, "", f"has not {len(columns)} cells"))
        return
    breaks = {column: len(_LINE_BREAK.findall(cell)) for column, cell in row.items()}
    line = last_line - sum(breaks.values())
    wrong = [(column, "must not have a line break") for column in columns if breaks[column]]
    wrong += [
        (column, "must not be empty")
        for column in columns
        if column not in _OPTIONAL and not row[column].strip()
    ]
    checked.errors += [LineError(line, column, why) for column, why in wrong]
    if not wrong:
        take(checked, line, {column: row[column].strip() for column in columns})


def _takers(
    registers: Registers, *, ex_officio_counts: bool
) -> Mapping[str, Callable[[Checked, int, dict[str, str]], None]]:
    return {
        OFFICERS: lambda checked, line, row: _take_officer(
            checked, line, row, registers, ex_officio_counts=ex_officio_counts
        ),
        HOLIDAYS: _take_holiday,
        SERVICE_LEVELS: lambda checked, line, row: _take_level(checked, line, row, registers),
        EXECUTIVES: lambda checked, line, row: _take_executive(checked, line, row, registers),
        ROUTING: lambda checked, line, row: _take_rule(checked, line, row, registers),
    }


def _take_officer(
    checked: Checked, line: int, row: dict[str, str], registers: Registers, *, ex_officio_counts: bool
) -> None:
    office = registers.offices.get(row["office"])
    if office is None:
        checked.errors.append(LineError(line, "office", "is in no register of offices"))
        return
    officer = _read(checked, line, Officer, {name: value or None for name, value in row.items()})
    if officer is None:
        return
    _check_term(checked, line, officer.valid_from, officer.valid_to)
    reason = may_serve(
        officer.level, office, officer.rank, registers.ranks, ex_officio_counts=ex_officio_counts
    )
    if reason is not None:
        checked.errors.append(LineError(line, "rank", reason))
    checked.officers.append(officer)
    checked.lines.append(line)


def _take_holiday(checked: Checked, line: int, row: dict[str, str]) -> None:
    try:
        day = day_of(row["date"]).isoformat()
    except ValueError as error:
        checked.errors.append(LineError(line, "date", str(error)))
        return
    if day in checked.holidays:
        checked.errors.append(LineError(line, "date", "stands twice"))
        return
    checked.holidays[day] = row["name"]
    checked.lines.append(line)


def _take_level(checked: Checked, line: int, row: dict[str, str], registers: Registers) -> None:
    _check_scope(checked, line, row, registers)
    reminders = _parts(row["reminders"])
    # pydantic would take 7.0 and 1_0 for whole numbers as well.
    numbers = {"amount": (row["amount"],), "reminders": reminders}
    wrong = [column for column, cell in numbers.items() if not all(map(_DIGITS.fullmatch, cell))]
    checked.errors += [LineError(line, column, "is no whole number in digits") for column in wrong]
    level = None if wrong else _read(checked, line, ServiceLevel, {**row, "reminders": reminders})
    if level is None:
        return
    if any(
        (other.department, other.category) == (level.department, level.category) for other in checked.levels
    ):
        checked.errors.append(LineError(line, "category", "stands twice for this department"))
    checked.levels.append(level)


def _check_scope(checked: Checked, line: int, row: dict[str, str], registers: Registers) -> None:
    department = registers.offices.get(row["department"])
    if row["department"] != ANY and (department is None or department.kind is not OfficeKind.DEPARTMENT):
        checked.errors.append(LineError(line, "department", "is no department of the register, and is not *"))
    if row["category"] != ANY and row["category"] not in registers.categories:
        checked.errors.append(LineError(line, "category", "is in no register, and is not *"))


def _take_executive(checked: Checked, line: int, row: dict[str, str], registers: Registers) -> None:
    districts = _parts(row["districts"])
    offices = [registers.offices.get(code) for code in districts]
    if not offices:
        checked.errors.append(LineError(line, "districts", "names none"))
    if not all(office is not None and office.kind is OfficeKind.DISTRICT for office in offices):
        checked.errors.append(LineError(line, "districts", "names one that is no revenue district"))
    executive = _read(
        checked, line, FieldExecutive, {**row, "districts": districts, "valid_to": row["valid_to"] or None}
    )
    if executive is None:
        return
    _check_term(checked, line, executive.valid_from, executive.valid_to)
    if any(other.executive_id == executive.executive_id for other in checked.executives):
        checked.errors.append(LineError(line, "executive_id", "stands twice"))
    checked.executives.append(executive)


def _take_rule(checked: Checked, line: int, row: dict[str, str], registers: Registers) -> None:
    wrong = checked.routing.take(line, row, registers)
    checked.errors += [LineError(line, column, detail) for column, detail in wrong]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _read(checked: Checked, line: int, model: type[Row], values: Mapping[str, object]) -> Row | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        checked.errors += [
            LineError(line, str(found["loc"][0]), found["msg"].removeprefix("Value error, "))
            for found in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        return None


def _check_term(checked: Checked, line: int, valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        checked.errors.append(LineError(line, "valid_to", "lies before valid_from"))
