"""What other rules of routing would change: the records that another office would have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from functions.domain.office import Office
from functions.domain.record import Record
from functions.domain.routing import office_of
from functions.domain.routing_rules import RoutingRules

_Way = tuple[str, str]


@dataclass(frozen=True)
class Move:
    """A record that would go to another office.

    Attributes:
        reference: of the record.
        before: code of the office by the rules in force.
        after: code of the office by the others.
    """

    reference: str
    before: str
    after: str

    @property
    def way(self) -> _Way:
        """From which office to which."""
        return self.before, self.after


def moves(
    records: Iterable[Record], offices: Mapping[str, Office], before: RoutingRules, after: RoutingRules
) -> Sequence[Move]:
    """The records that would go to another office, in their order.

    Args:
        records: any; what the portal transferred stays where it is.
        offices: the register, by code.
        before: the rules in force.
        after: the others.
    """
    found: list[Move] = []
    for record in records:
        old, new = office_of(record, offices, before), office_of(record, offices, after)
        if old is not None and new is not None and old.code != new.code:
            found.append(Move(record.reference, old.code, new.code))
    return found


def counts(of: Iterable[Move]) -> Sequence[tuple[_Way, int]]:
    """How many go which way, the most first."""
    found = Counter(move.way for move in of)
    return sorted(found.items(), key=lambda way: (-way[1], way[0]))


def examples(of: Iterable[Move], most: int) -> Sequence[Move]:
    """So many of them at the most; of each way some, so that none is hidden behind another."""
    so_far: Counter[_Way] = Counter()
    ranked: list[tuple[int, Move]] = []
    for move in of:
        ranked.append((so_far[move.way], move))
        so_far[move.way] += 1
    return [move for _, move in sorted(ranked, key=lambda one: one[0])[:most]]
