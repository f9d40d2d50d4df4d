"""Records found by their clues."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain import matter
from functions.domain.matter import Clue, Clues
from functions.domain.record import Record


class FakeRecordClues:
    """Clues by their key and period, each once."""

    kept: dict[str, Record]
    clues: dict[tuple[str, int], set[Clue]]

    def leave_clues(self, record: Record, clues: Clues) -> None:
        """See ``ports.Records.leave_clues``."""
        clue = Clue(record.registered_at, record.reference, clues.fingerprint)
        for key in clues.keys:
            self.clues.setdefault((key, matter.period(record.registered_at)), set()).add(clue)

    def of_same_matter(self, record: Record, clues: Clues) -> Sequence[Record]:
        """See ``ports.Records.of_same_matter``."""
        found: list[Clue] = []
        for key in clues.keys:
            under = [clue for period in matter.periods(record) for clue in self.clues.get((key, period), ())]
            in_time = [clue for clue in under if clue.registered_at <= matter.until(record)]
            found += sorted(in_time, reverse=True)[: matter.PER_KEY]
        others = (clue for clue in found if clue.reference != record.reference)
        return [self.kept[one] for one in matter.likeliest(clues, others) if one in self.kept]
