"""An execution that is started again goes on from where the record stands."""

import pytest

from tests.workflow.machine import Line, Machine
from tests.workflow.paths.answers import IN_PORTAL, WITH_OFFICER, decided, stands
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
