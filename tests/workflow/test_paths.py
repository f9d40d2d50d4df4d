"""The very definition at work on the emulator: which states an execution enters, and how it ends.

The functions are played; what their answers may be is held by ``tests/unit/test_step_outcomes.py``. The
emulator does not tell which states inside the emergency's branches were entered; the calls of the functions
do.
"""

from copy import deepcopy
from datetime import timedelta

import pytest

from local.waiting import wait_until
from tests.workflow.definition import State, load
from tests.workflow.machine import WAIT_SCALE, Answer, Event, Fails, Line, Machine, Play, Run, answer_token

DEFINITION = load()

TAKEN_UP = ["Take up the grievance", "Where does it stand?"]
REVIEWED = ["Validation by the data analysts", "What was decided?"]
EMERGENCY_REVIEWED = ["Validation of an emergency by the data analysts", "What was decided?"]
PUSHED = ["First attempt at the portal", "Push to the CMO Grievance Portal", "Did the portal take it?"]
PUSHED_AGAIN = ["Wait for the portal", *PUSHED[1:]]
ROUTED = ["Route to the nodal officer", "Was an officer found?"]
RAISED = [
    "Raise the emergency with the HoD and push it to the portal",
    "Was the emergency raised and pushed?",
]
FORWARDED, FAILED, NOBODY = ["Forwarded"], ["A step failed"], ["No officer holds the post"]

# Tried once, then again as often as the definition says.
FAILS_THROUGHOUT: list[Line] = [Fails] * 9
IN_PORTAL: Answer = {"outcome": "pushed", "wait_seconds": 0, "attempt": 0}
REFUSED: Answer = {"outcome": "refused", "wait_seconds": 0, "attempt": 0}
WITH_OFFICER: Answer = {"outcome": "routed"}
PORTAL_OUT: Answer = {"outcome": "portal_out", "wait_seconds": 0, "attempt": 0}
NO_OFFICER: Answer = {"outcome": "no_officer"}
WAITS: Answer = None


def stands(outcome: str) -> Answer:
    return {"outcome": outcome}


def try_later(attempt: int, seconds: int = 20) -> Answer:
    return {"outcome": "try_later", "wait_seconds": seconds, "attempt": attempt, "why": "status-503"}


def decided(machine: Machine, outcome: str, *, emergency: bool = False) -> Line:
    """The analysts were quicker than the question."""

    def answer(_: Play, event: Event) -> Answer:
        answer_token(machine.client, event, outcome, emergency=emergency)
        return WAITS

    return answer


def hurried(state: str, seconds: int) -> State:
    """The definition with a shorter time-out: the emulator scales none, and they are minutes to days."""
    definition = deepcopy(DEFINITION)
    definition["States"][state]["TimeoutSeconds"] = seconds
    return definition


def without_queue(state: str) -> State:
    """The definition with a queue that is not there."""
    definition = deepcopy(DEFINITION)
    definition["States"][state]["Parameters"]["QueueUrl"] += "-gone"
    return definition


def attempts(run: Run) -> list[int]:
    return [event["attempt"] for event in run.play.called("push")]


# --- From the beginning to the end


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


# --- The portal


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


PARKED = ["Wait until the portal is back"]


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


@pytest.mark.parametrize("officer", [WITH_OFFICER, NO_OFFICER])
def test_an_emergency_that_the_portal_refuses_is_reviewed_again(machine: Machine, officer: Answer) -> None:
    run = machine.start(
        DEFINITION,
        take_up=[stands("raise_emergency"), stands("review_emergency")],
        ask_for_review=[decided(machine, "accepted", emergency=True)],
        push=[REFUSED, IN_PORTAL],
        route=[officer, WITH_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *TAKEN_UP, *EMERGENCY_REVIEWED, *RAISED, *FORWARDED]
    assert ended.status == "SUCCEEDED"


# --- The officer


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
        route=[NO_OFFICER],
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *RAISED, *NOBODY]
    assert (ended.status, ended.error) == ("FAILED", "NoOfficer")


# --- Started again


@pytest.mark.parametrize(
    ("standing", "end"),
    [("elsewhere", "Another execution is in charge"), ("finished", "Nothing left to do")],
)
def test_an_execution_that_is_not_needed_ends_quietly(machine: Machine, standing: str, end: str) -> None:
    ended = machine.start(DEFINITION, take_up=[stands(standing)]).end()
    assert ended.entered == [*TAKEN_UP, end]
    assert ended.status == "SUCCEEDED"


@pytest.mark.parametrize(
    ("standing", "functions", "path"),
    [
        ("review", {"ask_for_review", "push", "route"}, [*REVIEWED, *PUSHED, *ROUTED]),
        ("review_emergency", {"ask_for_review", "push", "route"}, [*EMERGENCY_REVIEWED, *RAISED]),
        ("push", {"push", "route"}, [*PUSHED, *ROUTED]),
        ("route", {"route"}, ROUTED),
        ("raise_emergency", {"push", "route"}, RAISED),
    ],
)
def test_an_execution_goes_on_from_where_the_record_stands(
    machine: Machine, standing: str, functions: set[str], path: list[str]
) -> None:
    accepted = decided(machine, "accepted", emergency=standing == "review_emergency")
    lines: dict[str, list[Line]] = {
        "ask_for_review": [accepted],
        "push": [IN_PORTAL],
        "route": [WITH_OFFICER],
    }
    run = machine.start(
        DEFINITION,
        take_up=[stands(standing)],
        **{function: said for function, said in lines.items() if function in functions},
    )
    ended = run.end()
    assert ended.entered == [*TAKEN_UP, *path, *FORWARDED]
    assert ended.status == "SUCCEEDED"


# --- What breaks


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
