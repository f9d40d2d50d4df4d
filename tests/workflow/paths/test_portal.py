"""What the portal refuses, and what waits until it is back."""

from datetime import timedelta

import pytest

from local.waiting import wait_until
from tests.workflow.machine import WAIT_SCALE, Answer, Event, Fails, Line, Machine, Play
from tests.workflow.paths.answers import (
    IN_PORTAL,
    NO_OFFICER,
    PORTAL_OUT,
    REFUSED,
    WAITS,
    WITH_OFFICER,
    attempts,
    decided,
    stands,
    try_later,
)
from tests.workflow.paths.deployed import DEFINITION, hurried
from tests.workflow.paths.states import (
    EMERGENCY_REVIEWED,
    FORWARDED,
    PARKED,
    PUSHED,
    PUSHED_AGAIN,
    RAISED,
    REVIEWED,
    ROUTED,
    TAKEN_UP,
)


def test_a_portal_that_is_out_is_tried_again_until_it_takes_it(machine: Machine) -> None:
    seconds = 100
    run = machine.start(
        DEFINITION,
        take_up=[stands("push")],
        push=[try_later(1, seconds), try_later(2, 2 * seconds), IN_PORTAL],
        route=[WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *PUSHED, *PUSHED_AGAIN, *PUSHED_AGAIN, *ROUTED, *FORWARDED]
    assert ended.status == "SUCCEEDED"
    assert attempts(run) == [0, 1, 2]
    # The history's timestamps are cut to milliseconds.
    asked_for = [timedelta(seconds=wait * WAIT_SCALE - 0.002) for wait in (seconds, 2 * seconds)]
    assert [took >= least for took, least in zip(ended.waited, asked_for, strict=True)] == [True, True]


def test_what_the_portal_refuses_is_reviewed_again(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("review"), stands("review")],
        ask_for_review=[decided(machine, "accepted"), decided(machine, "accepted")],
        push=[try_later(1), REFUSED, IN_PORTAL],
        route=[WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [
        *(*TAKEN_UP, *REVIEWED, *PUSHED, *PUSHED_AGAIN),
        *(*TAKEN_UP, *REVIEWED, *PUSHED, *ROUTED, *FORWARDED),
    ]
    assert ended.status == "SUCCEEDED"
    assert attempts(run) == [0, 1, 0], "after a new review the portal is tried from the beginning"
    first, second = run.play.called("ask_for_review")
    assert first["task_token"] != second["task_token"]


@pytest.mark.parametrize(
    ("stands_then", "told", "path"),
    [
        # The drainer took it in: it goes on to the officer.
        ("route", "accepted", [*ROUTED, *FORWARDED]),
        # The drainer was refused: it is the analysts' again.
        ("review", "under_review", [*REVIEWED, "Rejected"]),
        # It moved on without this execution.
        ("finished", "action_taken", ["Nothing left to do"]),
    ],
)
def test_while_the_portal_is_out_an_execution_waits_for_the_drainer(
    machine: Machine, stands_then: str, told: str, path: list[str]
) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("push"), stands(stands_then)],
        push=[try_later(1), PORTAL_OUT],
        park=[WAITS],
        ask_for_review=[decided(machine, "rejected")] if stands_then == "review" else [],
        route=[WITH_OFFICER] if stands_then == "route" else [],
    )
    run.decide(told, behind="park")
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *PUSHED, *PUSHED_AGAIN, *PARKED, *TAKEN_UP, *path]
    assert ended.status == "SUCCEEDED"
    (parked,) = run.play.called("park")
    assert parked.keys() == {"reference", "task_token"}


def test_whoever_waits_a_day_for_the_portal_asks_the_record_anew(machine: Machine) -> None:
    # The time-out is patched, for this test alone.
    run = machine.start(
        hurried(PARKED[0], 1),
        take_up=[stands("push"), stands("push")],
        push=[PORTAL_OUT, IN_PORTAL],
        park=[WAITS],
        route=[WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *PUSHED, *PARKED, *TAKEN_UP, *PUSHED, *ROUTED, *FORWARDED]
    assert ended.status == "SUCCEEDED"


@pytest.mark.parametrize(
    ("told", "taken_up", "end"),
    [
        ("forwarded", [], FORWARDED),
        # Its officer was not found yet when the portal took it.
        ("accepted", [stands("finished")], [*TAKEN_UP, "Nothing left to do"]),
    ],
)
def test_the_officer_of_an_emergency_knows_while_the_portal_is_out(
    machine: Machine, told: str, taken_up: list[Line], end: list[str]
) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("raise_emergency"), *taken_up],
        push=[PORTAL_OUT],
        park=[WAITS],
        route=[WITH_OFFICER],
    )
    assert wait_until(lambda: bool(run.play.called("route")), 20, 0.01)
    run.decide(told, emergency=True, behind="park")
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *end]
    assert ended.status == "SUCCEEDED"


def test_the_officer_of_an_emergency_does_not_wait_for_the_portal(machine: Machine) -> None:
    def takes_it_once_the_officer_knows(play: Play, _: Event) -> Answer:
        if not wait_until(lambda: bool(play.called("route")), 5, 0.01):
            raise Fails
        return IN_PORTAL

    run = machine.start(
        DEFINITION,
        take_up=[stands("raise_emergency")],
        push=[try_later(1), try_later(2), takes_it_once_the_officer_knows],
        route=[WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *FORWARDED]
    assert ended.output["raised"] == [{"outcome": "routed"}, {"outcome": "pushed"}]
    assert attempts(run) == [0, 1, 2]


@pytest.mark.parametrize(
    ("officer", "stands_then", "reviewed"),
    [
        # Its officer has it: it waits for its decision as any other.
        (WITH_OFFICER, "review", REVIEWED),
        # Nobody has it yet: after a quarter of an hour somebody is looked for again.
        (NO_OFFICER, "review_emergency", EMERGENCY_REVIEWED),
    ],
)
def test_an_emergency_that_the_portal_refuses_is_reviewed_again(
    machine: Machine, officer: Answer, stands_then: str, reviewed: list[str]
) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("raise_emergency"), stands(stands_then)],
        ask_for_review=[decided(machine, "accepted", emergency=True)],
        push=[REFUSED, IN_PORTAL],
        route=[officer, WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *TAKEN_UP, *reviewed, *RAISED, *FORWARDED]
    assert ended.status == "SUCCEEDED"
