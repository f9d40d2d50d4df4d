"""From the beginning to the end."""

import pytest

from tests.workflow.machine import Machine
from tests.workflow.paths.answers import IN_PORTAL, WAITS, WITH_OFFICER, decided, stands
from tests.workflow.paths.deployed import DEFINITION
from tests.workflow.paths.states import (
    EMERGENCY_REVIEWED,
    FORWARDED,
    PUSHED,
    RAISED,
    REVIEWED,
    ROUTED,
    TAKEN_UP,
)


def test_an_ordinary_grievance_is_validated_pushed_and_routed(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("review")],
        ask_for_review=[WAITS],
        push=[IN_PORTAL],
        route=[WITH_OFFICER],
    )
    run.decide("accepted")
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *REVIEWED, *PUSHED, *ROUTED, *FORWARDED]
    assert ended.status == "SUCCEEDED"
    assert ended.output == {
        "reference": run.reference,
        "standing": {"outcome": "review"},
        "decision": {"outcome": "accepted", "emergency": False},
        "push": {"outcome": "pushed", "attempt": 0, "wait_seconds": 0},
        "routing": {"outcome": "routed"},
    }


def test_functions_and_the_queue_are_told_references_and_nothing_else(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("review")],
        ask_for_review=[decided(machine, "accepted")],
        push=[IN_PORTAL],
        route=[WITH_OFFICER],
    )
    assert run.end().status == "SUCCEEDED"
    (asked,) = run.play.called("ask_for_review")
    assert [(call.function, call.event) for call in run.play.calls] == [
        ("take_up", {"reference": run.reference, "execution": run.arn}),
        ("ask_for_review", {"reference": run.reference, "task_token": asked["task_token"]}),
        ("push", {"reference": run.reference, "attempt": 0}),
        ("route", {"reference": run.reference}),
    ]


@pytest.mark.parametrize(
    ("outcome", "end"), [("rejected", "Rejected"), ("duplicate", "Marked as a duplicate")]
)
@pytest.mark.parametrize("review", ["review", "review_emergency"])
def test_what_the_analysts_turn_down_goes_no_further(
    machine: Machine, review: str, outcome: str, end: str
) -> None:
    emergency = review == "review_emergency"
    run = machine.start(
        DEFINITION,
        take_up=[stands(review)],
        ask_for_review=[decided(machine, outcome, emergency=emergency)],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *(EMERGENCY_REVIEWED if emergency else REVIEWED), end]
    assert ended.status == "SUCCEEDED"


def test_a_decision_that_the_record_has_left_behind_asks_the_record_anew(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("review"), stands("finished")],
        ask_for_review=[decided(machine, "forwarded")],
    )
    assert run.end().entered == [*TAKEN_UP, *REVIEWED, *TAKEN_UP, "Nothing left to do"]


def test_an_emergency_is_raised_and_pushed(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("review_emergency")],
        ask_for_review=[WAITS],
        push=[IN_PORTAL],
        route=[WITH_OFFICER],
    )
    run.decide("accepted", emergency=True)
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *EMERGENCY_REVIEWED, *RAISED, *FORWARDED]
    assert ended.status == "SUCCEEDED"
    assert ended.output["raised"] == [{"outcome": "routed"}, {"outcome": "pushed"}]
    assert run.play.called("push") == [{"reference": run.reference, "attempt": 0}]
    assert run.play.called("route") == [{"reference": run.reference}]
