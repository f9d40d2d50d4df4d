"""Ours against the portal's: every fault is found and named, and nothing else is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random  # noqa: TID251 - hypothesis hands one in
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.portal import entry_of
from functions.adapters.portal_list import comparable
from functions.domain import forwarding, reconciliation
from functions.domain.reconciliation import SETTLED_AFTER, Difference, Held, Listed, Mend, compare
from functions.domain.reconciliation import DifferenceKind as Kind
from functions.domain.record import Record, Status, TimerKind
from tests.builders import (
    NOW,
    accepted,
    action_taken,
    forwarded,
    in_portal,
    in_status,
    numbered,
    reference_of,
    visited,
)

LATER = NOW + timedelta(hours=1)


def recalled(*, pushed: int) -> Record:
    """Recalled twice, and of so many the portal has heard."""
    again = visited(action_taken(visited(action_taken(), meets_standard=False)), meets_standard=False)
    return again.model_copy(update={"recalls_pushed": pushed})


HELD_THERE: tuple[Record, ...] = (
    in_portal(),
    forwarded(),
    forwarded(emergency=True),
    action_taken(),
    recalled(pushed=0),
    recalled(pushed=1),
    recalled(pushed=2),
    in_status(Status.CLOSED),
)
NOT_HELD_THERE: tuple[Record, ...] = (
    accepted(),
    *(in_status(status) for status in (Status.UNDER_REVIEW, Status.REJECTED, Status.DUPLICATE)),
)


def side_of(record: Record) -> Held:
    return reconciliation.held(record, comparable(entry_of(record)))


def entry(record: Record, **changes: Any) -> Listed:  # noqa: ANN401 - a field each
    """What the portal lists of a record when all is well."""
    listed = Listed(
        reference=record.reference,
        portal_id=record.portal_id or f"CMO/2026/lost-{record.reference}",
        key=record.reference,
        fields=comparable(entry_of(record)),
        recalls=set(range(1, record.recalls_pushed + 1)),
    )
    return replace(listed, **changes)


@dataclass(frozen=True)
class Case:
    """A record, what the portal lists of it, and what is to be found."""

    record: Record
    entries: list[Listed]
    found: list[Difference]


def fields_but(record: Record, name: str, value: object) -> Mapping[str, object]:
    return {**comparable(entry_of(record)), name: value}


def found(
    kind: Kind,
    record: Record,
    listed_as: str | None,
    **more: Any,  # noqa: ANN401 - a field each
) -> Difference:
    ids = () if listed_as is None else (listed_as,)
    told = Difference(kind, record.reference, record.status, record.portal_id, ids)
    return replace(told, **more)


def well(record: Record) -> Case:
    return Case(record, [entry(record)], [])


def lost(record: Record) -> Case:
    recalls = tuple(range(1, record.recalls_pushed + 1))
    return Case(record, [], [found(Kind.MISSING_THERE, record, None, recalls=recalls)])


def altered(name: str) -> Callable[[Record], Case]:
    def alter(record: Record) -> Case:
        listed = entry(record, fields=fields_but(record, name, "altered"))
        return Case(record, [listed], [found(Kind.DIFFERING, record, record.portal_id, fields=(name,))])

    return alter


def doubled(record: Record) -> Case:
    double = entry(record, portal_id="CMO/2026/double", key="by hand")
    told = found(Kind.DOUBLE, record, None)
    ids = (str(record.portal_id), "CMO/2026/double")
    return Case(record, [entry(record), double], [replace(told, listed_as=ids)])


def under_another_id(record: Record) -> Case:
    listed = entry(record, portal_id="CMO/2026/other")
    return Case(record, [listed], [found(Kind.OTHER_ID, record, "CMO/2026/other")])


def without_id(record: Record) -> Case:
    listed = entry(record, portal_id=None)
    return Case(record, [listed], [found(Kind.DIFFERING, record, None, fields=("portal_id",))])


def without_recalls(record: Record) -> Case:
    recalls = tuple(range(1, record.recalls_pushed + 1))
    missing = [found(Kind.RECALLS_MISSING_THERE, record, record.portal_id, recalls=recalls)]
    return Case(record, [entry(record, recalls=frozenset())], missing if recalls else [])


def with_a_recall_too_many(record: Record) -> Case:
    recalls = {*range(1, record.recalls_pushed + 1), record.recalls + 1}
    unlike = found(Kind.DIFFERING, record, record.portal_id, fields=("recalls",))
    return Case(record, [entry(record, recalls=recalls)], [unlike])


def with_a_recall_of_which_the_answer_was_lost(record: Record) -> Case:
    # Its own execution tells the portal once more; it is no difference.
    return Case(record, [entry(record, recalls=set(range(1, record.recalls + 1)))], [])


def leaked(record: Record) -> Case:
    listed = entry(record)
    kind = Kind.MISSING_HERE if record.status is Status.ACCEPTED else Kind.NOT_EXPECTED
    return Case(record, [listed], [found(kind, record, listed.portal_id)])


def on_its_way(record: Record) -> Case:
    return Case(record, [], [])


OF_HELD = (
    well,
    lost,
    doubled,
    under_another_id,
    without_id,
    without_recalls,
    with_a_recall_too_many,
    with_a_recall_of_which_the_answer_was_lost,
    *(altered(name) for name in comparable({})),
)
OF_NOT_HELD = (leaked, on_its_way)


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        held = draw(st.booleans())
        record = numbered(draw(st.sampled_from(HELD_THERE if held else NOT_HELD_THERE)), number)
        if held:
            record = record.model_copy(update={"portal_id": f"CMO/2026/{number}"})
        case: Callable[[Record], Case] = draw(st.sampled_from(OF_HELD if held else OF_NOT_HELD))
        made.append(case(record))
    return made


@given(cases(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_every_fault_is_found_and_named_and_nothing_else_is(
    drawn: list[Case], strangers: int, random: Random
) -> None:
    # GIVEN records of which the portal's list is right or wrong in one way each, and entries of nobody's
    unknown = [
        Listed(reference_of(f"nobody-{n}"), f"CMO/2026/nobody-{n}", None, {}) for n in range(strangers)
    ]
    listed = [one for case in drawn for one in case.entries] + unknown
    random.shuffle(listed)
    # WHEN both sides are compared
    ours = {case.record.reference: side_of(case.record) for case in drawn}
    seen = compare(ours, listed, now=LATER)
    # THEN each fault is named once
    expected = [one for case in drawn for one in case.found]
    expected += [Difference(Kind.UNKNOWN_HERE, one.reference, listed_as=ids_of(one)) for one in unknown]
    assert sorted(map(regardless_of_order, seen)) == sorted(map(regardless_of_order, expected))


def ids_of(one: Listed) -> tuple[str, ...]:
    return (one.portal_id,) if one.portal_id else ()


def regardless_of_order(one: Difference) -> tuple[str, ...]:
    parts = (
        one.kind,
        one.reference,
        one.status,
        one.portal_id,
        sorted(one.listed_as),
        one.fields,
        one.recalls,
    )
    return tuple(map(str, parts))


@given(cases(), st.timedeltas(timedelta(), SETTLED_AFTER - timedelta(seconds=1)))
def test_what_changed_a_moment_ago_is_left_to_its_own_execution(drawn: list[Case], since: timedelta) -> None:
    ours = {case.record.reference: side_of(case.record) for case in drawn}
    listed = [one for case in drawn for one in case.entries]
    last = max((case.record.events[-1].at for case in drawn), default=NOW)
    assert list(compare(ours, listed, now=min(last, NOW) + since)) == []


def test_a_quarter_of_an_hour_is_enough() -> None:
    ours = {reference_of(): side_of(in_portal())}
    assert [one.kind for one in compare(ours, [], now=NOW + SETTLED_AFTER)] == [Kind.MISSING_THERE]


@pytest.mark.parametrize("name", ["department", "district"])
def test_where_the_portal_moved_it_its_list_may_tell_the_old_office_or_the_new(name: str) -> None:
    moved = forwarded().model_copy(update={"transfers": 1})
    listed = [entry(moved, fields=fields_but(moved, name, "elsewhere"))]
    assert list(compare({moved.reference: side_of(moved)}, listed, now=LATER)) == []


def test_fields_that_nobody_knows_are_no_difference() -> None:
    listed = [entry(forwarded(), fields=fields_but(forwarded(), "ward", "12"))]
    assert list(compare({reference_of(): side_of(forwarded())}, listed, now=LATER)) == []


def mends(record: Record, *entries: Listed, now: datetime = LATER) -> list[Mend | None]:
    return [one.mend for one in compare({record.reference: side_of(record)}, entries, now=now)]


def test_a_lost_answer_is_adopted_where_the_entry_is_ours_by_its_key_and_the_only_one() -> None:
    assert mends(accepted(), entry(accepted())) == [Mend.ADOPT]
    assert mends(accepted(), entry(accepted()), entry(accepted())) == [Mend.ADOPT]
    assert mends(accepted(), entry(accepted(), key=None)) == [None]
    assert mends(accepted(), entry(accepted(), key="by hand")) == [None]
    assert mends(accepted(), entry(accepted(), portal_id=None)) == [None, None]
    other = entry(accepted(), portal_id="CMO/2026/other", key="by hand")
    assert mends(accepted(), entry(accepted()), other) == [None, None]
    assert mends(accepted(), entry(accepted(), portal_id=None), other) == [None]


def test_what_is_missing_there_is_entered_again_and_what_stands_under_another_id_asked_for() -> None:
    other = entry(forwarded(), portal_id="CMO/2026/other")
    assert mends(forwarded()) == [Mend.ENTER_AGAIN]
    assert mends(forwarded(), other) == [Mend.ENTER_AGAIN]
    assert mends(forwarded(), replace(other, key="by hand")) == [None]


def test_nobodys_data_is_overwritten() -> None:
    assert mends(forwarded(), entry(forwarded(), fields={})) == [None]
    rejected = in_status(Status.REJECTED)
    assert mends(rejected, entry(rejected)) == [None]


@pytest.mark.parametrize(
    ("listed", "lacking", "known"), [((), (1, 2), 0), ((1,), (2,), 1), ((2,), (1,), 0), ((1, 2), (), 2)]
)
def test_under_another_id_the_recalls_count_from_the_first_that_is_missing(
    listed: tuple[int, ...], lacking: tuple[int, ...], known: int
) -> None:
    record = recalled(pushed=2)
    (difference,) = compare(
        {record.reference: side_of(record)},
        [entry(record, portal_id="CMO/2026/other", recalls=frozenset(listed))],
        now=LATER,
    )
    assert (difference.kind, difference.recalls) == (Kind.OTHER_ID, lacking)
    assert reconciliation.recalls_known(difference, record.recalls_pushed) == known


@pytest.mark.parametrize("record", HELD_THERE)
def test_what_is_entered_again_has_the_new_id_and_its_recalls_are_to_be_pushed_anew(record: Record) -> None:
    again = forwarding.entered_again(record, portal_id="CMO/2026/new", recalls_pushed=0, at=LATER)
    assert (again.portal_id, again.status, again.recalls_pushed) == ("CMO/2026/new", record.status, 0)
    assert dict(again.events[-1].data) == {
        "portal_id": "CMO/2026/new",
        "emergency": record.is_emergency,
        "again": True,
    }
    assert forwarding.needs_push(again) is bool(record.recalls)
    if record.recalls:
        assert again.timers == {**record.timers, TimerKind.STEP: LATER + timedelta(seconds=90)}


def test_a_difference_tells_names_and_ids_alone() -> None:
    record = forwarded()
    told = str(compare({record.reference: side_of(record)}, [entry(record, fields={})], now=LATER))
    told += str(side_of(record)) + str(entry(record))
    private = (record.caller.phone, record.caller.name, record.caller.address)
    said = (record.subject.summary, record.subject.details) if record.subject else ()
    assert not [text for text in (*private, *said) if str(text) in told]
