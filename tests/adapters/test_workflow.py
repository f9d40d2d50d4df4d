"""The state machine: an execution that waits no more is no error, nor is one that exists already."""

import json
from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from functions.adapters.workflow import StepFunctions
from functions.domain.errors import Unavailable
from tests.adapters.conftest import client

ARN = "arn:aws:states:ap-south-1:123456789012:stateMachine:ssm-test-grievance"
REFERENCE = "SSM-4821-903-7717"
STARTED = {"executionArn": ARN + ":x", "startDate": "2026-11-24T04:45:00Z"}
OUTCOME = {"outcome": "accepted", "emergency": True}


class Service:
    """Step Functions whose answers are written down."""

    def __init__(self) -> None:
        made = client("stepfunctions")
        self.stub = Stubber(made)
        self.workflow = StepFunctions(made, ARN)

    def refuse(self, method: str, code: str) -> None:
        """Lets the next call fail."""
        self.stub.add_client_error(method, service_error_code=code)


@pytest.fixture
def service(_aws: None) -> Iterator[Service]:
    made = Service()
    with made.stub:
        yield made
        made.stub.assert_no_pending_responses()


def test_an_execution_that_waits_is_answered(service: Service) -> None:
    service.stub.add_response("send_task_success", {}, {"taskToken": "token", "output": json.dumps(OUTCOME)})
    assert service.workflow.resume("token", OUTCOME) is True


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_one_that_waits_no_more_is_told_apart(service: Service, code: str) -> None:
    service.refuse("send_task_success", code)
    assert service.workflow.resume("token", OUTCOME) is False


def test_an_outage_is_not_taken_for_a_dead_token(service: Service) -> None:
    service.refuse("send_task_success", "ThrottlingException")
    with pytest.raises(Unavailable, match="workflow"):
        service.workflow.resume("token", OUTCOME)


def test_a_fault_of_ours_is_neither(service: Service) -> None:
    service.refuse("send_task_success", "AccessDeniedException")
    with pytest.raises(ClientError):
        service.workflow.resume("token", OUTCOME)


def test_an_execution_is_started_with_the_reference_alone(service: Service) -> None:
    service.stub.add_response(
        "start_execution",
        STARTED,
        {"stateMachineArn": ARN, "name": f"{REFERENCE}-7", "input": json.dumps({"reference": REFERENCE})},
    )
    service.workflow.start(REFERENCE, f"{REFERENCE}-7")


def test_one_of_that_name_that_exists_is_as_good(service: Service) -> None:
    service.refuse("start_execution", "ExecutionAlreadyExists")
    service.workflow.start(REFERENCE, f"{REFERENCE}-7")


def test_a_start_that_is_throttled_is_an_outage(service: Service) -> None:
    service.refuse("start_execution", "ThrottlingException")
    with pytest.raises(Unavailable, match="workflow"):
        service.workflow.start(REFERENCE, f"{REFERENCE}-7")
    service.refuse("start_execution", "StateMachineDoesNotExist")
    with pytest.raises(ClientError):
        service.workflow.start(REFERENCE, f"{REFERENCE}-7")
