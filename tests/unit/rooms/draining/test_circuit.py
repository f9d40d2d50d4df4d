"""A portal that answers nobody is left alone and probed once a minute, and it is told why."""

from io import StringIO

import pytest

from functions.domain.circuit import OPENS_AFTER, Circuit
from functions.domain.ports import Accepted, TryLater
from functions.push.draining import Drained
from functions.push.pushing import enter, park
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import SILENT, grievance, run, waiting


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


@pytest.mark.parametrize("code", ["status-401", "status-403", "status-404"])
def test_why_the_portal_is_out_is_told_and_kept(outside: FakePorts, logged: StringIO, code: str) -> None:
    records = [grievance(number) for number in range(OPENS_AFTER + 1)]
    outside.records.put(*records)
    outside.portal.script.extend([TryLater(None, code)] * (OPENS_AFTER + 1))
    told = [enter(outside, record.reference, 0) for record in records]
    assert [one["why"] for one in told] == [code] * len(records)
    assert outside.portal_circuit.kept.why == code
    # It is not the portal that is at fault, and the log says what to mend.
    assert "the portal refuses us" in logged.getvalue()
    assert ("PortalBaseUrl" in logged.getvalue()) is (code == "status-404")
    assert ("ssm/portal/token" in logged.getvalue()) is (code != "status-404")
    park(outside, records[0].reference, "token")
    outside.clock.advance(minutes=1)
    assert run(outside) == Drained("out", why=code)
    assert outside.portal_circuit.kept.why == code
    # WHEN it is mended THEN it is forgotten
    outside.clock.advance(minutes=1)
    assert run(outside).why is None
    assert outside.portal_circuit.kept.why is None


def test_one_that_fails_in_between_is_tried_again(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(3)])
    outside.portal.script.extend([Accepted("CMO/1"), SILENT, SILENT, Accepted("CMO/2")])
    assert run(outside) == Drained("drained", 3)


def test_a_portal_that_goes_out_again_is_out(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(3)])
    outside.portal.script.extend([Accepted("CMO/1"), *[SILENT] * OPENS_AFTER])
    assert run(outside) == Drained("out", 1, why="no-answer")
    assert outside.portal_circuit.kept.is_open
