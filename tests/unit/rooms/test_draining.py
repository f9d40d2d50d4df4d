"""What waits for a portal that was out goes in by itself: in order, once, and no faster than it stands."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import circuit as circuits
from functions.domain import forwarding, review
from functions.domain.circuit import OPENS_AFTER, Circuit
from functions.domain.ports import Accepted, HeldOtherwise, PortalAnswer, RefusedByPortal, TryLater
from functions.domain.record import Record, Status, TimerKind
from functions.push.draining import Drained, drain
from functions.push.pushing import enter, park
from functions.validate import steps
from tests.builders import (
    ANALYST,
    NOW,
    accepted,
    action_taken,
    forwarded,
    numbered,
    registered,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts

RATE = 10.0
SILENT = TryLater(retry_after=None, why="no-answer")
BUSY = TryLater(retry_after=2, why="status-429")
MINUTE = timedelta(minutes=1)


def grievance(number: int, *, emergency: bool = False, minutes: int = 0) -> Record:
    record = accepted(under_review(registered(emergency=emergency)))
    record = numbered(with_officer(record) if emergency else record, number)
    return record.model_copy(update={"registered_at": NOW + timedelta(minutes=minutes)})


def waiting(outside: FakePorts, *records: Record) -> None:
    """Records whose executions wait for the portal, which is out."""
    for record in records:
        outside.records.put(record)
        token = f"token of {record.reference}"
        outside.workflow.waiting.add(token)
        park(outside, record.reference, token)
    outside.portal_circuit.kept = circuits.left_open(Circuit(), at=NOW - timedelta(hours=1))


def entered(outside: FakePorts) -> list[str]:
    return [record.reference for record in outside.portal.pushes]


def run(outside: FakePorts, *, at_once: bool = False) -> Drained:
    return drain(outside, fastest=RATE, at_once=at_once)


def test_nobody_waits_and_nobody_is_asked(outside: FakePorts) -> None:
    assert run(outside) == Drained("idle")
    assert outside.portal.pushes == []
    assert outside.portal_circuit.kept == Circuit()


def test_failures_in_a_row_open_the_circuit_and_then_grievances_wait(outside: FakePorts) -> None:
    # GIVEN a portal that answers nobody
    records = [grievance(number) for number in range(OPENS_AFTER + 2)]
    outside.records.put(*records)
    outside.portal.script.extend([SILENT] * OPENS_AFTER)
    outcomes = [enter(outside, record.reference, 0)["outcome"] for record in records]
    # THEN the portal is left alone
    assert outcomes == ["try_later"] * (OPENS_AFTER - 1) + ["portal_out"] * 3
    assert len(outside.portal.pushes) == OPENS_AFTER


def test_an_answer_in_between_keeps_it_closed(outside: FakePorts) -> None:
    records = [grievance(number) for number in range(9)]
    outside.records.put(*records)
    outside.portal.script.extend([SILENT] * 4 + [Accepted("CMO/2026/1")] + [SILENT] * 4)
    outcomes = [enter(outside, record.reference, 0)["outcome"] for record in records]
    assert outcomes == [*["try_later"] * 4, "pushed", *["try_later"] * 4]


def test_a_portal_that_is_out_is_probed_once_and_nobody_else_asks(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(50)])
    outside.portal.script.append(SILENT)
    assert run(outside).outcome == "out"
    # WHEN the schedule is early, or somebody invokes it by hand
    outside.clock.advance(seconds=20)
    assert run(outside).outcome == "not_yet"
    assert len(outside.portal.pushes) == 1
    outside.clock.advance(seconds=40)
    outside.portal.script.append(SILENT)
    assert run(outside).outcome == "out"
    assert len(outside.portal.pushes) == 2
    # An administrator who knows that it is back need not wait.
    assert run(outside, at_once=True).outcome == "drained"


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


def test_the_execution_that_waits_goes_on_by_the_event(outside: FakePorts) -> None:
    record = grievance(1)
    waiting(outside, record)
    run(outside)
    after = outside.records.load(record.reference)
    assert after.events[-1].data["waited"] is True
    assert after.waits_for_portal_since is None
    # Its watch is a short one again, however long it waited.
    assert after.timers[TimerKind.STEP] <= outside.clock.now() + timedelta(seconds=90)
    assert steps.resume(outside, record.reference) == "resumed"
    assert outside.workflow.resumed == [
        (f"token of {record.reference}", {"outcome": "accepted", "emergency": False})
    ]


def test_an_execution_that_died_while_it_waited_is_replaced(outside: FakePorts) -> None:
    record = grievance(1)
    waiting(outside, record)
    outside.workflow.waiting.clear()
    run(outside)
    assert steps.resume(outside, record.reference) == "restarted"
    assert list(outside.workflow.started.values()) == [record.reference]


def test_a_decision_told_again_does_not_wake_who_waits_for_the_portal(outside: FakePorts) -> None:
    record = grievance(1)
    waiting(outside, record)
    assert steps.resume(outside, record.reference) == "nothing"
    assert outside.workflow.resumed == []


def test_what_went_in_before_it_could_wait_is_told_at_once(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    outside.workflow.waiting.add("token")
    park(outside, forwarded().reference, "token")
    assert outside.workflow.resumed == [("token", {"outcome": "forwarded", "emergency": False})]
    assert outside.records.writes == 0


def test_a_refusal_after_the_outage_is_back_with_the_analysts_and_holds_up_nobody(outside: FakePorts) -> None:
    first, second = grievance(1, minutes=1), grievance(2, minutes=2)
    waiting(outside, first, second)
    outside.portal.script.append(RefusedByPortal("district is not served"))
    assert run(outside).outcome == "drained"
    after = outside.records.load(first.reference)
    assert after.status is Status.UNDER_REVIEW
    assert outside.workflow.resumed == [
        (f"token of {first.reference}", {"outcome": "under_review", "emergency": False})
    ]
    assert outside.records.load(second.reference).portal_id is not None
    # AND approved again it does not count as waiting: nobody holds a token of it any more
    approved = review.approve(after, analyst_id=ANALYST, reason=None, at=outside.clock.now())
    assert not forwarding.is_parked(approved)


def test_a_refusal_that_nobody_could_be_told_of_costs_nobody_else(outside: FakePorts) -> None:
    waiting(outside, grievance(1, minutes=1), grievance(2, minutes=2))
    outside.portal.script.append(RefusedByPortal("no"))
    outside.workflow.is_out = True
    assert run(outside) == Drained("drained", 2)


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


def test_the_portal_is_not_pushed_harder_than_it_stands(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(100)])
    began = outside.clock.now()
    assert run(outside).taken_in == 100
    assert outside.clock.now() - began >= timedelta(seconds=99 / RATE)


def test_a_portal_that_asks_for_patience_gets_it_and_is_not_out(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(10)])
    outside.portal.script.append(BUSY)
    began = outside.clock.now()
    assert run(outside) == Drained("drained", 10)
    # It is waited for, and then asked half as often.
    assert outside.clock.now() - began > timedelta(seconds=2 + 10 / RATE)


def test_one_that_fails_in_between_is_tried_again(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(3)])
    outside.portal.script.extend([Accepted("CMO/1"), SILENT, SILENT, Accepted("CMO/2")])
    assert run(outside) == Drained("drained", 3)


def test_a_portal_that_goes_out_again_is_out(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(3)])
    outside.portal.script.extend([Accepted("CMO/1"), *[SILENT] * OPENS_AFTER])
    assert run(outside) == Drained("out", 1)
    assert outside.portal_circuit.kept.is_open


def test_a_drainer_ends_before_the_next_one_comes_and_leaves_it_the_rest(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(700)])
    began = outside.clock.now()
    first = run(outside)
    assert first.outcome == "unfinished"
    assert outside.clock.now() - began < MINUTE
    # What comes meanwhile waits as well: it must not go in before those.
    outside.records.put(grievance(800))
    assert enter(outside, grievance(800).reference, 0)["outcome"] == "portal_out"
    second = run(outside)
    assert second.outcome == "drained"
    assert first.taken_in + second.taken_in == 700


def test_two_drainers_do_not_work_at_once(outside: FakePorts) -> None:
    waiting(outside, grievance(1))
    met: list[Drained] = []
    outside.portal.while_answering.append(lambda: met.append(run(outside, at_once=True)))
    assert run(outside).outcome == "drained"
    assert met == [Drained("elsewhere")]


def test_of_two_drainers_that_come_together_one_works(outside: FakePorts) -> None:
    waiting(outside, grievance(1))
    met: list[Drained] = []
    outside.portal_circuit.before_write.append(lambda: met.append(run(outside)))
    assert run(outside) == Drained("elsewhere")
    assert met == [Drained("drained", 1)]
    assert len(outside.portal.pushes) == 1


def test_who_was_left_waiting_when_it_closed_goes_in_with_the_next_minute(outside: FakePorts) -> None:
    waiting(outside, grievance(1))
    outside.portal_circuit.kept = Circuit()
    assert run(outside) == Drained("drained", 1)


def test_a_whole_day_of_an_outage_costs_a_probe_a_minute_and_nobody_the_place(outside: FakePorts) -> None:
    # GIVEN five hundred who wait, and a portal that is out for a day
    records = [grievance(number, emergency=number % 25 == 3, minutes=number) for number in range(500)]
    waiting(outside, *records)
    a_day = 24 * 60
    outside.portal.script.extend([SILENT] * a_day)
    for _ in range(a_day):
        assert run(outside) == Drained("out")
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


ANSWERS: Sequence[PortalAnswer | None] = (
    None,
    None,
    None,
    SILENT,
    BUSY,
    RefusedByPortal("no"),
    HeldOtherwise(),
)


@given(
    emergencies=st.lists(st.booleans(), min_size=1, max_size=25),
    answers=st.lists(st.sampled_from(ANSWERS), max_size=40),
    dropped=st.sets(st.integers(0, 30), max_size=5),
)
@pytest.mark.parametrize("minutes", [40])
def test_whatever_the_portal_does_each_goes_in_once_and_in_order(
    minutes: int,
    emergencies: list[bool],
    answers: list[PortalAnswer | None],
    dropped: set[int],
) -> None:
    # GIVEN an outage with some waiting, and a portal that then answers this and that, and loses answers of
    # what it stored
    outside = FakePorts()
    records = [
        grievance(number, emergency=emergency, minutes=number) for number, emergency in enumerate(emergencies)
    ]
    waiting(outside, *records)
    script = list(answers)
    stored: dict[str, str] = {}
    asked = Counter[str]()

    def push(record: Record, recall: object) -> PortalAnswer:
        del recall
        asked[record.reference] += 1
        scripted = script.pop(0) if script else None
        if scripted is not None:
            return scripted
        stored.setdefault(record.reference, f"CMO/2026/{len(stored) + 1:07d}")
        return SILENT if sum(asked.values()) in dropped else Accepted(stored[record.reference])

    outside.portal.push = push  # type: ignore[method-assign]
    # WHEN the drainer comes each minute, and the analysts approve what was refused
    for _ in range(minutes):
        run(outside)
        for record in records:
            current = outside.records.load(record.reference)
            if current.status is Status.UNDER_REVIEW:
                approved = review.approve(current, analyst_id=ANALYST, reason=None, at=outside.clock.now())
                outside.records.save(current, approved)
                if enter(outside, record.reference, 0)["outcome"] != "pushed":
                    park(outside, record.reference, "another token")
        outside.clock.advance(minutes=1)
    # THEN the portal holds each once, under the id that we know
    kept = {record.reference: outside.records.load(record.reference) for record in records}
    assert {reference: record.portal_id for reference, record in kept.items()} == stored
    assert len(set(stored.values())) == len(records)
    assert not outside.portal_circuit.kept.is_open
    # AND where it refused none and lost nothing, in the order of the rules
    if not any(isinstance(answer, RefusedByPortal | HeldOtherwise) for answer in answers):
        by_rule = sorted(records, key=lambda one: (not one.is_emergency, one.registered_at))
        assert list(stored) == [record.reference for record in by_rule]
