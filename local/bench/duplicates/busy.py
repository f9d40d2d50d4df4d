"""The labelled pairs in a busy district: each later call is looked at with what is on file by then.

Every pair is moved to one district, where so many unrelated calls a day come in the category of the later
call, and some in every other. What it fills up with is drawn from other pairs, so that no text meets itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from functions.domain import places
from functions.domain.comparing import districts_of
from functions.domain.record import Record
from local.bench.duplicates.filler import BLOCKS, Filler
from local.bench.duplicates.labelled import SINCE, Figures, Pair
from local.bench.duplicates.shelf import POLICE_DISTRICTS, Shelf

OF_EACH = 10
"""Calls a day of each category. Planned are 390 in a district, 9,000 in 23."""
_DISTRICT, _POLICE = "320", "POL-RANAGHAT"
_ELSEWHERE, _POLICE_ELSEWHERE = "319", "POL-JANGIPUR"
_DAYS_BEFORE = 14
_DAYS = 2 * _DAYS_BEFORE


@dataclass
class Through:
    """How pairs were judged through what is on file.

    Attributes:
        figures: of those that one was shown or not shown with the other.
        of_others: same, by two callers.
        reached: of these, those of which the earlier call was compared.
        found_of_others: of these, those that were shown.
        first: same, and shown before whatever else is.
        unrelated: calls that were shown and belong to no pair.
        queries: of clues.
        read: clues that were read.
        compared: records.
        most_read: clues, for one call.
        most_compared: records, same.
    """

    figures: Figures = field(default_factory=Figures)
    of_others: int = 0
    reached: int = 0
    found_of_others: int = 0
    first: int = 0
    unrelated: int = 0
    queries: int = 0
    read: int = 0
    compared: int = 0
    most_read: int = 0
    most_compared: int = 0

    @property
    def calls(self) -> int:
        """How many were looked at."""
        figures = self.figures
        return figures.found + figures.missed + figures.wrong + figures.passed


class Busy:
    """A district to look at pairs in.

    Args:
        among: from whose texts it is filled; for each pair of these those that tell of other matters.
    """

    def __init__(self, among: Sequence[Pair]) -> None:
        self._among = among
        self._fillers: dict[int, Filler] = {}
        self._districts: dict[int, Shelf] = {}

    def judge(self, pairs: Iterable[Pair], a_day: int) -> Through:
        """Looks at the later call of each pair.

        Args:
            pairs: which.
            a_day: so many unrelated calls in the same category, ``OF_EACH`` or more; with 0 nothing else is
                on file.
        """
        through = Through()
        for (side, category), of_category in _by_side_and_category(pairs).items():
            busy = self._busy(side, category, a_day) if a_day else Shelf()
            for pair in of_category:
                _look(through, _moved(pair), busy)
        return through

    def _busy(self, side: int, category: str, a_day: int) -> Shelf:
        since = SINCE - timedelta(days=_DAYS_BEFORE)
        if side not in self._fillers:
            others = [one for pair in self._among if side_of(pair) != side for one in (pair.one, pair.other)]
            self._fillers[side] = Filler(others, _DISTRICT)
            self._districts[side] = Shelf()
            self._fillers[side].fill_with_all(self._districts[side], OF_EACH, since, _DAYS)
        busy = Shelf(self._districts[side])
        self._fillers[side].fill(busy, category, a_day - OF_EACH, since, _DAYS)
        return busy


def side_of(pair: Pair) -> int:
    """Pairs about one matter stand on one side: their numbers are near."""
    return pair.number // 60 % 2 if not pair.is_locked else -1


def _look(through: Through, pair: Pair, busy: Shelf) -> None:
    shelf = Shelf(busy)
    shelf.put(pair.one)
    compared = {one.reference for one in shelf.candidates(pair.other)}
    through.queries += shelf.queries
    through.read += shelf.read
    through.most_read = max(through.most_read, shelf.read)
    shown = [likely.reference for likely in shelf.likely(pair.other)]
    through.compared += len(compared)
    through.most_compared = max(through.most_compared, len(compared))
    is_found = pair.one.reference in shown
    through.unrelated += len(shown) - is_found
    same = pair.label == "same"
    through.first += same and shown[:1] == [pair.one.reference]
    through.figures += Figures(
        found=int(same and is_found),
        missed=int(same and not is_found),
        wrong=int(not same and is_found),
        passed=int(not same and not is_found),
    )
    if same and pair.one.caller.phone != pair.other.caller.phone:
        through.of_others += 1
        through.reached += pair.one.reference in compared
        through.found_of_others += is_found


def _moved(pair: Pair) -> Pair:
    """The pair in the district; what lay in two stays apart."""
    one, other = pair.one.subject, pair.other.subject
    assert one is not None
    assert other is not None
    at = pair.number % len(BLOCKS)
    apart = places.is_same_place(one.block, other.block) is False
    together = districts_of(one, POLICE_DISTRICTS) & districts_of(other, POLICE_DISTRICTS)
    return Pair(
        pair.number,
        pair.label,
        pair.kind,
        _placed(pair.one, _DISTRICT, _POLICE, BLOCKS[at - apart]),
        _placed(
            pair.other,
            _DISTRICT if together else _ELSEWHERE,
            _POLICE if together else _POLICE_ELSEWHERE,
            BLOCKS[at],
        ),
    )


def _placed(call: Record, district: str, police: str, block: str) -> Record:
    subject = call.subject
    assert subject is not None
    where = {
        "district": district if subject.district else None,
        "police_office": police if subject.police_office else None,
        "block": block if subject.block else None,
    }
    return call.model_copy(update={"subject": subject.model_copy(update=where)})


def _by_side_and_category(pairs: Iterable[Pair]) -> Mapping[tuple[int, str], list[Pair]]:
    found: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        one, other = pair.one.subject, pair.other.subject
        assert one is not None
        assert other is not None
        found[side_of(pair), other.category or one.category or ""].append(pair)
    return found
