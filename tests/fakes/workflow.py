"""The state machine."""

from __future__ import annotations

from collections.abc import Mapping

from functions.domain.errors import Unavailable


class FakeWorkflow:
    """The state machine: who waits, who was answered, who was started.

    Attributes:
        waiting: tokens of executions that wait; every other token is dead.
        running: executions that run, by ARN.
        is_out: whether it answers nobody.
    """

    def __init__(self) -> None:
        self.waiting: set[str] = set()
        self.running: set[str] = set()
        self.resumed: list[tuple[str, Mapping[str, object]]] = []
        self.started: dict[str, str] = {}
        self.is_out = False

    def resume(self, task_token: str, outcome: Mapping[str, object]) -> bool:
        """See ``ports.Workflow.resume``."""
        if self.is_out:
            raise Unavailable("workflow")
        if task_token not in self.waiting:
            return False
        self.waiting.remove(task_token)
        self.resumed.append((task_token, outcome))
        return True

    def is_running(self, execution: str) -> bool:
        """See ``ports.Workflow.is_running``."""
        return execution in self.running

    def start(self, reference: str, name: str) -> None:
        """See ``ports.Workflow.start``."""
        if self.is_out:
            raise Unavailable("workflow")
        self.started.setdefault(name, reference)
