"""What is missing on one side is mended, once."""

from functions.domain import forwarding
from functions.domain.ports import PortalPage
from functions.domain.record import EventType, TimerKind
from tests.builders import (
    accepted,
    numbered,
)
from tests.unit.rooms.reconciling.both_sides import LATER, World


def test_where_all_is_well_nothing_is_told_or_changed(world: World) -> None:
    references = [world.pushed(number) for number in range(5)] + [world.recalled(6)]
    (report,) = world.runs()
    assert report == {
        "day": "2026-11-24",
        "report": report["report"],
        "read": True,
        "not_read": None,
        "pushed": 6,
        "listed": 6,
        "malformed": 0,
        "counts": {},
        "mended": 0,
        "left": 0,
        "stopped_by": None,
        "began": report["began"],
        "differences": [],
    }
    assert len(references) == 6
    assert world.outside.messaging.mails == []
    assert world.outside.records.writes == 0
    assert world.portal.pushes == []


def test_what_the_portal_lost_is_entered_again_under_its_new_id(world: World) -> None:
    reference = world.pushed(1)
    old = world.record(reference).portal_id
    world.loses(reference)
    assert world.found() == [("missing_there", reference, "entered_again")]
    after = world.record(reference)
    assert after.portal_id not in {None, old}
    assert after.portal_id == world.portal.entries[reference]
    assert after.events[-1].type is EventType.PUSHED_TO_PORTAL
    # AND what the portal tells of either id is known to be this record's
    by_id = world.outside.records.by_portal_id
    assert {by_id(str(old)), by_id(str(after.portal_id))} == {reference}
    assert world.found() == []


def test_its_recalls_are_pushed_anew_by_an_execution_of_its_own(world: World) -> None:
    reference = world.recalled(1)
    world.loses(reference)
    world.runs()
    after = world.record(reference)
    assert (after.recalls, after.recalls_pushed) == (1, 0)
    assert forwarding.needs_push(after)
    assert TimerKind.STEP in after.timers


def test_an_entry_under_another_id_is_believed_when_the_portal_says_so_itself(world: World) -> None:
    # GIVEN it was entered again once, and we died before the new id was kept
    reference = world.recalled(1)
    world.portal.entries[reference] = "CMO/2026/other"
    world.alters(reference, portal_id="CMO/2026/other")
    assert world.found() == [("other_id", reference, "entered_again")]
    after = world.record(reference)
    assert (after.portal_id, after.recalls_pushed) == ("CMO/2026/other", 1)
    assert world.found() == []


def test_what_was_listed_late_is_entered_again_and_nothing_changes(world: World) -> None:
    # GIVEN a list that leaves an entry out once
    reference = world.pushed(1)
    before = world.record(reference)
    world.portal.list_script.append(PortalPage([], 0, None))
    assert world.found() == [("missing_there", reference, "entered_again")]
    assert world.record(reference) == before


def test_recalls_that_the_portal_lost_are_entered_again(world: World) -> None:
    reference = world.recalled(1)
    before = world.record(reference)
    world.alters(reference, recalls=frozenset())
    assert world.found() == [("recalls_missing_there", reference, "entered_again")]
    assert [one.number for one in world.portal.recalls] == [1, 1]
    assert world.record(reference) == before
    assert world.found() == []


def test_a_lost_answer_is_adopted(world: World) -> None:
    record = numbered(accepted(), 1)
    world.portal.push(record, None)
    world.portal.pushes.clear()
    world.outside.records.put(record)
    assert world.found() == [("missing_here", record.reference, "adopted")]
    after = world.record(record.reference)
    assert after.portal_id == world.portal.entries[record.reference]
    assert after.events[-1].type is EventType.PUSHED_TO_PORTAL
    assert world.portal.pushes == []
    assert world.found() == []


def test_a_race_with_our_own_push_is_harmless(world: World) -> None:
    # GIVEN the execution's own push gets its answer while the lost one is adopted
    record = numbered(accepted(), 1)
    portal_id = world.portal.push(record, None).portal_id  # type: ignore[union-attr]  # it was accepted
    world.outside.records.put(record)

    def push_it() -> None:
        before = world.record(record.reference)
        world.outside.records.save(before, forwarding.pushed(before, portal_id=portal_id, at=LATER))

    world.outside.records.before_write.append(push_it)
    assert world.found() == [("missing_here", record.reference, "settled_meanwhile")]
    events = [event.type for event in world.record(record.reference).events]
    assert events.count(EventType.PUSHED_TO_PORTAL) == 1


def test_two_runs_at_once_enter_it_again_once(world: World) -> None:
    # GIVEN another run keeps the new id while this one is about to
    reference = world.pushed(1)
    world.loses(reference)

    def keep_it() -> None:
        before = world.record(reference)
        new_id = world.portal.entries[reference]
        after = forwarding.entered_again(before, portal_id=new_id, recalls_pushed=0, at=LATER)
        world.outside.records.save(before, after)

    world.outside.records.before_write.append(keep_it)
    assert world.found() == [("missing_there", reference, "settled_meanwhile")]
    events = [event.type for event in world.record(reference).events]
    assert events.count(EventType.PUSHED_TO_PORTAL) == 2
