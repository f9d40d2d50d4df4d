"""``routing.csv``: read whole, every wrong cell told with its line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain.office import OfficeKind
from functions.domain.routing_rules import Pattern, RoutingRule
from functions.registry.files import COLUMNS, ROUTING, Checked, check
from functions.registry.routing_file import MOST_RULES

REGISTERS = registers()
HEADER = ",".join(COLUMNS[ROUTING])


def of_kind(kind: OfficeKind) -> list[str]:
    return sorted(code for code, office in REGISTERS.offices.items() if office.kind is kind)


patterns = st.builds(
    Pattern,
    *(
        st.none() | st.sampled_from(of)
        for of in (
            sorted(REGISTERS.categories),
            sorted(REGISTERS.schemes),
            of_kind(OfficeKind.DEPARTMENT),
            of_kind(OfficeKind.DISTRICT),
        )
    ),
)
rules = st.lists(
    st.builds(RoutingRule, st.integers(1, 999_999_999), patterns, st.sampled_from(sorted(REGISTERS.offices))),
    max_size=20,
    unique_by=lambda rule: rule[:2],
)


def written(every: Iterable[RoutingRule]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS[ROUTING])
    for rule in every:
        writer.writerow([rule.priority, *(value or "*" for value in rule.pattern), rule.office])
    return text.getvalue()


def checked(*rows: str) -> Checked:
    return check(ROUTING, "\n".join((HEADER, *rows, "")).encode(), REGISTERS)


def places(of: Checked) -> list[tuple[int, str]]:
    return [(error.line, error.column) for error in of.errors]


@given(rules)
def test_what_is_written_is_read_again(every: list[RoutingRule]) -> None:
    read = check(ROUTING, written(every).encode("utf-8-sig"), REGISTERS)
    assert read.errors == []
    assert (read.routing.rules, read.rows) == (every, len(every))


def test_a_file_without_rows_withdraws_all_rules() -> None:
    assert (checked().errors, checked().rows) == ([], 0)


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("0,*,*,*,*,HFW", ["priority"]),
        ("-1,*,*,*,*,HFW", ["priority"]),
        ("1.0,*,*,*,*,HFW", ["priority"]),
        ("1_0,*,*,*,*,HFW", ["priority"]),
        ("১,*,*,*,*,HFW", ["priority"]),
        ("9999999999,*,*,*,*,HFW", ["priority"]),
        ("1,rations,*,*,*,HFW", ["category"]),
        ("1,*,no-scheme,*,*,HFW", ["scheme"]),
        ("1,*,*,HEALTH,*,HFW", ["department"]),
        ("1,*,*,320,*,HFW", ["department"]),
        ("1,*,*,*,HFW,HFW", ["district"]),
        ("1,*,*,*,999,HFW", ["district"]),
        ("1,*,*,*,POL-RANAGHAT,HFW", ["district"]),
        ("1,*,*,*,*,NOPE", ["office"]),
        ("1,*,*,*,*,*", ["office"]),
        ("1,,*,*,*,", ["category", "office"]),
        ("1,*,*,*,HFW", [""]),
        ("1,*,*,*,*,HFW,320", [""]),
        ("x,y,z,*,*,HFW", ["priority", "category", "scheme"]),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_column(row: str, columns: list[str]) -> None:
    read = checked("1,*,*,*,*,HFW", row, "2,*,*,*,*,HFW")
    assert places(read) == [(3, column) for column in columns]
    assert not any(cell in error.detail for error in read.errors for cell in ("NOPE", "rations", "no-scheme"))


def test_a_rule_for_an_announced_district_is_refused_as_it_would_catch_its_parents_matters() -> None:
    (error,) = checked("1,*,*,*,Ichhamati,HFW").errors
    assert (error.line, error.column) == (2, "district")
    assert "303" in error.detail


def test_what_a_rule_gives_to_an_announced_district_falls_to_its_parent() -> None:
    (rule,) = checked("1,*,*,HFW,*,Ichhamati").routing.rules
    assert rule.office == "303"


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ("10,ration,*,*,320,FS", (4, "")),
        ("10,ration,*,*,320,HFW", (4, "office")),
    ],
)
def test_one_pattern_stands_once_at_a_priority(second: str, place: tuple[int, str]) -> None:
    read = checked("10,ration,*,*,320,FS", "10,ration,*,*,303,FS", second, "11,ration,*,*,320,HFW")
    assert places(read) == [place]
    assert "line 2" in read.errors[0].detail


def test_so_many_rules_are_taken_and_no_more() -> None:
    every = [f"{number},*,*,*,*,HFW" for number in range(1, MOST_RULES + 1)]
    assert len(checked(*every).routing.rules) == MOST_RULES
    assert places(checked(*every, "9999,*,*,*,*,HFW")) == [(1, "")]


def test_an_office_of_any_kind_may_get_it() -> None:
    read = checked(*(f"{number},*,*,*,*,{code}" for number, code in enumerate(REGISTERS.offices, 1)))
    assert read.errors == []
    assert {rule.office for rule in read.routing.rules} == set(REGISTERS.offices)


def test_the_example_in_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
    (example,) = [block for block in page.split("```") if block.strip().startswith(HEADER)]
    read = check(ROUTING, example.strip().encode(), REGISTERS)
    assert (read.errors, read.rows) == ([], 4)
