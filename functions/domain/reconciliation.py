"""What we gave the CMO Grievance Portal, held against what it lists: the two must never part unseen.

Both sides come as facts that can be compared without a look at what a citizen said: of texts and of whoever
complains only a fingerprint is kept. A difference names its record and the fields, never what stands there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from functions.domain import forwarding
from functions.domain.calendar import IST
from functions.domain.record import Record, Status

SETTLED_AFTER = timedelta(minutes=15)
"""A record that changed within this time is left to the execution that carries it."""

PORTAL_ID = "portal_id"
RECALLS = "recalls"
_MOVED_BY_A_TRANSFER = frozenset({"department", "district"})


class DifferenceKind(StrEnum):
    """What is unlike.

    ``MISSING_THERE``: we hold a portal's id, and the portal does not list the grievance. ``OTHER_ID``: it
    lists it under another id than ours. ``MISSING_HERE``: it lists what we have yet to push, so that its
    answer was lost. ``NOT_EXPECTED``: it lists what is not to be there, by where our record stands.
    ``UNKNOWN_HERE``: it lists a reference of which there is no record. ``DIFFERING``: fields are unlike.
    ``RECALLS_MISSING_THERE``: recalls that it took once are not listed. ``DOUBLE``: one reference, several
    entries.
    """

    MISSING_THERE = "missing_there"
    OTHER_ID = "other_id"
    MISSING_HERE = "missing_here"
    NOT_EXPECTED = "not_expected"
    UNKNOWN_HERE = "unknown_here"
    DIFFERING = "differing"
    RECALLS_MISSING_THERE = "recalls_missing_there"
    DOUBLE = "double"


class Mend(StrEnum):
    """What may be done about a difference without anybody's leave: each repeats what was done before.

    ``ADOPT`` keeps the portal's id, as its answer would have had us do. ``ENTER_AGAIN`` and
    ``RECALL_AGAIN`` push by the same idempotency key as the first time: whoever holds it answers so.
    """

    ADOPT = "adopt"
    ENTER_AGAIN = "enter_again"
    RECALL_AGAIN = "recall_again"


@dataclass(frozen=True, order=True)
class Late:
    """On ``pushed_on`` the portal took something that was registered on another day (both IST).

    Its list is by the day of registration: what was entered late is looked for there once more.
    """

    pushed_on: date
    registered_on: date


def pushed_late(before: Record, after: Record, now: datetime) -> Late | None:
    """What is to be noted of a change by which the portal holds more than before; None when nothing is.

    What went in on the day of registration is not: the nights that follow go through that day anyway.
    """
    if (before.portal_id, before.recalls_pushed) == (after.portal_id, after.recalls_pushed):
        return None
    late = Late(now.astimezone(IST).date(), after.registered_at.astimezone(IST).date())
    return None if late.pushed_on == late.registered_on else late


@dataclass(frozen=True)
class Held:
    """Our side of one grievance.

    Attributes:
        fields: what the portal must list, by name.
        recalls: how many there are.
        recalls_taken: numbers of those that the portal has taken.
        needs_push: whether the portal has yet to get it, or a recall of it.
        changed_at: when something happened to it last.
    """

    reference: str
    status: Status
    portal_id: str | None
    fields: Mapping[str, object]
    recalls: int
    recalls_taken: AbstractSet[int]
    needs_push: bool
    changed_at: datetime


@dataclass(frozen=True)
class Listed:
    """The portal's side: one entry of its list.

    Attributes:
        portal_id: None where it cannot be read.
        key: the idempotency key under which it was entered, None where the portal does not tell it.
        fields: as for ``Held``; one that the portal leaves out counts as None.
        recalls: numbers of the recalls that stand under it.
    """

    reference: str
    portal_id: str | None
    key: str | None
    fields: Mapping[str, object]
    recalls: AbstractSet[int] = frozenset()


@dataclass(frozen=True)
class Difference:
    """One thing that is unlike. No personal data: names of fields, never what stands in them.

    Attributes:
        status: where our record stands; None when there is none.
        portal_id: ours.
        listed_as: the ids under which the portal lists the reference.
        fields: names of those that are unlike.
        recalls: numbers of the recalls that the portal lacks.
        mend: what may be done about it; None when somebody has to look.
    """

    kind: DifferenceKind
    reference: str
    status: Status | None = None
    portal_id: str | None = None
    listed_as: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    recalls: tuple[int, ...] = ()
    mend: Mend | None = field(default=None, compare=False)


def held(record: Record, fields: Mapping[str, object]) -> Held:
    """Our side of a record.

    Args:
        fields: what of it the portal must list, see ``ports.Portal.fields_of``.
    """
    if record.transfers:
        # The portal gave it to another office itself: whether it lists the old or the new is its affair.
        fields = {name: value for name, value in fields.items() if name not in _MOVED_BY_A_TRANSFER}
    return Held(
        reference=record.reference,
        status=record.status,
        portal_id=record.portal_id,
        fields=fields,
        recalls=record.recalls,
        recalls_taken={*range(1, record.recalls_pushed + 1)} - {*record.recalls_refused},
        needs_push=forwarding.needs_push(record),
        changed_at=record.events[-1].at,
    )


def compare(ours: Mapping[str, Held], theirs: Iterable[Listed], *, now: datetime) -> Sequence[Difference]:
    """Everything that is unlike, in the order of the references.

    Args:
        ours: by reference: what belongs into the list by its day, and whatever else the list names.
        theirs: the whole list.
        now: what changed shortly before is left out.
    """
    listed: defaultdict[str, list[Listed]] = defaultdict(list)
    for entry in theirs:
        listed[entry.reference].append(entry)
    return [
        difference
        for reference in sorted(ours.keys() | listed.keys())
        for difference in _of(reference, ours.get(reference), listed.get(reference, []), now)
    ]


def recalls_known(difference: Difference, recalls_pushed: int) -> int:
    """How many recalls, counted from the first, the portal has under the entry that it lists now."""
    return min(difference.recalls, default=recalls_pushed + 1) - 1


def _of(reference: str, ours: Held | None, entries: Sequence[Listed], now: datetime) -> Iterator[Difference]:
    ids = tuple(dict.fromkeys(entry.portal_id for entry in entries if entry.portal_id is not None))
    if ours is None:
        yield Difference(DifferenceKind.UNKNOWN_HERE, reference, listed_as=ids)
    elif ours.changed_at > now - SETTLED_AFTER:
        return
    elif entries:
        if len(ids) > 1:
            yield Difference(DifferenceKind.DOUBLE, reference, ours.status, ours.portal_id, ids)
        entry = next((one for one in entries if one.portal_id == ours.portal_id), entries[0])
        # Its key proves that it is our own push, and the one id that there is no mix-up.
        own = {one.portal_id for one in entries if one.key == reference}
        yield from _of_both(ours, entry, ids, is_ours=len(ids) == 1 and own == set(ids))
    elif ours.portal_id is not None:
        yield _missing_there(ours)


def _of_both(ours: Held, entry: Listed, ids: tuple[str, ...], *, is_ours: bool) -> Iterator[Difference]:
    if ours.portal_id is None and not ours.needs_push:
        yield Difference(DifferenceKind.NOT_EXPECTED, ours.reference, ours.status, listed_as=ids)
        return
    if ours.portal_id is None:
        mend = Mend.ADOPT if is_ours else None
        yield Difference(DifferenceKind.MISSING_HERE, ours.reference, ours.status, listed_as=ids, mend=mend)
    elif ids and ours.portal_id not in ids:
        yield _in_recalls(DifferenceKind.OTHER_ID, ours, entry, ids, Mend.ENTER_AGAIN if is_ours else None)
    elif _lacking(ours, entry):
        again = Mend.RECALL_AGAIN if ids else None
        yield _in_recalls(DifferenceKind.RECALLS_MISSING_THERE, ours, entry, ids, again)
    if unlike := tuple(_unlike_fields(ours, entry, ids)):
        yield Difference(
            DifferenceKind.DIFFERING, ours.reference, ours.status, ours.portal_id, ids, fields=unlike
        )


def _missing_there(ours: Held) -> Difference:
    return Difference(
        DifferenceKind.MISSING_THERE,
        ours.reference,
        ours.status,
        ours.portal_id,
        recalls=tuple(sorted(ours.recalls_taken)),
        mend=Mend.ENTER_AGAIN,
    )


def _in_recalls(
    kind: DifferenceKind, ours: Held, entry: Listed, ids: tuple[str, ...], mend: Mend | None
) -> Difference:
    recalls = _lacking(ours, entry)
    return Difference(kind, ours.reference, ours.status, ours.portal_id, ids, recalls=recalls, mend=mend)


def _lacking(ours: Held, entry: Listed) -> tuple[int, ...]:
    return tuple(sorted(ours.recalls_taken - entry.recalls))


def _unlike_fields(ours: Held, entry: Listed, ids: tuple[str, ...]) -> Iterator[str]:
    yield from (name for name, value in ours.fields.items() if entry.fields.get(name) != value)
    if not ids:
        yield PORTAL_ID
    if any(number > ours.recalls for number in entry.recalls):
        yield RECALLS
