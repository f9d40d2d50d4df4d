"""The rules by which administrators have a matter go to another office than the one that it names.

A rule has a pattern (category, scheme, department, district; each may be left open), an office, and a
priority. Of the rules whose pattern fits, the lowest priority number decides; at one priority the pattern
that names more; of those that name as many the one whose first named field stands further left, in the order
above. No two patterns that name the same fields fit one matter, so that this leaves no tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from functions.domain.record import Subject


class Pattern(NamedTuple):
    """What a matter must be for a rule to fit; None leaves a field open, whatever it is or if it is absent.

    Attributes:
        category: code; likewise the others.
    """

    category: str | None = None
    scheme: str | None = None
    department: str | None = None
    district: str | None = None


class RoutingRule(NamedTuple):
    """One rule.

    Attributes:
        priority: 1 is the first to decide.
        office: code of the office that the matter goes to.
    """

    priority: int
    pattern: Pattern
    office: str


_Named = tuple[bool, ...]
"""Which fields a pattern names, in their order."""


def _first_of_each(rules: Iterable[RoutingRule]) -> Mapping[tuple[str | None, ...], RoutingRule]:
    found: dict[tuple[str | None, ...], RoutingRule] = {}
    for rule in rules:
        standing = found.get(rule.pattern)
        if standing is None or rule.priority < standing.priority:
            found[rule.pattern] = rule
    return found


def _named(pattern: Iterable[str | None]) -> _Named:
    return tuple(value is not None for value in pattern)


def _the_most_first(sets: Iterable[_Named]) -> Sequence[_Named]:
    return sorted(sets, key=lambda named: (sum(named), named), reverse=True)


class RoutingRules:
    """All rules of one version, indexed: a choice takes at most one look-up for each set of named fields.

    Attributes:
        version: of the upload; None where none is in force.
    """

    def __init__(self, rules: Iterable[RoutingRule] = (), version: str | None = None) -> None:
        self.version = version
        self._by_pattern = _first_of_each(rules)
        self._named = _the_most_first({_named(pattern) for pattern in self._by_pattern})

    def __len__(self) -> int:
        """How many patterns there are."""
        return len(self._by_pattern)

    def choose(self, subject: Subject) -> RoutingRule | None:
        """The rule that decides; None where none fits."""
        matter = Pattern(subject.category, subject.scheme, subject.department, subject.district)
        chosen: RoutingRule | None = None
        for named in self._named:
            # What the matter lacks is no pattern's: looked up, it would be taken for a field left open.
            if None in compress(matter, named):
                continue
            pattern = tuple(value if kept else None for value, kept in zip(matter, named, strict=True))
            rule = self._by_pattern.get(pattern)
            if rule is not None and (chosen is None or rule.priority < chosen.priority):
                chosen = rule
        return chosen


NO_RULES = RoutingRules()
