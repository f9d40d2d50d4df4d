"""What breaks is tried again, and fails the execution in words when it stays broken."""

from copy import deepcopy

import pytest

from local.waiting import wait_until
from tests.workflow.definition import State
from tests.workflow.machine import Answer, Event, Fails, Line, Machine, Play, Run
from tests.workflow.paths.answers import (
    FAILS_THROUGHOUT,
    IN_PORTAL,
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
    FAILED,
    FORWARDED,
    PUSHED,
    PUSHED_AGAIN,
    RAISED,
    REVIEWED,
    ROUTED,
    TAKEN_UP,
)


def without_queue(state: str) -> State:
    """The definition with a queue that is not there."""
    definition = deepcopy(DEFINITION)
    definition["States"][state]["Parameters"]["QueueUrl"] += "-gone"
    return definition


FAILING: dict[str, tuple[dict[str, list[Line]], list[str]]] = {
    "take up": ({"take_up": FAILS_THROUGHOUT}, TAKEN_UP[:1]),
    "push": ({"take_up": [stands("push")], "push": FAILS_THROUGHOUT}, [*TAKEN_UP, *PUSHED[:-1]]),
    "route": ({"take_up": [stands("route")], "route": FAILS_THROUGHOUT}, [*TAKEN_UP, *ROUTED[:-1]]),
    # The branch beside the one that fails is not given up.
    "route of an emergency": (
        {
            "take_up": [stands("raise_emergency")],
            "push": [try_later(1), IN_PORTAL],
            "route": FAILS_THROUGHOUT,
        },
        [*TAKEN_UP, *RAISED],
    ),
    "push of an emergency": (
        {"take_up": [stands("raise_emergency")], "push": FAILS_THROUGHOUT, "route": [WITH_OFFICER]},
        [*TAKEN_UP, *RAISED],
    ),
}


@pytest.fixture(scope="module")
def failing(machine: Machine) -> dict[str, Run]:
    """Executions of which a step fails throughout, all at once: each failure costs the emulator a process."""
    return {step: machine.start(DEFINITION, **lines) for step, (lines, _) in FAILING.items()}


@pytest.mark.parametrize("step", FAILING)
def test_a_step_that_fails_throughout_fails_the_execution_in_words(
    failing: dict[str, Run], step: str
) -> None:
    ended = failing[step].end()
    failed = ["A step of the emergency failed"] if "of an emergency" in step else FAILED
    assert ended.entered == [*FAILING[step][1], *failed]
    assert (ended.status, ended.error) == ("FAILED", "StepFailed")
    assert ended.cause is not None
    assert "see the log" in ended.cause
    # In words, and with the reason; what the exception said stays in the function's log.
    assert ("of the emergency" in ended.cause) == ("of an emergency" in step)
    assert "of the emergency" in ended.cause or "at last with " in ended.cause
    assert "was not to be called" not in ended.cause


@pytest.mark.parametrize(
    ("standing", "waits"), [("review", REVIEWED[:1]), ("review_emergency", EMERGENCY_REVIEWED[:1])]
)
def test_a_queue_that_takes_no_question_fails_the_execution_in_words(
    machine: Machine, standing: str, waits: list[str]
) -> None:
    # It ends, where otherwise it would wait a week for an answer to what nobody was asked.
    ended = machine.start(without_queue(waits[0]), take_up=[stands(standing)]).end()
    assert ended.entered == [*TAKEN_UP, *waits, *FAILED]
    assert (ended.status, ended.error) == ("FAILED", "StepFailed")


def test_a_question_that_could_not_be_put_is_read_again_and_answered(machine: Machine) -> None:
    # The queue brings a message again until whoever reads it has put the record before the analysts.
    run = machine.start(
        DEFINITION,
        take_up=[stands("review")],
        ask_for_review=[Fails, decided(machine, "rejected")],
    )
    assert run.end().entered == [*TAKEN_UP, *REVIEWED, "Rejected"]
    first, second = run.play.called("ask_for_review")
    assert first == second, "it is the same wait, not another"


def test_a_step_that_fails_twice_is_tried_until_it_does_not(machine: Machine) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[Fails, Fails, stands("push")],
        push=[Fails, Fails, try_later(1), Fails, IN_PORTAL],
        route=[Fails, Fails, WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *PUSHED, *PUSHED_AGAIN, *ROUTED, *FORWARDED]
    assert ended.status == "SUCCEEDED"
    assert attempts(run) == [0, 0, 0, 1, 1], "a failure is no attempt at the portal"


@pytest.mark.parametrize(
    ("standing", "waited", "following", "path"),
    [
        # Nobody decided, so the analysts are asked again, with a token of this wait.
        ("review", REVIEWED[:1], "review", [*REVIEWED, *PUSHED, *ROUTED]),
        # An emergency goes ahead, should even the clock of fifteen minutes have failed.
        ("review_emergency", EMERGENCY_REVIEWED[:1], "raise_emergency", RAISED),
    ],
)
def test_an_execution_that_waits_in_vain_asks_the_record_anew(
    machine: Machine, standing: str, waited: list[str], following: str, path: list[str]
) -> None:
    # The time-out is patched, for this test alone.
    run = machine.start(
        hurried(waited[0], 1),
        take_up=[stands(standing), stands(following)],
        ask_for_review=[WAITS, *([decided(machine, "accepted")] if following == "review" else [])],
        push=[IN_PORTAL],
        route=[WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *waited, *TAKEN_UP, *path, *FORWARDED]
    assert ended.status == "SUCCEEDED"
    assert ended.output["error"]["Error"] == "States.Timeout"


def test_a_step_that_does_not_answer_is_tried_again(machine: Machine) -> None:
    def answers_too_late(play: Play, _: Event) -> Answer:
        wait_until(lambda: len(play.called("push")) > 1, 10, 0.01)
        return REFUSED

    # The time-out is patched, for this test alone.
    run = machine.start(
        hurried(PUSHED[1], 2),
        take_up=[stands("push")],
        push=[answers_too_late, IN_PORTAL],
        route=[WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *PUSHED, *ROUTED, *FORWARDED]
    assert ended.status == "SUCCEEDED"
