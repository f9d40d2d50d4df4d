"""``python -m local.bench.routing``: what choosing office and officer costs, by the size of the registry."""

from __future__ import annotations

import timeit
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from functions.adapters.bundled import registers
from functions.domain.record import Subject
from functions.domain.routing import office_for
from functions.domain.routing_rules import RoutingRules
from functions.observability import logger
from functions.registry.files import OFFICERS, ROUTING
from local.bench import registry
from local.bench.rules import rules_of

COUNTS = (0, 10, 100, 2_000, 5_000)
_ROUNDS, _REPEATS = 2_000, 5


def microseconds(count: int, subjects: Sequence[Subject]) -> float:
    """The least time in which an office is chosen, with so many rules in force."""
    offices, rules = registers().offices, RoutingRules(rules_of(count))

    def choose() -> None:
        for subject in subjects:
            office_for(subject, offices, rules)

    least = min(timeit.repeat(choose, number=_ROUNDS, repeat=_REPEATS))
    return least / _ROUNDS / len(subjects) * 1e6


def choices() -> Table:
    """The time of a choice, by how many rules there are."""
    subjects = [
        Subject(category="ration", scheme="khadya-sathi", department="FS", district="320", summary="a"),
        Subject(category="road-village", department="PRD", district="303", summary="b"),
        Subject(district="320", summary="c"),
    ]
    table = Table(
        "rules", "index built in ms", "a choice in µs", title="choosing an office", title_justify="left"
    )
    for count in COUNTS:
        rules = rules_of(count)
        built = min(timeit.repeat(lambda rules=rules: RoutingRules(rules), number=1, repeat=_REPEATS))  # type: ignore[misc]  # mypy infers no lambda with a default
        table.add_row(f"{len(rules):,}", f"{built * 1e3:.1f}", f"{microseconds(count, subjects):.1f}")
    return table


def sizes() -> tuple[Table, Table]:
    """How long a registry takes to apply, and what one grievance asks of the table under each."""
    applying = Table(
        "file", "rows", "checked in s", "put in force in s", title="applying a registry", title_justify="left"
    )
    reading = Table(
        *("officers", "rules", "a new worker", "a warm worker", "after half a minute"),
        title="reads of the table to route one grievance",
        title_justify="left",
    )
    few = len(registers().offices)
    for officers, rules in ((0, 0), (few, 1), (registry.MANY_OFFICERS, registry.MANY_RULES)):
        with registry.table():
            if officers:
                for name, content in (
                    (OFFICERS, registry.officers_file(officers)),
                    (ROUTING, registry.routing_file(rules)),
                ):
                    done = registry.apply(name, content)
                    applying.add_row(
                        name, f"{done.rows:,}", f"{done.checked:.2f}", f"{done.put_in_force:.2f}"
                    )
            asked = registry.reads()
        reading.add_row(
            f"{officers:,}",
            f"{rules:,}",
            *(_told(one) for one in (asked.new_worker, asked.warm, asked.later)),
        )
    return applying, reading


def _told(operations: Sequence[str]) -> str:
    return ", ".join(f"{times} {name}" for name, times in Counter(operations).items())


def main() -> None:
    """Prints the figures."""
    # That an empty registry has nobody in any post is no news here.
    logger.setLevel("ERROR")
    console = Console()
    for table in (*sizes(), choices()):
        console.print(table)


if __name__ == "__main__":
    main()
