"""Accounts for every row of a replay."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SETTLED = frozenset(
    {
        *("under_review", "rejected", "duplicate", "accepted"),
        *("forwarded", "action_taken", "recalled", "closed"),
    }
)
"""Where a grievance stands once it was taken up: before, it waits in a queue."""
STORED = SETTLED | {"registered"}


@dataclass(frozen=True)
class Account:
    """What became of the rows.

    Attributes:
        rows: How many were read.
        skipped: How many of these had no text.
        answers: How many posts ended with which answer; ``no answer`` is one, too.
        references: Of the records that were accepted, one for each acceptance.
        statuses: By reference, where each stands as it was read back.
    """

    rows: int
    skipped: int
    answers: Mapping[str, int]
    references: Sequence[str]
    statuses: Mapping[str, str]

    @property
    def holds(self) -> bool:
        """Whether every row is accounted for, none was refused and none hangs."""
        return self._all_sent and self._all_accepted and self._all_stored

    @property
    def lines(self) -> tuple[str, ...]:
        """The sums; ``!=`` where one is wrong."""
        stored = f"{_sign(self._accepted == self._stored)} stored"
        accounted = f"{_sign(self._stored == self._accounted)} accounted"
        others = "".join(f" + {word} {count}" for word, count in sorted(self._refused.items()))
        return (
            f"rows {self.rows} {_sign(self._all_sent)} sent {self._sent} + without text {self.skipped}",
            f"sent {self._sent} = 201 {self._count('201')} + 200 (repeat) {self._count('200')}{others}",
            f"accepted {self._accepted} {stored} {self._stored} {accounted} {self._accounted}",
        )

    @property
    def hanging(self) -> list[str]:
        """The records that were accepted and not seen to be taken up."""
        return [reference for reference, status in self.statuses.items() if status not in SETTLED]

    @property
    def by_status(self) -> str:
        """How many stand where, the most frequent first."""
        counts = Counter(self.statuses.values()).most_common()
        return ", ".join(f"{status.replace('_', ' ')} {count}" for status, count in counts) or "none"

    @property
    def _refused(self) -> dict[str, int]:
        return {word: count for word, count in self.answers.items() if word not in {"200", "201"}}

    @property
    def _sent(self) -> int:
        return sum(self.answers.values())

    @property
    def _accepted(self) -> int:
        return len(self.references)

    @property
    def _stored(self) -> int:
        return sum(status in STORED for status in self.statuses.values())

    @property
    def _accounted(self) -> int:
        return sum(status in SETTLED for status in self.statuses.values())

    @property
    def _all_sent(self) -> bool:
        return self.rows == self._sent + self.skipped

    @property
    def _all_accepted(self) -> bool:
        return self._sent == self._accepted

    @property
    def _all_stored(self) -> bool:
        return self._accepted == self._stored == self._accounted

    def _count(self, word: str) -> int:
        return self.answers.get(word, 0)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of them does not exceed; 0 of none."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else 0.0


def _sign(holds: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    return "=" if holds else "!="
