"""What the command says, how it ends, and the clients that it makes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner

from infra import redrive as module
from infra.redrive import INVOCATIONS, RULES, Outcome, report
from local.layout import PROJECT
from tests.adapters.redrive.letters import FORWARDED
from tests.adapters.redrive.place import DEAD_LETTERS, STACK, Place


def test_each_queue_is_told_and_that_nothing_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome("AlertDeadLetters", 3, 0, 0), Outcome(RULES, 1, 2, 0), Outcome(INVOCATIONS, 0, 1, 0)]
    assert report(iter(outcomes)) is True
    assert capsys.readouterr().out.splitlines() == [
        "AlertDeadLetters       3 found, 3 handed back, 0 left",
        (
            "RuleDeadLetters        3 found, 1 handed back, "
            "2 dropped (of a schedule, which brings another), 0 left"
        ),
        "InvocationDeadLetters  1 found, 0 handed back, 1 dropped (replaced by a later upload), 0 left",
    ]


def test_what_is_left_is_told_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(iter([Outcome(RULES, 0, 0, 2, {"the bus is out": 2})])) is False
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == [
        "RuleDeadLetters        2 found, 0 handed back, 2 left",
        "                       2 of them: the bus is out",
    ]
    assert "run this again" in printed[2]


@pytest.fixture
def command(place: Place, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[int, str]]:
    """Runs ``python -m infra.redrive``; its exit code and what it printed."""
    monkeypatch.setattr(module, "_clients", lambda _: place.clients)
    app = typer.Typer()
    app.command()(module.main)

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(app, ["--stack-name", STACK])
        return done.exit_code, done.output

    return run


def test_the_command_ends_well_when_nothing_is_left(
    place: Place, command: Callable[[], tuple[int, str]]
) -> None:
    place.put("AlertDeadLetters", FORWARDED)
    code, printed = command()
    assert code == 0
    assert printed.count("\n") == len(DEAD_LETTERS)


def test_the_command_fails_when_something_is_left(
    place: Place, command: Callable[[], tuple[int, str]]
) -> None:
    place.put(RULES, "no JSON")
    assert command()[0] == 1


def test_the_command_fails_in_words_when_it_cannot_work(
    place: Place, command: Callable[[], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.cloudformation.resources.clear()
    code, printed = command()
    assert code == 1
    assert printed.startswith("redrive: ssm-test has no AlertDeadLetters")
    assert "Traceback" not in printed
    # Nobody is signed in, or no region is set.
    monkeypatch.undo()
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    app = typer.Typer()
    app.command()(module.main)
    done = CliRunner().invoke(app, ["--stack-name", STACK])
    assert (done.exit_code, done.output) == (1, "redrive: You must specify a region.\n")


def test_the_clients_are_made_for_the_endpoint_and_wait_for_a_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")
    clients = module._clients("http://127.0.0.1:1")
    made = [clients.cloudformation, clients.sqs, clients.events, clients.functions, clients.storage]
    urls = [one.meta.endpoint_url for one in (*made, clients.topics) if one]
    assert urls == ["http://127.0.0.1:1"] * 6
    config = json.loads((PROJECT / ".chalice" / "config.json").read_text())["stages"]["app"]
    longest = config["lambda_functions"]["republish"]["lambda_timeout"]
    assert clients.functions.meta.config.read_timeout > longest  # type: ignore[attr-defined]  # the stubs lack it
