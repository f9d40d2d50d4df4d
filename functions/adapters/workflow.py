"""Step Functions: the execution that carries a grievance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unavailable_when_out

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

_WAITS_NO_MORE = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class StepFunctions:
    """Fills the ``Workflow`` port."""

    def __init__(self, client: SFNClient, state_machine_arn: str) -> None:
        self._client = client
        self._state_machine_arn = state_machine_arn

    def resume(self, task_token: str, outcome: Mapping[str, object]) -> bool:
        """See ``ports.Workflow.resume``."""
        try:
            with unavailable_when_out("workflow"):
                self._client.send_task_success(taskToken=task_token, output=json.dumps(outcome))
        except ClientError as error:
            if code_of(error) not in _WAITS_NO_MORE:
                raise
            return False
        return True

    def is_running(self, execution: str) -> bool:
        """See ``ports.Workflow.is_running``."""
        try:
            with unavailable_when_out("workflow"):
                return self._client.describe_execution(executionArn=execution)["status"] == "RUNNING"
        except ClientError as error:
            if code_of(error) != "ExecutionDoesNotExist":
                raise
            return False

    def start(self, reference: str, name: str) -> None:
        """See ``ports.Workflow.start``."""
        try:
            with unavailable_when_out("workflow"):
                self._client.start_execution(
                    stateMachineArn=self._state_machine_arn,
                    name=name,
                    input=json.dumps({"reference": reference}),
                )
        except ClientError as error:
            if code_of(error) != "ExecutionAlreadyExists":
                raise
