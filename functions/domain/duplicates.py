"""Likely duplicates: earlier records that may be about the same matter, for the analyst to judge.

Three cases are looked for: the same citizen on the same matter, in other words or another script; the same
matter from many citizens, to be linked to the one that goes on for all; and exact repeats. Nothing here
ever marks a duplicate.

The score of two records is, 0 to 100 and the same either way round::

    likeness of the texts (see ``likeness``), without the name of a scheme that both are about
    + 30  they agree: the very same words, the same number (of a plot, an application), or one caller is named
          by the other, has the other's name, or both name the same relative
    +  4  the same block
    +  2  the same scheme
    +  2  the same category
    -  6  another scheme, where both name one
    -  8  both tell what is wrong, and nothing of it in common
    -  1  for each two days between the calls, at most 8

and then it is held below ``THRESHOLD``, alike as the words may be, where it is another thing:

- both number the same sort of thing, and otherwise: ward 5 and ward 7 (``particulars``);
- both name some of what is complained of one at a time, such as wages and bonus, and none in common;
- each names places, or a landmark, of which the other tells nothing (``sites``);
- the later one, by a week or more, tells that it was mended and broke again, and the earlier one does not;
- another number called from another district, police office or block;
- two callers each ask for a benefit or a paper of their own, and do not agree (``people``).

The very same text by the same caller scores 100 always.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from functions.domain import linking
from functions.domain.record import Likely, Record, Status

if TYPE_CHECKING:
    from functions.domain.comparing import Prepared

THRESHOLD = 55
"""From this score on a record is shown to the analyst."""
SHOWN = 5
"""At most so many are shown."""
OF_CALLER = 20
"""So many of the caller's own records are looked at, the newest."""


def likely(record: Record, candidates: Iterable[Record]) -> tuple[Likely, ...]:
    """The candidates that score enough, the likeliest first.

    A duplicate leads to the record that goes on for it. What was not taken up is left out, and what came
    later: of two records the earlier one goes on.
    """
    mine = _prepared(record)
    best: dict[str, Likely] = {}
    # One may come twice, as the caller's own and as one of the same matter.
    for other in {candidate.reference: candidate for candidate in candidates}.values():
        if other.status is Status.REJECTED or not _is_earlier(other, record):
            continue
        lead = linking.lead_of(other)
        found = _score(mine, _prepared(other))
        if found < THRESHOLD or lead == record.reference:
            continue
        same_caller = record.caller.phone == other.caller.phone
        if (known := best.get(lead)) is not None:
            found, same_caller = max(found, known.score), same_caller or known.same_caller
        best[lead] = Likely(reference=lead, score=found, same_caller=same_caller)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.reference))[:SHOWN])


def score(one: Record, other: Record) -> int:
    """How likely two records are about the same matter, 0 to 100."""
    return _score(_prepared(one), _prepared(other))


def _is_earlier(other: Record, record: Record) -> bool:
    return (other.registered_at, other.reference) < (record.registered_at, record.reference)


def _prepared(record: Record) -> Prepared | None:
    # Here alone texts are compared: no other function pays for the start of the libraries.
    from functions.domain.comparing import prepare  # noqa: PLC0415

    return prepare(record)


def _score(mine: Prepared | None, yours: Prepared | None) -> int:
    from functions.domain.comparing import compare  # noqa: PLC0415 - see above

    if mine is None or yours is None:
        return 0
    return compare(mine, yours, threshold=THRESHOLD)
