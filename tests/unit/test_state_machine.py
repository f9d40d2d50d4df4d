"""The state machine's definition, without running it: nothing unreachable, unguarded or leaking."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from functions.domain.review import EMERGENCY_REVIEW
from infra.template import load_fragment
from local.layout import PROJECT
from tests.workflow.definition import State, load, scopes, states, targets

DEFINITION = load()
STATES = dict(states(DEFINITION))
TASKS = [name for name, state in STATES.items() if state["Type"] == "Task"]
WAITING = [name for name in TASKS if STATES[name]["Resource"].endswith(".waitForTaskToken")]
AT_ONCE = [name for name in TASKS if name not in WAITING]
ENDS = {"Succeed", "Fail"}

# All that may go into a payload: none of it is personal.
PAYLOAD = {
    "reference.$": "$.reference",
    "execution.$": "$$.Execution.Id",
    "task_token.$": "$$.Task.Token",
    "attempt.$": "$.push.attempt",
}
THROTTLED = {
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.SdkClientException",
    "Lambda.Unknown",
}


def _of_type(kind: str) -> Iterator[tuple[str, State]]:
    return ((name, state) for name, state in STATES.items() if state["Type"] == kind)


def _retrier(name: str, error: str) -> State:
    """The retrier that decides on an error: the first that names it."""
    retrier: State = next(entry for entry in STATES[name]["Retry"] if error in entry["ErrorEquals"])
    return retrier


def _timeouts_of_functions() -> dict[str, int]:
    """How long each function may run, by the name that the definition gives it."""
    config = json.loads((PROJECT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    functions = config["stages"]["app"]["lambda_functions"]
    return {
        name.title().replace("_", ""): own.get("lambda_timeout", config["lambda_timeout"])
        for name, own in functions.items()
    }


def _function(name: str) -> str:
    function: str = STATES[name]["Parameters"]["FunctionName"].strip("${}")
    return function


def test_names_are_unique_over_the_whole_machine() -> None:
    counted = Counter(name for name, _ in states(DEFINITION))
    assert [name for name, count in counted.items() if count > 1] == []
    assert max(map(len, counted)) <= 80, "a state's name has at most 80 characters"


@pytest.mark.parametrize("scope", list(scopes(DEFINITION)), ids=lambda scope: scope["StartAt"])
def test_every_state_is_reachable_and_every_target_exists(scope: State) -> None:
    reached: set[str] = set()
    ahead = [scope["StartAt"]]
    while ahead:
        name = ahead.pop()
        assert name in scope["States"], f"{name!r} is no state beside those that lead to it"
        if name not in reached:
            reached.add(name)
            ahead += targets(scope["States"][name])
    assert reached == scope["States"].keys()


@pytest.mark.parametrize("scope", list(scopes(DEFINITION)), ids=lambda scope: scope["StartAt"])
def test_every_state_leads_to_an_end(scope: State) -> None:
    ending = {name for name, state in scope["States"].items() if state["Type"] in ENDS or state.get("End")}
    while True:
        more = {name for name, state in scope["States"].items() if ending & set(targets(state))} - ending
        if not more:
            break
        ending |= more
    assert ending == scope["States"].keys()


@pytest.mark.parametrize("name", AT_ONCE)
def test_a_step_tries_again_when_lambda_throttles(name: str) -> None:
    retrier = STATES[name]["Retry"][0]
    assert set(retrier["ErrorEquals"]) >= THROTTLED
    assert retrier["MaxAttempts"] >= 10


@pytest.mark.parametrize("name", TASKS)
def test_a_task_tries_again_when_it_fails(name: str) -> None:
    assert _retrier(name, "States.TaskFailed")["MaxAttempts"] >= 5


@pytest.mark.parametrize("name", TASKS)
def test_retries_back_off_with_jitter_and_a_bound(name: str) -> None:
    for retrier in STATES[name]["Retry"]:
        assert retrier["JitterStrategy"] == "FULL"
        assert retrier["BackoffRate"] > 1
        assert retrier["IntervalSeconds"] < retrier["MaxDelaySeconds"] <= 60


@pytest.mark.parametrize("name", AT_ONCE)
def test_a_step_that_does_not_answer_is_tried_again(name: str) -> None:
    # States.TaskFailed does not include it.
    assert _retrier(name, "States.Timeout")["MaxAttempts"] >= 5


@pytest.mark.parametrize("name", WAITING)
def test_an_execution_that_waits_in_vain_asks_the_record_anew(name: str) -> None:
    task = STATES[name]
    assert not any("States.Timeout" in retrier["ErrorEquals"] for retrier in task["Retry"])
    first = task["Catch"][0]
    assert first["ErrorEquals"] == ["States.Timeout"]
    # Inside a branch its own beginning asks the record, and the portal's circuit, just as well.
    beginnings = {DEFINITION["StartAt"], "First attempt at the portal with the emergency"}
    assert first["Next"] in beginnings


@pytest.mark.parametrize("name", TASKS)
def test_a_task_catches_everything_and_keeps_the_reference(name: str) -> None:
    catchers = STATES[name]["Catch"]
    assert catchers[-1]["ErrorEquals"] == ["States.ALL"]
    assert {catcher["ResultPath"] for catcher in catchers} == {"$.error"}


@pytest.mark.parametrize("name", TASKS)
def test_a_task_has_a_constant_time_out(name: str) -> None:
    task = STATES[name]
    assert type(task["TimeoutSeconds"]) is int
    assert not {"TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"} & task.keys()


@pytest.mark.parametrize("name", AT_ONCE)
def test_a_step_has_more_time_than_its_function(name: str) -> None:
    assert STATES[name]["TimeoutSeconds"] > _timeouts_of_functions()[_function(name)]


def test_an_emergency_waits_a_little_longer_than_the_clock_that_lets_it_go_ahead() -> None:
    waits = STATES["Validation of an emergency by the data analysts"]["TimeoutSeconds"]
    assert 0 < waits - EMERGENCY_REVIEW.total_seconds() <= 300


@pytest.mark.parametrize(("name", "choice"), list(_of_type("Choice")))
def test_a_choice_has_a_default(name: str, choice: State) -> None:
    assert choice.get("Default"), name


@pytest.mark.parametrize("name", TASKS)
def test_nothing_but_references_goes_to_a_function_or_a_queue(name: str) -> None:
    task = STATES[name]
    resource, to, content = (
        ("sqs:sendMessage.waitForTaskToken", "QueueUrl", "MessageBody")
        if name in WAITING
        else ("lambda:invoke", "FunctionName", "Payload")
    )
    assert task["Resource"] == f"arn:aws:states:::{resource}"
    assert task["Parameters"].keys() == {to, content}
    assert task["Parameters"][content].items() <= PAYLOAD.items()
    assert not {"InputPath", "OutputPath", "Assign", "Arguments"} & task.keys()


@pytest.mark.parametrize("name", AT_ONCE)
def test_nothing_but_outcomes_comes_back_from_a_function(name: str) -> None:
    selected = STATES[name]["ResultSelector"]
    assert selected == {f"{key}.$": f"$.Payload.{key}" for key in (path[:-2] for path in selected)}
    assert selected.keys() <= {"outcome.$", "attempt.$", "wait_seconds.$"}


@pytest.mark.parametrize("name", WAITING)
def test_a_waiting_step_hands_its_token_over(name: str) -> None:
    # By a queue: it keeps what a function that is busy or broken would lose.
    assert STATES[name]["Parameters"]["MessageBody"]["task_token.$"] == "$$.Task.Token"


def test_the_reference_outlives_every_state_of_the_machine() -> None:
    replacing = [
        name
        for name, state in DEFINITION["States"].items()
        if state["Type"] in {"Task", "Pass", "Parallel"} and not state.get("ResultPath", "$").startswith("$.")
    ]
    assert replacing == []


def test_no_branch_can_end_the_other() -> None:
    # A Fail, or an error that nobody catches, would stop the branch beside it: the officer would not be told
    # because the portal is out.
    for _, parallel in _of_type("Parallel"):
        for branch in parallel["Branches"]:
            assert not [name for name, state in states(branch) if state["Type"] == "Fail"]


@pytest.mark.parametrize(("name", "fail"), list(_of_type("Fail")))
def test_a_failure_tells_in_words_what_to_do(name: str, fail: State) -> None:
    assert fail["Error"].isalpha(), name
    told = fail.get("Cause") or fail["CausePath"]
    assert re.search(r"upload officers.csv|see the logs? of", told), name
    assert "starts the record again" in told


def test_the_template_fills_every_function_in_and_may_invoke_each() -> None:
    resources: dict[str, Any] = load_fragment(PROJECT / "infra" / "workflow.yaml")["Resources"]
    filled = resources["GrievanceStateMachine"]["Properties"]["DefinitionSubstitutions"]
    functions = {_function(name) for name in AT_ONCE}
    queues = {STATES[name]["Parameters"]["QueueUrl"].strip("${}") for name in WAITING}
    assert filled.keys() == functions | queues
    statements = resources["GrievanceRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    invoking = next(entry for entry in statements if entry["Action"] == "lambda:InvokeFunction")
    assert sorted(map(str, invoking["Resource"])) == sorted(str(filled[name]) for name in functions)
    (sending,) = (entry for entry in statements if entry["Action"] == "sqs:SendMessage")
    assert {resource["Fn::GetAtt"][0] for resource in sending["Resource"]} == queues
