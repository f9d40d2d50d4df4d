"""The portal is asked no faster than it stands, and given the patience that it asks for."""

from collections import Counter
from datetime import datetime, timedelta

from functions.domain.ports import Accepted, PortalAnswer, TryLater
from functions.domain.record import Record
from functions.push.draining import Drained
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import BUSY, MINUTE, RATE, grievance, run, waiting


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


def test_a_portal_that_asks_for_longer_patience_than_a_run_is_asked_when_it_is_over(
    outside: FakePorts,
) -> None:
    waiting(outside, *[grievance(number) for number in range(3)])
    began, asked = outside.clock.now(), list[float]()

    def push(record: Record, recall: object) -> PortalAnswer:
        del record, recall
        asked.append((outside.clock.now() - began).total_seconds())
        return TryLater(retry_after=600, why="status-429")

    outside.portal.push = push  # type: ignore[method-assign]  # the test's own portal
    outcomes = set()
    for minute in range(1, 21):
        outcomes.add(run(outside).outcome)
        outside.clock.moment = began + minute * MINUTE
    assert asked == [0, 600]
    # It is there, and the function does not sleep for it.
    assert outcomes == {"unfinished", "not_yet"}
    assert outside.clock.slept == []
    # An administrator who knows better need not wait.
    assert run(outside, at_once=True).outcome == "unfinished"
    assert len(asked) == 3


def test_the_next_drainer_goes_no_faster_than_the_one_before_it_came_to(outside: FakePorts) -> None:
    # GIVEN a portal that was still asked too fast when the minute was over
    waiting(outside, *[grievance(number) for number in range(5)])
    outside.portal.script.extend([BUSY, BUSY, BUSY, TryLater(retry_after=50, why="status-429")])
    assert run(outside).outcome == "unfinished"
    outside.clock.advance(minutes=1)
    # WHEN the next one comes THEN it does not begin at ten a second anew
    began = outside.clock.now()
    asked: list[datetime] = []
    outside.portal.while_answering.extend([lambda: asked.append(outside.clock.now())] * 3)
    run(outside)
    assert asked[0] == began
    assert asked[1] - began > timedelta(seconds=1)


def test_however_busy_it_is_the_drainer_ends_in_time(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(20)])
    asked = Counter[str]()

    def push(record: Record, recall: object) -> PortalAnswer:
        del recall
        asked[record.reference] += 1
        if asked[record.reference] < 4:
            return TryLater(retry_after=1, why="status-429")
        return Accepted(f"CMO/{record.reference}")

    outside.portal.push = push  # type: ignore[method-assign]  # the test's own portal
    for _ in range(10):
        began = outside.clock.now()
        run(outside)
        assert outside.clock.now() - began < MINUTE
        outside.clock.moment = began + MINUTE
