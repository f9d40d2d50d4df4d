"""What waits for an officer, and ends without one."""

from local.waiting import wait_until
from tests.workflow.machine import Machine
from tests.workflow.paths.answers import (
    IN_PORTAL,
    NO_OFFICER,
    NO_OFFICER_YET,
    PORTAL_OUT,
    WAITS,
    WITH_OFFICER,
    stands,
    try_later,
)
from tests.workflow.paths.deployed import DEFINITION
from tests.workflow.paths.states import FORWARDED, NOBODY, RAISED, ROUTED, TAKEN_UP


def test_without_an_officer_the_execution_fails_and_says_so(machine: Machine) -> None:
    ended = machine.start(DEFINITION, take_up=[stands("route")], route=[NO_OFFICER]).end()
    assert ended.entered == [*TAKEN_UP, *ROUTED, *NOBODY]
    assert (ended.status, ended.error) == ("FAILED", "NoOfficer")
    assert ended.cause is not None
    assert "upload officers.csv" in ended.cause


def test_without_an_officer_an_emergency_fails_once_the_portal_has_it(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("raise_emergency")],
        push=[try_later(1), IN_PORTAL],
        route=[NO_OFFICER_YET, NO_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *NOBODY]
    assert (ended.status, ended.error) == ("FAILED", "NoOfficer")


def test_an_emergency_finds_whoever_is_named_while_the_portal_is_out(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("raise_emergency")],
        push=[PORTAL_OUT],
        park=[WAITS],
        route=[NO_OFFICER_YET, NO_OFFICER_YET, WITH_OFFICER],
    )
    assert wait_until(lambda: len(run.play.called("route")) == 3, 20, 0.01)
    run.decide("forwarded", emergency=True, behind="park")
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *FORWARDED]
    assert ended.output["raised"] == [{"outcome": "routed"}, {"outcome": "forwarded"}]
