"""The definition as it is deployed, and in a hurry."""

from copy import deepcopy

from tests.workflow.definition import State, load

DEFINITION = load()


def hurried(state: str, seconds: int) -> State:
    """The definition with a shorter time-out: the emulator scales none, and they are minutes to days."""
    definition = deepcopy(DEFINITION)
    definition["States"][state]["TimeoutSeconds"] = seconds
    return definition
