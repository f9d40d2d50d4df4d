"""The stack as such: a second start is harmless, a failed one leaves nothing, it keeps to its memory."""

from __future__ import annotations

import json

import pytest

from local import stack as local_stack
from local.errors import LocalStackError
from local.layout import PROJECT, Layout
from local.processes import Processes
from local.stack import Stack
from local.state import StackState, read_state
from tests.stack.world import World

LAYOUT = Layout(root=PROJECT / ".local" / "tests")
MOST_MEMORY = 1.5 * 2**30


def test_a_second_start_changes_nothing(stack: StackState) -> None:
    said: list[str] = []

    again = Stack(LAYOUT, said.append).up(fresh=False)

    assert again == stack
    assert said == ["already up"]


def test_the_state_file_tells_clients_what_the_contract_names(stack: StackState) -> None:
    state = json.loads(LAYOUT.state_file.read_text(encoding="utf-8"))

    assert state.keys() >= {
        "api_url",
        "aws_endpoint",
        "region",
        "portal_url",
        "console_url",
        "webhook_secrets",
        "state_machine_arns",
        "functions",
        "table",
        "registry_bucket",
    }
    assert state["webhook_secrets"].keys() == {"call-centre", "portal", "field"}
    assert state["functions"]["sla_timer"] == stack.functions["sla_timer"]
    assert LAYOUT.state_file.stat().st_mode & 0o077 == 0, "it holds secrets"


def test_it_is_well_and_within_its_memory_with_every_function_at_work(world: World) -> None:
    for function in world.stack.functions:
        if function != "api":
            assert world.invoke(function, {"probe": True}) == {"ready": True}

    parts = Stack(LAYOUT, lambda _: None).parts()

    assert [part.name for part in parts if not part.healthy] == []
    assert sum(part.rss for part in parts) < MOST_MEMORY


def test_a_start_that_fails_says_why_and_leaves_nothing_running(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # GIVEN a deployment that cannot succeed, after emulator and portal were started
    layout = Layout(root=tmp_path_factory.mktemp("failing"))
    started: list[int] = []

    def fail(*_: object) -> None:
        started.extend(process.pid for process in Processes(layout).all if process.is_running())
        raise LocalStackError("the template is not to its liking")

    monkeypatch.setattr(local_stack, "deploy_locally", fail)
    running = Stack(layout, lambda _: None)

    with pytest.raises(LocalStackError, match="not to its liking"):
        running.up(fresh=True)

    assert len(started) == 2
    assert not any(process.is_running() for process in Processes(layout).all)
    assert read_state(layout) is None
    assert running.down() is False
