"""Deploys a built bundle as a CloudFormation stack, on AWS or on anything that answers as AWS does.

Run it with ``python -m infra.deploy --target aws --stack-name … --bucket … --parameter Name=Value …``.
"""

from __future__ import annotations

import hashlib
import json
import time  # noqa: TID251 - a command that waits for AWS, no part of the functions
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import boto3  # noqa: TID251 - a command, no part of the functions
import typer
from botocore.exceptions import BotoCoreError, ClientError

from infra.build import build
from infra.bundle import BuildError, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.literals import ChangeSetTypeType
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef
    from mypy_boto3_s3 import S3Client

    from infra.build import Bundle

_NOTHING_TO_DO = ("didn't contain changes", "No updates are to be performed")
_CANCELLED = ("Resource creation cancelled", "Resource update cancelled")
_NEVER_CREATED = frozenset({"REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE"})
_NOT_FOUND = frozenset({"404", "NoSuchKey", "NotFound"})


class DeployError(Exception):
    """The stack is not what the template says; the message tells which resources failed."""


@dataclass(frozen=True)
class Deployment:
    """What is deployed, and where to.

    Attributes:
        stack_name: The CloudFormation stack.
        bucket: The bucket that keeps zips and templates, each under the hash of its content.
        parameters: Values of template parameters; one that is left out keeps the value that it has.
        patience: Seconds to wait for the stack.
        interval: Seconds between two looks at it.
        tags: Tags for the stack and its resources.
    """

    stack_name: str
    bucket: str
    parameters: Mapping[str, str]
    patience: float = 1800
    interval: float = 3
    tags: Mapping[str, str] = field(default_factory=dict)


def deploy(
    bundle: Bundle, deployment: Deployment, s3: S3Client, cloudformation: CloudFormationClient
) -> dict[str, str]:
    """Uploads a bundle and makes the stack what its template says.

    Args:
        bundle: What `infra.build` built.
        deployment: Where to, and with which parameters.
        s3: A client for the artifacts.
        cloudformation: A client for the stack.

    Returns:
        The stack's outputs.

    Raises:
        DeployError: The stack could not be made so; nothing changed or it was rolled back.
    """
    template = package(bundle, deployment.bucket, s3)
    packaged = bundle.template.with_name("packaged.json")
    packaged.write_text(json.dumps(template, indent=1))
    url = _upload(packaged, ".template.json", deployment.bucket, s3)
    stack = _Stack(cloudformation, deployment)
    stack.apply(url, template.get("Parameters", {}))
    return stack.outputs()


def package(bundle: Bundle, bucket: str, s3: S3Client) -> dict[str, Any]:
    """Uploads the zip and gives the template that names it there, as `aws cloudformation package` does."""
    template: dict[str, Any] = json.loads(bundle.template.read_text())
    key = _object_key(bundle.archive, ".zip")
    _upload(bundle.archive, ".zip", bucket, s3)
    for resource in template["Resources"].values():
        if resource.get("Type") == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{bucket}/{key}"
    return template


def _object_key(path: Path, suffix: str) -> str:
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()}{suffix}"


def _upload(path: Path, suffix: str, bucket: str, s3: S3Client) -> str:
    key = _object_key(path, suffix)
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _NOT_FOUND:
            raise
        s3.upload_file(str(path), bucket, key)
    signed: str = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
    return signed.partition("?")[0]


