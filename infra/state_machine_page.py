"""Draws the state machine: the page ``docs/state-machine.md``, from ``statemachines/grievance.asl.json``.

Run it with ``python -m infra.state_machine_page``; with ``--check`` it only tells whether the page is fresh.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

State = dict[str, Any]

PROJECT = Path(__file__).resolve().parent.parent
DEFINITION = PROJECT / "statemachines" / "grievance.asl.json"
PAGE = PROJECT / "docs" / "state-machine.md"

_PAGE = """\
# The state machine

{comment}

<!-- Drawn by `python -m infra.state_machine_page` from `statemachines/grievance.asl.json`: do not edit. -->

```mermaid
{diagram}
```

A box is a step, with the function that does it and the time that it has. A rhombus is a choice: an edge's
words are the outcome that leads along it, and *otherwise* is every other outcome. A dotted edge is taken when
a step has failed after all its retries, or when its time is up. A hexagon waits. Branches in one frame run
side by side.
"""
_SHAPES: Mapping[str, tuple[str, str]] = {
    "Task": ("[", "]"),
    "Choice": ("{", "}"),
    "Wait": ("{{", "}}"),
    "Pass": ("(", ")"),
    "Succeed": ("([", "])"),
    "Fail": ("[[", "]]"),
}
_STYLES = (
    "classDef succeed fill:#e3f4e3,stroke:#2e7d32,color:#1b1b1b",
    "classDef fail fill:#fde4e4,stroke:#b3261e,color:#1b1b1b",
    "classDef wait stroke-dasharray:4 3",
)
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_CAUGHT = {"States.ALL": "fails", "States.Timeout": "time is up"}


def page(definition: State) -> str:
    """The page that shows a state machine.

    Args:
        definition: In Amazon States Language, with JSONPath.
    """
    return _PAGE.format(comment=definition["Comment"], diagram=diagram(definition))


def diagram(definition: State) -> str:
    """A state machine as a Mermaid flowchart."""
    ids = {name: f"s{number}" for number, name in enumerate(_names(definition), start=1)}
    lines = ["flowchart TD", "  start(( )) --> " + ids[definition["StartAt"]]]
    lines += ["  " + line for line in _scope(definition, ids)]
    lines += ["  " + style for style in _STYLES]
    return "\n".join(lines)


def _names(scope: State) -> Iterator[str]:
    for name, state in scope["States"].items():
        yield name
        for branch in state.get("Branches", ()):
            yield from _names(branch)


def _scope(scope: State, ids: Mapping[str, str]) -> Iterator[str]:
    for name, state in scope["States"].items():
        yield from _node(name, state, ids)
    for name, state in scope["States"].items():
        for line, words, target in _edges(state):
            yield f"{ids[name]} {line}{_words(words)} {ids[target]}"


def _node(name: str, state: State, ids: Mapping[str, str]) -> Iterator[str]:
    kind = state["Type"]
    if kind == "Parallel":
        yield f"subgraph {ids[name]}[{_quoted(name)}]"
        for number, branch in enumerate(state["Branches"], start=1):
            yield f"  subgraph {ids[name]}b{number}[{_quoted(f'branch {number}')}]"
            yield from ("    " + line for line in _scope(branch, ids))
            yield "  end"
        yield "end"
        return
    opening, closing = _SHAPES[kind]
    styled = f":::{kind.lower()}" if kind in {"Succeed", "Fail", "Wait"} else ""
    yield ids[name] + opening + _quoted("<br/>".join((name, *_notes(state)))) + closing + styled


def _notes(state: State) -> Iterator[str]:
    """What stands under a step's name: who does it, and how long it may take."""
    if state["Type"] != "Task":
        return
    parameters = state["Parameters"]
    function = str(parameters.get("FunctionName") or parameters["QueueUrl"]).strip("${}")
    waits = "waits up to " if state["Resource"].endswith(".waitForTaskToken") else ""
    yield f"({function}, {waits}{_duration(state['TimeoutSeconds'])})"


def _duration(seconds: int) -> str:
    length, unit = next((length, unit) for length, unit in _UNITS if seconds % length == 0)
    count = seconds // length
    return f"{count} {unit}{'s' if count > 1 else ''}"


def _edges(state: State) -> Iterator[tuple[str, str, str]]:
    """The lines that leave a state: how they are drawn, their words, and where they lead."""
    labels: dict[str, list[str]] = {}
    for rule in state.get("Choices", ()):
        labels.setdefault(rule["Next"], []).append(_condition(rule))
    if "Default" in state:
        labels.setdefault(state["Default"], []).append("otherwise")
    yield from (("-->", ", or ".join(words), target) for target, words in labels.items())
    if "Next" in state:
        yield "-->", "", state["Next"]
    for caught in state.get("Catch", ()):
        yield "-.->", ", ".join(_CAUGHT.get(error, error) for error in caught["ErrorEquals"]), caught["Next"]


def _condition(rule: State) -> str:
    for word in ("And", "Or"):
        if word in rule:
            return f" {word.lower()} ".join(_condition(part) for part in rule[word])
    variable: str = rule["Variable"]
    if "BooleanEquals" in rule:
        return ("" if rule["BooleanEquals"] else "not ") + variable.rpartition(".")[2]
    # The outcomes of branches that ran side by side stand in a list.
    branch = re.search(r"\[(\d+)\]", variable)
    outcome: str = rule["StringEquals"]
    return f"branch {int(branch[1]) + 1}: {outcome}" if branch else outcome


def _words(words: str) -> str:
    return f"|{_quoted(words)}|" if words else ""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "#quot;") + '"'


def main(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, fail when the page is stale.")
    ] = False,
) -> None:
    """Draws the state machine."""
    drawn = page(json.loads(DEFINITION.read_text(encoding="utf-8")))
    if not check:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(drawn, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
        typer.echo(f"{PAGE.relative_to(PROJECT)} is stale: run python -m infra.state_machine_page", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
