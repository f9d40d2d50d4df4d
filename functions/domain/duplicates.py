"""Likely duplicates: earlier records that may be about the same matter, for the analyst to judge.

Three cases are looked for: the same citizen on the same matter, in other words or another script; the same
matter from many citizens, to be linked to the one that goes on for all; and exact repeats. Nothing here
ever marks a duplicate.

The score of two records is, 0 to 100 and the same either way round::

    0.37  for each point that the texts are alike (see ``likeness``), without the name of a scheme that both
          are about
    + 47  they share anything that they are about, or that is wrong, or complain of one complaint
    + 32  of this the share of complaints that is common to both (see ``complaints``)
    -  5  for each complaint more that both have, at most 2
    - 20  both have complaints, and none in common
    +  7  for each thing that is wrong in both, at most 2
    -  9  for each thing that both have more, at most 3
    + 27  they agree: the very same words, the same number (of a plot, an application), or one caller is named
          by the other, has the other's name, or both name the same relative
    - 13  one caller: who he is and where he lives makes all his texts alike
    +  4  the same block
    +  2  the same scheme
    +  2  the same category
    -  6  another scheme, where both name one
    -  1  for each two days between the calls, at most 8

Only that they are alike counts, and in full, where they share nothing that they are about, and where two
callers who do not agree have not one name or landmark in common: garbage lies in many places.

The weights are those of a logistic regression on the labelled pairs that were tuned on, rounded, and so
placed that ``THRESHOLD`` parts them; that of one caller is three quarters of what it gave.

and then it is held below ``THRESHOLD``, alike as the words may be, where it is another thing:

- both number the same sort of thing, and otherwise: ward 5 and ward 7 (``particulars``);
- both name some of what is complained of one at a time, such as wages and bonus, and none in common;
- each names places, a landmark or an end of a way, of which the other tells nothing (``sites``);
- the later one, by a week or more, tells that it was mended and broke again, and the earlier one does not;
- another number called from another district, police office or block;
- two callers each ask for a benefit or a paper of their own, or tell the police what was done to them, and
  do not agree (``people``).

The very same text by the same caller scores 100 always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from functions.domain import linking, matter
from functions.domain.matter import Clues
from functions.domain.record import Likely, Record, Status

if TYPE_CHECKING:
    from functions.domain.comparing import Prepared

_WHOLE = 100
THRESHOLD = 55
"""From this score on a record is shown to the analyst."""
SHOWN = 5
"""At most so many are shown."""
OF_CALLER = 20
"""So many of the caller's own records are looked at, the newest."""
LEADS = 4 * SHOWN
"""So many leads are looked up at the most, the likeliest, to show those that go on."""

NO_POLICE: Mapping[str, frozenset[str]] = MappingProxyType({})
"""Nothing is known of where police offices lie."""


def clues(record: Record, police_districts: Mapping[str, frozenset[str]]) -> Clues:
    """What leads others on the same matter to a record, and the record to them: see ``clues.clues_of``."""
    from functions.domain.clues import clues_of  # noqa: PLC0415 - its start costs time

    return clues_of(record, police_districts)


def likely(
    record: Record,
    candidates: Iterable[Record],
    load: Callable[[str], Record],
    police_districts: Mapping[str, frozenset[str]] = NO_POLICE,
) -> tuple[Likely, ...]:
    """The candidates that score enough, the likeliest first.

    A duplicate leads to the record that goes on for it. What was not taken up is left out, also where it
    leads others, and what came later: of two records the earlier one goes on. A later one counts where both
    came at about the same time and it was looked at without this one: else neither would be shown the other.

    Args:
        record: the one that is looked at.
        candidates: earlier ones, out of a bounded number.
        load: the record of a reference.
        police_districts: codes of the districts in which a police office lies, by its code.
    """
    known = {candidate.reference: candidate for candidate in candidates}
    found: dict[str, Likely] = {}
    for one in _best(record, known.values(), police_districts)[:LEADS]:
        lead = linking.lead(known.get(one.reference) or load(one.reference), load)
        if lead.status in linking.ENDS_UNREDRESSED or lead.reference == record.reference:
            continue
        first = found.get(lead.reference, one)
        same_caller = first.same_caller or one.same_caller
        found[lead.reference] = Likely(reference=lead.reference, score=first.score, same_caller=same_caller)
    return tuple(islice(found.values(), SHOWN))


def _best(
    record: Record, candidates: Iterable[Record], police_districts: Mapping[str, frozenset[str]]
) -> list[Likely]:
    """What the candidates were linked to, or themselves, by the best score of each."""
    mine = _prepared(record, police_districts)
    best: dict[str, tuple[float, Likely]] = {}
    for other in candidates:
        if other.status is Status.REJECTED or not _may_go_on(other, record):
            continue
        lead = linking.lead_of(other)
        points = _points(mine, _prepared(other, police_districts))
        if _score(points) < THRESHOLD or lead == record.reference:
            continue
        same_caller = record.caller.phone == other.caller.phone
        if lead in best:
            points = max(points, best[lead][0])
            same_caller = same_caller or best[lead][1].same_caller
        best[lead] = points, Likely(reference=lead, score=_score(points), same_caller=same_caller)
    # Of two that are certain the more alike comes first.
    ranked = sorted(best.values(), key=lambda one: (-one[0], one[1].reference))
    return [likely for _, likely in ranked]


def score(one: Record, other: Record, police_districts: Mapping[str, frozenset[str]] = NO_POLICE) -> int:
    """How likely two records are about the same matter, 0 to 100."""
    return _score(_points(_prepared(one, police_districts), _prepared(other, police_districts)))


def _score(points: float) -> int:
    return round(min(points, _WHOLE))


def _may_go_on(other: Record, record: Record) -> bool:
    """Whether another record is the earlier one, or came together with this one and does not lead to it."""
    if (other.registered_at, other.reference) <= (record.registered_at, record.reference):
        return other.reference != record.reference
    shown = {one.reference for one in other.likely_duplicates}
    return matter.is_together(record, other) and record.reference not in shown


def _prepared(record: Record, police_districts: Mapping[str, frozenset[str]]) -> Prepared | None:
    # Here alone texts are compared: no other function pays for the start of the libraries.
    from functions.domain.comparing import prepare  # noqa: PLC0415 - its start costs time

    return prepare(record, police_districts)


def _points(mine: Prepared | None, yours: Prepared | None) -> float:
    from functions.domain.comparing import compare  # noqa: PLC0415 - see above

    if mine is None or yours is None:
        return 0
    return compare(mine, yours, threshold=THRESHOLD)
