"""Deploys the service to the emulator by the template that goes to AWS, and says what is where."""

from __future__ import annotations

import contextlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from functions.observability import PROBE
from infra.deploy import DeployError, Deployment, deploy
from local.aws import REGION
from local.errors import LocalStackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.build import Bundle
    from local.aws import Emulator

STACK = "ssm-local"
ARTIFACTS = "ssm-local-artifacts"
ALARMS = "ssm-local-alarms"
SENDER = "grievance-cell@ssm.wb.example"
# Processes per function, each of some 55 MB: together with the API's they stay within the stack's 1.5 GB.
WORKER_CAP = 1
_BUSY = {"take_up": 2, "push": 2, "notify": 2, "sla_timer": 2}

# The relay looks through six hours at once: this is a year.
_SLICES = 1500

_PROBES_AT_ONCE = 3
_NOT_PUBLISHED = "what the stream lost cannot be published again"

_API_HANDLER = "APIHandler"
_API_NAME = "api"
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Deployed:
    """What the deployed stack consists of.

    Attributes:
        upstream: The emulator's own address of the API and its stage.
        table: The table's name.
        registry_bucket: The bucket that administrators upload to.
        state_machines: ARNs of the state machines by short name.
        functions: Names of the Lambda functions by short name.
    """

    upstream: str
    table: str
    registry_bucket: str
    state_machines: dict[str, str]
    functions: dict[str, str]


def deploy_locally(emulator: Emulator, bundle: Bundle, parameters: Mapping[str, str]) -> Deployed:
    """Makes the emulator's stack what the bundle says.

    Args:
        emulator: Where to.
        bundle: What was built for this machine.
        parameters: Template parameters of this run.

    Returns:
        What is where.

    Raises:
        LocalStackError: The stack could not be made so.
    """
    _ensure_bucket(emulator)
    # On AWS it is the administrators' own; who is subscribed here sees what they would be told.
    parameters = {**parameters, "AlarmTopicArn": emulator.topics.create_topic(Name=ALARMS)["TopicArn"]}
    try:
        if _is_deployed(emulator):
            # After a restart the stream begins anew, while its readers keep the position that they had: they
            # would skip as many records. So they are taken away, and made again below.
            _deploy(emulator, bundle, parameters, streams="off")
            _publish_lost(emulator)
        outputs = _deploy(emulator, bundle, parameters, streams="on")
    except DeployError as error:
        raise LocalStackError(str(error)) from error
    functions = _functions(emulator)
    _cap_workers(emulator, functions)
    _ensure_sender(emulator)
    _probe(emulator, functions)
    return Deployed(
        upstream=_upstream(emulator, outputs),
        table=outputs["Table"],
        registry_bucket=outputs["RegistryBucket"],
        state_machines={"grievance": outputs["GrievanceStateMachineArn"]},
        functions=functions,
    )


def _deploy(
    emulator: Emulator, bundle: Bundle, parameters: Mapping[str, str], *, streams: str
) -> dict[str, str]:
    deployment = Deployment(
        stack_name=STACK,
        bucket=ARTIFACTS,
        parameters={**parameters, "StreamMapping": streams},
        patience=120,
        interval=0.05,
        # The emulator sees no change where only a condition comes out differently; a tag it does see.
        tags={"StreamMapping": streams},
    )
    return deploy(bundle, deployment, emulator.s3, emulator.cloudformation)


def _probe(emulator: Emulator, functions: Mapping[str, str]) -> None:
    """Asks each function whether it loads; it is warm then, and the first caller does not wait for it."""

    def ask(name: str) -> None:
        # One that is at its cap is at work already, with what was left from before the restart.
        with contextlib.suppress(emulator.functions.exceptions.TooManyRequestsException):
            _invoke(emulator, name, PROBE, f"{name} does not load")

    with ThreadPoolExecutor(max_workers=_PROBES_AT_ONCE) as pool:
        list(pool.map(ask, (name for short, name in functions.items() if short != _API_NAME)))


def _invoke(emulator: Emulator, name: str, event: object, failed: str) -> dict[str, Any]:
    answer = emulator.functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    payload: dict[str, Any] = json.loads(answer["Payload"].read())
    if answer.get("FunctionError"):
        raise LocalStackError(f"{failed}: {payload}")
    return payload


def _publish_lost(emulator: Emulator) -> None:
    """Has published what stood in the stream, unread, when the emulator was stopped: it forgets that."""
    function = _functions(emulator)["republish"]
    for _ in range(_SLICES):
        if not _invoke(emulator, function, {"at_once": True}, _NOT_PUBLISHED)["behind"]:
            return
    raise LocalStackError(f"{_NOT_PUBLISHED}: there is too much of it")


def _is_deployed(emulator: Emulator) -> bool:
    try:
        return bool(emulator.cloudformation.describe_stacks(StackName=STACK)["Stacks"])
    except ClientError:
        return False


def _upstream(emulator: Emulator, outputs: Mapping[str, str]) -> str:
    address = urlsplit(outputs["EndpointURL"])
    api, stage = (address.hostname or "").partition(".")[0], address.path.strip("/")
    return f"{emulator.endpoint}/restapis/{api}/{stage}/_user_request_"


def _functions(emulator: Emulator) -> dict[str, str]:
    pages = emulator.cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
    names = {}
    for resource in (resource for page in pages for resource in page["StackResourceSummaries"]):
        if resource["ResourceType"] == "AWS::Lambda::Function":
            logical = resource["LogicalResourceId"]
            # Chalice makes SlaTimer of sla_timer, and calls the API's own handler APIHandler.
            short = _API_NAME if logical == _API_HANDLER else _WORD.sub("_", logical).lower()
            names[short] = resource["PhysicalResourceId"]
    return names


def _cap_workers(emulator: Emulator, functions: Mapping[str, str]) -> None:
    # Not by the template: AWS needs no cap, and the emulator's CloudFormation would not read it. The API is
    # capped by the gateway, which lets callers wait where the emulator would turn them away.
    for short, name in functions.items():
        if short != _API_NAME:
            emulator.functions.put_function_concurrency(
                FunctionName=name, ReservedConcurrentExecutions=_BUSY.get(short, WORKER_CAP)
            )


def _ensure_bucket(emulator: Emulator) -> None:
    try:
        emulator.s3.head_bucket(Bucket=ARTIFACTS)
    except ClientError:
        emulator.s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": REGION})


def _ensure_sender(emulator: Emulator) -> None:
    try:
        emulator.mail.get_email_identity(EmailIdentity=SENDER)
    except ClientError:
        emulator.mail.create_email_identity(EmailIdentity=SENDER)
