"""The page that shows the state machine is what the definition says, and says all of it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer

from infra import state_machine_page

DEFINITION: dict[str, Any] = json.loads(state_machine_page.DEFINITION.read_text(encoding="utf-8"))
MINUTE = 60


def test_the_committed_page_is_fresh() -> None:
    state_machine_page.main(check=True)


def test_a_stale_page_fails_the_check_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "state-machine.md"
    monkeypatch.setattr(state_machine_page, "PROJECT", tmp_path)
    monkeypatch.setattr(state_machine_page, "PAGE", page)
    with pytest.raises(typer.Exit):
        state_machine_page.main(check=True)
    assert not page.exists()
    state_machine_page.main()
    state_machine_page.main(check=True)
    page.write_text("stale")
    with pytest.raises(typer.Exit):
        state_machine_page.main(check=True)
    assert page.read_text() == "stale"
    assert "docs/state-machine.md is stale: run python -m infra.state_machine_page" in capsys.readouterr().err


def test_each_state_is_drawn_once_and_each_edge_joins_two_of_them() -> None:
    drawn = state_machine_page.diagram(DEFINITION)
    nodes = re.findall(r'^ *(?:subgraph )?(s\d+)[\[({]+"([^"]+?)(?:<br/>[^"]*)?"', drawn, re.MULTILINE)
    assert sorted(name for _, name in nodes) == sorted(state_machine_page._names(DEFINITION))
    ids = {node for node, _ in nodes}
    assert len(ids) == len(nodes)
    edges = re.findall(r'^ *(\w+)(?:\(\( \)\))? (?:-->|-\.->)(?:\|"[^"]+"\|)? (\w+)$', drawn, re.MULTILINE)
    assert len(edges) == drawn.count("->")
    assert {node for edge in edges for node in edge} - {"start"} <= ids


def test_a_choice_a_wait_and_a_step_say_what_they_do() -> None:
    drawn = state_machine_page.diagram(DEFINITION)
    assert '"Validation by the data analysts<br/>(Reviews, waits up to 7 days)"' in drawn
    assert '"Take up the grievance<br/>(TakeUp, 1 minute)"' in drawn
    assert '-->|"accepted and emergency"|' in drawn
    assert '-->|"branch 1: failed or branch 2: failed"|' in drawn
    assert '-.->|"time is up"|' in drawn


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (90, "90 seconds"),
        (MINUTE, "1 minute"),
        (17 * MINUTE, "17 minutes"),
        (7200, "2 hours"),
    ],
)
def test_a_duration_is_told_in_the_largest_unit_that_leaves_no_rest(seconds: int, words: str) -> None:
    assert state_machine_page._duration(seconds) == words


def test_a_quotation_mark_does_not_end_a_name() -> None:
    definition = {"StartAt": 'A "name"', "States": {'A "name"': {"Type": "Succeed"}}}
    assert 's1(["A #quot;name#quot;"]):::succeed' in state_machine_page.diagram(definition)
