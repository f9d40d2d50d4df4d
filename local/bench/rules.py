"""As many rules of routing as are asked for."""

from __future__ import annotations

from functions.adapters.bundled import registers
from functions.domain.office import OfficeKind
from functions.domain.routing_rules import Pattern, RoutingRule

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
