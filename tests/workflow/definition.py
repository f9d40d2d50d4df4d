"""The state machine's definition, read as data."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from local.layout import PROJECT

State = dict[str, Any]


def load() -> State:
    """The definition as it is deployed, its substitutions still open."""
    definition: State = json.loads(
        (PROJECT / "statemachines" / "grievance.asl.json").read_text(encoding="utf-8")
    )
    return definition


def scopes(scope: State) -> Iterator[State]:
    """The machine itself, and each branch in it: what has a ``StartAt`` and ``States``."""
    yield scope
    for state in scope["States"].values():
        for branch in state.get("Branches", ()):
            yield from scopes(branch)


def states(scope: State) -> Iterator[tuple[str, State]]:
    """All states by name, also those inside branches."""
    for part in scopes(scope):
        yield from part["States"].items()


def targets(state: State) -> Iterator[str]:
    """Where a state can lead."""
    for leading in (state, *state.get("Choices", ()), *state.get("Catch", ())):
        if "Next" in leading:
            yield leading["Next"]
    if "Default" in state:
        yield state["Default"]


def chosen(choice: State, data: Mapping[str, Any]) -> str:
    """Where a Choice leads with that data."""
    for rule in choice["Choices"]:
        if _holds(rule, data):
            following: str = rule["Next"]
            return following
    default: str = choice["Default"]
    return default


def _holds(rule: State, data: Mapping[str, Any]) -> bool:
    if "And" in rule:
        return all(_holds(part, data) for part in rule["And"])
    if "Or" in rule:
        return any(_holds(part, data) for part in rule["Or"])
    value = at(rule["Variable"], data)
    return bool(value == rule["StringEquals"] if "StringEquals" in rule else value is rule["BooleanEquals"])


def at(path: str, data: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """What stands at a JSONPath of the plain kind, ``$.raised[0].outcome``; what is missing is an error."""
    for part in path.replace("[", ".[").split(".")[1:]:
        data = data[int(part[1:-1])] if part.startswith("[") else data[part]
    return data
