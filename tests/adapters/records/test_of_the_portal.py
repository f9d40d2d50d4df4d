"""What the portal gave, said too early, or is waited for."""

from datetime import timedelta

import pytest

from functions.adapters.pending_events import DynamoPendingEvents
from functions.domain import forwarding
from functions.domain.errors import Outrun
from functions.domain.ports import PendingEvents
from functions.domain.record import Record
from tests.adapters.records.stand import REFERENCE, World
from tests.builders import (
    NOW,
    PORTAL_ID,
    SENDER,
    accepted,
    in_portal,
    numbered,
    receipt,
    registered,
    under_review,
)
from tests.fakes import FakePendingEvents, FakeRecords


def test_a_record_is_found_by_the_id_that_the_portal_gave_it(world: World) -> None:
    kept = world.let_stand(accepted())
    assert world.records.by_portal_id(PORTAL_ID) is None
    held = world.records.save(kept, in_portal(kept))
    assert world.records.load(REFERENCE) == held
    assert world.records.by_portal_id(PORTAL_ID) == REFERENCE
    assert world.records.by_portal_id("CMO/2026/another") is None


def test_one_id_of_the_portal_is_never_two_records(world: World) -> None:
    first, second = world.let_stand(accepted()), world.let_stand(numbered(accepted(), 2))
    world.records.save(first, in_portal(first))
    with pytest.raises(ValueError, match="one id to two records"):
        world.records.save(second, in_portal(second))
    assert world.records.load(second.reference) == second
    assert world.records.by_portal_id(PORTAL_ID) == REFERENCE


def test_a_portals_answer_for_what_has_changed_is_outrun(world: World) -> None:
    kept = world.let_stand(accepted())
    world.records.save(kept, kept)
    with pytest.raises(Outrun):
        world.records.save(kept, in_portal(kept))
    assert world.records.by_portal_id(PORTAL_ID) is None


def test_what_waits_for_the_portal_is_found_emergencies_first_until_it_goes_in(world: World) -> None:
    def waits(number: int, *, emergency: bool = False) -> Record:
        record = numbered(accepted(under_review(registered(emergency=emergency))), number)
        record = record.model_copy(update={"registered_at": NOW - timedelta(minutes=number)})
        return world.let_stand(forwarding.parked(record, task_token="token", at=NOW))

    world.let_stand(numbered(accepted(), 9))
    ordinary = [waits(number) for number in (1, 3, 2)]
    emergencies = [waits(number, emergency=True) for number in (4, 5)]
    in_order = [emergencies[1], emergencies[0], ordinary[1], ordinary[2], ordinary[0]]
    assert world.records.waiting_for_portal(10) == [record.reference for record in in_order]
    assert world.records.waiting_for_portal(3) == [record.reference for record in in_order[:3]]
    assert world.records.waiting_for_portal(1) == [in_order[0].reference]
    for record in in_order:
        world.records.save(record, forwarding.pushed(record, portal_id=f"CMO/{record.reference}", at=NOW))
    assert world.records.waiting_for_portal(10) == []


@pytest.fixture
def pending(request: pytest.FixtureRequest, world: World) -> PendingEvents:
    if isinstance(world.records, FakeRecords):
        return FakePendingEvents(world.clock, world.records)
    return DynamoPendingEvents(request.getfixturevalue("table"), world.clock)


def test_what_the_portal_tells_too_early_is_kept_in_its_order_until_it_is_matched(
    world: World, pending: PendingEvents
) -> None:
    pending.keep(PORTAL_ID, '{"n": 1}', receipt("msg_1"))
    world.clock.advance(seconds=1)
    pending.keep(PORTAL_ID, '{"n": 2}', receipt("msg_2"))
    pending.keep("CMO/2026/another", '{"n": 3}', receipt("msg_3"))
    kept = pending.of(PORTAL_ID)
    assert [event for _, event in kept] == ['{"n": 1}', '{"n": 2}']
    pending.drop(PORTAL_ID, kept[0][0])
    pending.drop(PORTAL_ID, kept[0][0])
    assert [event for _, event in pending.of(PORTAL_ID)] == ['{"n": 2}']
    assert world.records.receipt(SENDER, "msg_1") == receipt("msg_1")


def test_the_same_event_is_kept_once(world: World, pending: PendingEvents) -> None:
    pending.keep(PORTAL_ID, '{"n": 1}', receipt("msg_1"))
    world.clock.advance(seconds=1)
    with pytest.raises(Outrun):
        pending.keep(PORTAL_ID, '{"n": 1}', receipt("msg_1", owner="another"))
    assert len(pending.of(PORTAL_ID)) == 1
