"""Executions that wait for the portal go on, are replaced, or are told at once."""

from datetime import timedelta

from functions.domain.record import TimerKind
from functions.push.pushing import park
from functions.validate import steps
from tests.builders import forwarded
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import grievance, run, waiting


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
