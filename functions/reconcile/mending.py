"""Mends what may be mended without anybody's leave: each mend repeats what was done before, by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from functions.changing import change
from functions.domain import forwarding, lifecycle, reconciliation
from functions.domain.ports import Accepted, HeldOtherwise, Ports, RefusedByPortal, TryLater
from functions.domain.reconciliation import Difference, Listed, Mend
from functions.domain.record import EventType, Recall, Record

MOST_PUSHES = 200
"""So often is the portal asked to enter something again in one run; the next run takes the rest."""


class Outcome(StrEnum):
    """What became of a difference.

    What the portal says that it holds is ``UNCONFIRMED`` until its list is read again: ``ENTERED_AGAIN``
    when the list shows it, else ``NOT_LISTED``. ``PUT_OFF`` was not asked for in this run.
    """

    ADOPTED = "adopted"
    ENTERED_AGAIN = "entered_again"
    SETTLED_MEANWHILE = "settled_meanwhile"
    UNCONFIRMED = "unconfirmed"
    REPORTED = "reported"
    NOT_LISTED = "not_listed"
    REFUSED = "refused"
    HELD_OTHERWISE = "held_otherwise"
    ID_OF_ANOTHER = "id_of_another"
    PUT_OFF = "put_off"


_MENDED = frozenset({Outcome.ADOPTED, Outcome.ENTERED_AGAIN, Outcome.SETTLED_MEANWHILE})

UNFINISHED = frozenset({Outcome.UNCONFIRMED, Outcome.PUT_OFF})
"""What the next run may bring to an end."""


@dataclass(frozen=True)
class Result:
    """A difference, and what became of it.

    Attributes:
        entered_as: the id that the portal answered when something was entered again.
    """

    difference: Difference
    outcome: Outcome
    entered_as: str | None = None

    @property
    def is_mended(self) -> bool:
        """Whether nobody needs to look."""
        return self.outcome in _MENDED


@dataclass
class Budget:
    """What a run may still ask of the portal.

    Attributes:
        until: when the run has to end.
        pushes: how many more.
        stopped_by: the code of what made it stop asking; None while nothing did.
    """

    until: datetime
    pushes: int = MOST_PUSHES
    stopped_by: str | None = None


def mend(outside: Ports, differences: Iterable[Difference], budget: Budget) -> Sequence[Result]:
    """Mends what may be; what the portal only says that it holds is left ``UNCONFIRMED``.

    Raises:
        Unavailable: the table does not answer. What was mended is; the next run finds the rest.
    """
    return [_mend(outside, difference, budget) for difference in differences]


def confirmed(results: Sequence[Result], listed: Iterable[Listed]) -> Sequence[Result]:
    """The results, those unconfirmed decided by a list that was read after them."""
    shown = {(entry.reference, entry.portal_id): entry.recalls for entry in listed}

    def decide(result: Result) -> Result:
        difference = result.difference
        if result.outcome is not Outcome.UNCONFIRMED:
            return result
        recalls = shown.get((difference.reference, result.entered_as))
        wanted = difference.recalls if difference.mend is Mend.RECALL_AGAIN else ()
        found = recalls is not None and all(number in recalls for number in wanted)
        return replace(result, outcome=Outcome.ENTERED_AGAIN if found else Outcome.NOT_LISTED)

    return [decide(result) for result in results]


def _mend(outside: Ports, difference: Difference, budget: Budget) -> Result:
    match difference.mend:
        case Mend.ADOPT:
            return Result(difference, _adopt(outside, difference))
        case Mend.ENTER_AGAIN:
            return _enter_again(outside, difference, budget)
        case Mend.RECALL_AGAIN:
            return _recall_again(outside, difference, budget)
    return Result(difference, Outcome.REPORTED)


def _adopt(outside: Ports, difference: Difference) -> Outcome:
    (portal_id,) = difference.listed_as
    if not _is_free(outside, portal_id, difference.reference):
        return Outcome.ID_OF_ANOTHER

    def decide(record: Record) -> Record:
        if record.portal_id is not None or not forwarding.needs_push(record):
            return record
        return forwarding.pushed(record, portal_id=portal_id, at=outside.clock.now())

    return _changed(outside, difference, decide, Outcome.ADOPTED)


def _enter_again(outside: Ports, difference: Difference, budget: Budget) -> Result:
    record = outside.records.load(difference.reference)
    if not _stands_as_before(record, difference):
        return Result(difference, Outcome.SETTLED_MEANWHILE)
    answer = _push(outside, record, None, budget)
    if isinstance(answer, Outcome):
        return Result(difference, answer)
    if answer == difference.portal_id:
        return Result(difference, Outcome.UNCONFIRMED, answer)
    if not _is_free(outside, answer, difference.reference):
        return Result(difference, Outcome.ID_OF_ANOTHER, answer)

    def decide(current: Record) -> Record:
        if not _stands_as_before(current, difference):
            return current
        known = reconciliation.recalls_known(difference, current.recalls_pushed)
        return forwarding.entered_again(
            current, portal_id=answer, recalls_pushed=known, at=outside.clock.now()
        )

    return Result(difference, _changed(outside, difference, decide, Outcome.UNCONFIRMED), answer)


def _recall_again(outside: Ports, difference: Difference, budget: Budget) -> Result:
    record = outside.records.load(difference.reference)
    if not _stands_as_before(record, difference):
        return Result(difference, Outcome.SETTLED_MEANWHILE)
    for number in difference.recalls:
        answer = _push(outside, record, record.recalled[number - 1], budget)
        if isinstance(answer, Outcome):
            return Result(difference, answer)
    return Result(difference, Outcome.UNCONFIRMED, difference.portal_id)


def _push(outside: Ports, record: Record, recall: Recall | None, budget: Budget) -> str | Outcome:
    """The id that the portal answers, or why it gave none."""
    if outside.clock.now() >= budget.until:
        budget.stopped_by = budget.stopped_by or "out-of-time"
    if budget.stopped_by is not None or budget.pushes == 0:
        return Outcome.PUT_OFF
    budget.pushes -= 1
    match outside.portal.push(record, recall):
        case Accepted(portal_id=portal_id):
            return portal_id
        case RefusedByPortal():
            return Outcome.REFUSED
        case HeldOtherwise():
            return Outcome.HELD_OTHERWISE
        case TryLater(why=why):
            budget.stopped_by = why
            return Outcome.PUT_OFF


def _stands_as_before(record: Record, difference: Difference) -> bool:
    return record.portal_id == difference.portal_id and lifecycle.allows(record, EventType.PUSHED_TO_PORTAL)


def _is_free(outside: Ports, portal_id: str, reference: str) -> bool:
    return outside.records.by_portal_id(portal_id) in {None, reference}


def _changed(
    outside: Ports, difference: Difference, decide: Callable[[Record], Record], done: Outcome
) -> Outcome:
    did: list[bool] = []

    def watched(record: Record) -> Record:
        after = decide(record)
        did.append(after is not record)
        return after

    change(outside, difference.reference, watched)
    return done if did[-1] else Outcome.SETTLED_MEANWHILE