@dataclass(frozen=True)
class _Stack:
    """One CloudFormation stack, changed through change sets."""

    client: CloudFormationClient
    deployment: Deployment

    def apply(self, template_url: str, declared: Mapping[str, object]) -> None:
        present = self._settled()
        if present and present["StackStatus"] == "ROLLBACK_COMPLETE":
            self.client.delete_stack(StackName=present["StackId"])
            self._wait(lambda: self._describe() is None, "deletion of what had failed")
            present = None
        fresh = present is None or present["StackStatus"] in _NEVER_CREATED
        change_set = self._change_set(template_url, "CREATE" if fresh else "UPDATE", declared, present)
        if change_set is None:
            return
        started = self._newest_event()
        self.client.execute_change_set(ChangeSetName=change_set)
        self._wait(lambda: self._newest_event() != started, "start of the change")
        stack = self._settled()
        if stack is None or stack["StackStatus"] not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
            status = stack["StackStatus"] if stack else "gone"
            failures = "\n".join(self._failures(since=started)) or "CloudFormation gives no reason"
            raise DeployError(f"stack {self.deployment.stack_name} is {status}:\n{failures}")

    def outputs(self) -> dict[str, str]:
        stack = self._describe()
        outputs = stack.get("Outputs", []) if stack else []
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def _change_set(
        self,
        template_url: str,
        kind: ChangeSetTypeType,
        declared: Mapping[str, object],
        present: StackTypeDef | None,
    ) -> str | None:
        change_set = self.client.create_change_set(
            StackName=self.deployment.stack_name,
            ChangeSetName=f"deploy-{time.time_ns()}",
            ChangeSetType=kind,
            TemplateURL=template_url,
            Parameters=self._parameters(declared, present),
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            Tags=[{"Key": key, "Value": value} for key, value in self.deployment.tags.items()],
        )["Id"]
        self._wait(
            lambda: (
                self.client.describe_change_set(ChangeSetName=change_set)["Status"]
                in {"CREATE_COMPLETE", "FAILED"}
            ),
            "change set",
        )
        described = self.client.describe_change_set(ChangeSetName=change_set)
        if described["Status"] == "CREATE_COMPLETE":
            return change_set
        reason = described.get("StatusReason", "")
        self.client.delete_change_set(ChangeSetName=change_set)
        if any(phrase in reason for phrase in _NOTHING_TO_DO):
            return None
        raise DeployError(
            f"stack {self.deployment.stack_name}: CloudFormation refuses the template: {reason}"
        )

    def _parameters(
        self, declared: Mapping[str, object], present: StackTypeDef | None
    ) -> list[ParameterTypeDef]:
        unknown = sorted(self.deployment.parameters.keys() - declared.keys())
        if unknown:
            raise DeployError(f"the template has no parameter {', '.join(unknown)}")
        given: list[ParameterTypeDef] = [
            {"ParameterKey": key, "ParameterValue": value}
            for key, value in self.deployment.parameters.items()
        ]
        held = present.get("Parameters", []) if present else []
        kept = {parameter["ParameterKey"] for parameter in held} & declared.keys()
        for key in sorted(kept - self.deployment.parameters.keys()):
            given.append({"ParameterKey": key, "UsePreviousValue": True})  # noqa: PERF401 - typed by append
        return given

    def _describe(self) -> StackTypeDef | None:
        try:
            stacks = self.client.describe_stacks(StackName=self.deployment.stack_name)["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return next((stack for stack in stacks if stack["StackStatus"] != "DELETE_COMPLETE"), None)

    def _status(self) -> str:
        stack = self._describe()
        return stack["StackStatus"] if stack else "DELETE_COMPLETE"

    def _settled(self) -> StackTypeDef | None:
        self._wait(lambda: not _is_changing(self._status()), "stack")
        return self._describe()

    def _wait(self, done: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + self.deployment.patience
        while not done():
            if time.monotonic() > deadline:
                raise DeployError(
                    f"stack {self.deployment.stack_name}: gave up waiting for the {what} "
                    f"after {self.deployment.patience:.0f} seconds"
                )
            time.sleep(self.deployment.interval)

    def _newest_event(self) -> str | None:
        events = self.client.describe_stack_events(StackName=self.deployment.stack_name)["StackEvents"]
        return events[0]["EventId"] if events else None

    def _failures(self, since: str | None) -> Iterator[str]:
        pages = self.client.get_paginator("describe_stack_events").paginate(
            StackName=self.deployment.stack_name
        )
        for event in (event for page in pages for event in page["StackEvents"]):
            if event["EventId"] == since:
                return
            reason = event.get("ResourceStatusReason", "")
            if event.get("ResourceStatus", "").endswith("_FAILED") and reason not in _CANCELLED:
                yield f"  {event['LogicalResourceId']} ({event['ResourceType']}): {reason}"


def _is_changing(status: str) -> bool:
    # A stack that was only ever reviewed stays so until somebody executes a change set.
    return status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"


def _parsed(parameters: list[str]) -> dict[str, str]:
    pairs = [parameter.partition("=") for parameter in parameters]
    wrong = [key for key, equals, _ in pairs if not equals]
    if wrong:
        raise typer.BadParameter(f"Name=Value expected, not {wrong[0]!r}", param_hint="--parameter")
    return {key: value for key, _, value in pairs}


def main(
    *,
    stack_name: Annotated[str, typer.Option(help="The CloudFormation stack to create or update.")],
    bucket: Annotated[str, typer.Option(help="The bucket for zips and templates.")],
    target: Annotated[Target, typer.Option(help="Whose interpreter to build for.")] = "aws",
    parameter: Annotated[list[str] | None, typer.Option(help="A template parameter, Name=Value.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag for the stack, Name=Value.")] = None,
    endpoint_url: Annotated[str | None, typer.Option(help="Another place than AWS.")] = None,
) -> None:
    """Builds the bundle and deploys it."""
    deployment = Deployment(
        stack_name=stack_name,
        bucket=bucket,
        parameters=_parsed(parameter or []),
        tags=_parsed(tag or []),
        interval=0.2 if endpoint_url else 3,
    )
    try:
        outputs = deploy(
            build(target),
            deployment,
            boto3.client("s3", endpoint_url=endpoint_url),
            boto3.client("cloudformation", endpoint_url=endpoint_url),
        )
    except (BuildError, DeployError, BotoCoreError, ClientError) as error:
        typer.echo(f"deploy: {error}", err=True)
        raise typer.Exit(1) from error
    for key, value in sorted(outputs.items()):
        typer.echo(f"{key}={value}")


if __name__ == "__main__":
    typer.run(main)
