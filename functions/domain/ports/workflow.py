"""The state machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Workflow(Protocol):
    """The state machine."""

    def resume(self, task_token: str, outcome: Mapping[str, object]) -> bool:
        """Answers an execution that waits; False when it waits no more."""

    def is_running(self, execution: str) -> bool:
        """Whether an execution, by its ARN, still runs; False for one that nobody knows (any more)."""

    def start(self, reference: str, name: str) -> None:
        """Starts an execution for a record; one of that name that exists already is as good."""
