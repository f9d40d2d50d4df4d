"""``routing.csv``, row by row: which office a matter goes to whatever office it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from functions.domain.office import OfficeKind
from functions.domain.registers import Registers
from functions.domain.routing_rules import Pattern, RoutingRule
from functions.domain.service_level import ANY

COLUMNS = ("priority", "category", "scheme", "department", "district", "office")
MOST_RULES = 5_000
_WHOLE = re.compile(r"[0-9]{1,9}")

Wrong = tuple[str, str]
"""A column, empty for the whole line, and what is wrong with it in words that do not repeat the cell."""


@dataclass
class RoutingFile:
    """What was read of the file so far.

    Attributes:
        rules: in the order of the file; one for each priority and pattern.
    """

    rules: list[RoutingRule] = field(default_factory=list)
    _standing: dict[tuple[int, Pattern], tuple[int, str]] = field(default_factory=dict)

    def take(self, line: int, row: Mapping[str, str], registers: Registers) -> Iterator[Wrong]:
        """Keeps the rule of a row, unless something is wrong with it.

        Args:
            line: on which the row stands.
            row: by column; no cell is empty.
            registers: to know offices, schemes and categories.

        Yields:
            What is wrong with it.
        """
        row = {**row, "office": registers.district_in_force(row["office"]) or ""}
        wrong = list(_wrong_cells(row, registers))
        if wrong:
            yield from wrong
            return
        rule = _rule_of(row)
        earlier, office = self._standing.setdefault((rule.priority, rule.pattern), (line, rule.office))
        if earlier == line:
            self.rules.append(rule)
        elif office == rule.office:
            yield "", f"stands already on line {earlier}"
        else:
            yield "office", f"line {earlier} gives the same matter to another office at the same priority"


def _rule_of(row: Mapping[str, str]) -> RoutingRule:
    category, scheme, department, district = (
        None if row[column] == ANY else row[column] for column in Pattern._fields
    )
    pattern = Pattern(category, scheme, department, district)
    return RoutingRule(int(row["priority"]), pattern, row["office"])


def _wrong_cells(row: Mapping[str, str], registers: Registers) -> Iterator[Wrong]:
    if not _WHOLE.fullmatch(row["priority"]) or int(row["priority"]) < 1:
        yield "priority", "is no whole number from 1 on, in digits"
    if row["category"] != ANY and row["category"] not in registers.categories:
        yield "category", "is in no register, and is not *"
    if row["scheme"] != ANY and row["scheme"] not in registers.schemes:
        yield "scheme", "is in no register, and is not *"
    for column, kind in (("department", OfficeKind.DEPARTMENT), ("district", OfficeKind.DISTRICT)):
        office = registers.offices.get(row[column])
        if row[column] != ANY and (office is None or office.kind is not kind):
            yield (
                column,
                _announced(row[column], registers) or f"is no {column} of the register, and is not *",
            )
    if row["office"] not in registers.offices:
        yield "office", "is in no register of offices"


def _announced(cell: str, registers: Registers) -> str | None:
    """What there is to say of a district that has no code yet; None of any other cell.

    A rule for it would catch all matters of its parent, under whose code they come.
    """
    parent = registers.district_in_force(cell)
    if parent == cell:
        return None
    return f"is an announced district without a code: its matters come under {parent}, its parent"
