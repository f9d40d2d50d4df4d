"""What is not mended: what is on its way, what is not to be believed, and what people have to look at."""

from dataclasses import replace
from datetime import timedelta

from functions.domain import forwarding
from functions.domain.ports import Accepted, PortalPage, TryLater
from functions.domain.record import Status
from functions.reconcile.reconciling import reconcile
from tests.builders import (
    NOW,
    accepted,
    in_status,
    numbered,
    reference_of,
)
from tests.unit.rooms.reconciling.both_sides import CELL, DAY, LATER, World


def test_a_portal_that_says_it_holds_what_it_does_not_list_is_not_believed(world: World) -> None:
    reference = world.pushed(1)
    before = world.record(reference)
    world.loses(reference, remembers_key=True)
    for _ in range(2):
        assert world.found() == [("missing_there", reference, "not_listed")]
    assert world.record(reference) == before


def test_a_list_that_cannot_be_read_again_leaves_it_open(world: World) -> None:
    reference = world.pushed(1)
    world.portal.list_script.append(PortalPage([], 0, None))
    world.portal.list_script.extend([TryLater(None, "status-500")] * 4)
    assert world.found() == [("missing_there", reference, "unconfirmed")]


def test_an_id_of_another_record_is_never_taken(world: World) -> None:
    taken = world.pushed(1)
    record = numbered(accepted(), 2)
    world.portal.push(record, None)
    world.outside.records.put(record)
    world.alters(record.reference, portal_id=world.portal.entries[taken])
    assert world.found() == [("missing_here", record.reference, "id_of_another")]
    assert world.record(record.reference).portal_id is None


def test_an_id_of_another_record_is_not_taken_for_what_is_entered_again_either(world: World) -> None:
    taken, reference = world.pushed(1), world.pushed(2)
    before = world.record(reference)
    world.loses(reference)
    world.portal.script.append(Accepted(world.portal.entries[taken]))
    assert world.found() == [("missing_there", reference, "id_of_another")]
    assert world.record(reference) == before


def test_a_recall_that_is_answered_and_not_listed_is_not_believed(world: World) -> None:
    reference = world.recalled(1)
    world.alters(reference, recalls=frozenset())
    world.portal.script.append(Accepted(world.portal.entries[reference]))
    assert world.found() == [("recalls_missing_there", reference, "not_listed")]


def test_what_nobody_may_mend_is_told_each_time(world: World) -> None:
    altered, doubled, rejected = world.pushed(1), world.pushed(2), numbered(in_status(Status.REJECTED), 3)
    world.alters(altered, fields={**world.portal.listing[0].fields, "emergency": True, "summary": "other"})
    world.portal.listing.append(replace(world.portal.listing[1], portal_id="CMO/2026/double", key="by hand"))
    world.portal.push(rejected, None)
    world.outside.records.put(rejected)
    stranger = reference_of("nobody's")
    world.portal.listing.append(replace(world.portal.listing[0], reference=stranger, portal_id="CMO/2026/9"))
    for _ in range(2):
        (report,) = world.runs()
        assert report["left"] == 4
        seen = {one["reference"]: one for one in report["differences"]}
        assert {reference: one["kind"] for reference, one in seen.items()} == {
            altered: "differing",
            doubled: "double",
            rejected.reference: "not_expected",
            stranger: "unknown_here",
        }
        assert seen[altered]["fields"] == ["emergency", "summary"]
        assert seen[doubled]["listed_as"] == [world.record(doubled).portal_id, "CMO/2026/double"]
        assert seen[rejected.reference]["status"] == "rejected"
    assert world.outside.records.writes == 0
    assert len(world.outside.messaging.mails) == 2


def test_what_changed_a_moment_ago_is_left_alone(world: World) -> None:
    reference = world.pushed(1)
    world.loses(reference)
    world.outside.clock.advance(minutes=-30)
    world.outside.clock.moment = NOW
    now = NOW + timedelta(minutes=14)
    (report,) = reconcile(world.outside, [DAY], now=now, until=LATER, tell=CELL)
    assert report.results == []


def test_a_recall_that_the_portal_refused_is_not_missed(world: World) -> None:
    reference = world.recalled(1)
    record = world.record(reference)
    world.alters(reference, recalls=frozenset())
    world.outside.records.put(record.model_copy(update={"recalls_refused": (1,)}))
    assert world.found() == []


def test_what_waits_for_a_portal_that_is_out_is_on_its_way(world: World) -> None:
    world.outside.records.put(forwarding.parked(accepted(), task_token="token", at=NOW))
    assert world.found() == []
