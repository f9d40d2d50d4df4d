"""``python -m local.bench.routing``: what choosing an office costs, by how many rules there are."""

from __future__ import annotations

import timeit
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from functions.adapters.bundled import registers
from functions.domain.office import OfficeKind
from functions.domain.record import Subject
from functions.domain.routing import office_for
from functions.domain.routing_rules import Pattern, RoutingRule, RoutingRules

COUNTS = (0, 10, 100, 2_000, 5_000)
_ROUNDS, _REPEATS = 2_000, 5
_SETS_OF_FIELDS = 2 ** len(Pattern._fields)


def rules_of(count: int) -> list[RoutingRule]:
    """So many rules, which take turns with every set of fields that a pattern may name."""
    known = registers()
    departments, districts = (
        sorted(code for code, office in known.offices.items() if office.kind is kind)
        for kind in (OfficeKind.DEPARTMENT, OfficeKind.DISTRICT)
    )
    values = (sorted(known.categories), sorted(known.schemes), departments, districts)
    return [
        RoutingRule(
            number + 1,
            Pattern(
                *(
                    of[number // _SETS_OF_FIELDS % len(of)] if number >> place & 1 else None
                    for place, of in enumerate(values)
                )
            ),
            "CMO",
        )
        for number in range(count)
    ]


def microseconds(count: int, subjects: Sequence[Subject]) -> float:
    """The least time in which an office is chosen, with so many rules in force."""
    offices, rules = registers().offices, RoutingRules(rules_of(count))

    def choose() -> None:
        for subject in subjects:
            office_for(subject, offices, rules)

    least = min(timeit.repeat(choose, number=_ROUNDS, repeat=_REPEATS))
    return least / _ROUNDS / len(subjects) * 1e6


def main() -> None:
    """Prints the figures."""
    subjects = [
        Subject(category="ration", scheme="khadya-sathi", department="FS", district="320", summary="a"),
        Subject(category="road-village", department="PRD", district="303", summary="b"),
        Subject(district="320", summary="c"),
    ]
    table = Table("rules", "index built in ms", "a choice in µs", title="routing", title_justify="left")
    for count in COUNTS:
        rules = rules_of(count)
        built = min(timeit.repeat(lambda rules=rules: RoutingRules(rules), number=1, repeat=_REPEATS))  # type: ignore[misc]
        table.add_row(f"{len(rules):,}", f"{built * 1e3:.1f}", f"{microseconds(count, subjects):.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
