"""Emergencies go in first, then the oldest, and nobody loses the place."""

from typing import NoReturn

from functions.domain.ports import HeldOtherwise
from functions.push.draining import Drained
from functions.push.pushing import enter, park
from tests.builders import action_taken, forwarded, visited
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import MINUTE, SILENT, entered, grievance, run, waiting


def test_emergencies_go_in_first_then_the_oldest(outside: FakePorts) -> None:
    records = [
        grievance(0, minutes=5),
        grievance(1, minutes=3),
        grievance(2, emergency=True, minutes=9),
        grievance(3, minutes=1),
        grievance(4, emergency=True, minutes=7),
    ]
    waiting(outside, *records)
    assert run(outside) == Drained("drained", 5)
    assert entered(outside) == [records[number].reference for number in (4, 2, 3, 1, 0)]
    assert outside.portal_circuit.kept.is_open is False


def test_an_emergency_that_comes_in_while_others_go_in_is_next(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number, minutes=number) for number in range(5)])
    late = grievance(9, emergency=True, minutes=60)
    outside.records.put(late)

    def comes_in() -> None:
        assert enter(outside, late.reference, 0)["outcome"] == "portal_out"
        park(outside, late.reference, "token")

    outside.portal.while_answering.extend([lambda: None, comes_in])
    assert run(outside) == Drained("drained", 6)
    assert entered(outside).index(late.reference) == 2


def test_who_cannot_go_in_keeps_his_place_and_holds_up_nobody(outside: FakePorts) -> None:
    records = [grievance(number, minutes=number) for number in range(4)]
    waiting(outside, *records)

    def breaks() -> NoReturn:
        raise RuntimeError

    outside.portal.script.append(HeldOtherwise())
    outside.portal.while_answering.extend([lambda: None, breaks])
    done = run(outside)
    assert done.outcome == "drained"
    assert done.troubled == [records[0].reference, records[1].reference]
    assert outside.records.waiting_for_portal(9) == done.troubled
    # They are tried again with the next minute.
    outside.clock.advance(minutes=1)
    assert run(outside) == Drained("drained", 2)
    assert outside.records.waiting_for_portal(9) == []


def test_a_recall_waits_and_goes_in_like_a_grievance(outside: FakePorts) -> None:
    record = visited(action_taken(forwarded()), meets_standard=False)
    outside.portal.entries[record.reference] = str(record.portal_id)
    waiting(outside, record)
    assert run(outside) == Drained("drained", 1)
    assert outside.records.load(record.reference).recalls_pushed == 1


def test_a_whole_day_of_an_outage_costs_a_probe_a_minute_and_nobody_the_place(outside: FakePorts) -> None:
    # GIVEN five hundred who wait, and a portal that is out for a day
    records = [grievance(number, emergency=number % 25 == 3, minutes=number) for number in range(500)]
    waiting(outside, *records)
    a_day = 24 * 60
    outside.portal.script.extend([SILENT] * a_day)
    for _ in range(a_day):
        assert run(outside) == Drained("out", why="no-answer")
        outside.clock.moment = outside.clock.moment.replace(second=0, microsecond=0) + MINUTE
    assert len(outside.portal.pushes) == a_day
    # WHEN it is back THEN all are in within two minutes, in order, each asked for once
    outside.portal.pushes.clear()
    done = [run(outside)]
    outside.clock.advance(seconds=15)
    done.append(run(outside))
    assert sum(one.taken_in for one in done) == 500
    by_rule = sorted(records, key=lambda one: (not one.is_emergency, one.registered_at))
    assert entered(outside) == [record.reference for record in by_rule]
