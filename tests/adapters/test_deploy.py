"""A bundle becomes a stack, changes it, and leaves it alone when nothing has changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import boto3  # noqa: TID251 - a client for moto
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.build import Bundle
from infra.deploy import DeployError, Deployment, deploy, package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client

BUCKET = "artifacts"
TEMPLATE: dict[str, Any] = {
    "Parameters": {"Name": {"Type": "String"}, "Kept": {"Type": "String", "Default": "first"}},
    "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}},
}
DEPLOYMENT = Deployment(stack_name="s", bucket=BUCKET, parameters={"Name": "one"}, patience=1, interval=0.001)


@dataclass
class _CloudFormation:
    """CloudFormation with one stack, whose outputs are its parameters.

    Attributes:
        status: The stack's status, or nothing while there is none.
        ends_as: What the next change ends as, when not well.
        parameters: The stack's parameters.
        kinds: The kinds of the change sets that were made.
        deleted: How often the stack was deleted.
        events: What happened, the newest first.
    """

    status: str | None = None
    ends_as: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    deleted: int = 0
    events: list[dict[str, str]] = field(default_factory=list)
    _wanted: dict[str, str] = field(default_factory=dict)

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        if self.status is None:
            error = {"Error": {"Code": "ValidationError", "Message": "Stack with id s does not exist"}}
            raise ClientError(error, "DescribeStacks")  # type: ignore[arg-type]  # what is read of it
        status = self.status
        if status.endswith("_IN_PROGRESS"):
            self.status = self.ends_as or status.replace("_IN_PROGRESS", "_COMPLETE")
        named = self.parameters.items()
        return {
            "Stacks": [
                {
                    "StackId": "s",
                    "StackStatus": status,
                    "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in named],
                    "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in named],
                }
            ]
        }

    def create_change_set(self, **asked: Any) -> dict[str, str]:  # noqa: ANN401 - as in boto3
        self.kinds.append(asked["ChangeSetType"])
        self._wanted = {
            one["ParameterKey"]: one.get("ParameterValue", self.parameters.get(one["ParameterKey"], ""))
            for one in asked["Parameters"]
        }
        return {"Id": "change"}

    def describe_change_set(self, **_: str) -> dict[str, str]:
        if self._wanted == self.parameters:
            return {"Status": "FAILED", "StatusReason": "The submitted information didn't contain changes."}
        return {"Status": "CREATE_COMPLETE"}

    def delete_change_set(self, **_: str) -> None:
        self._wanted = {}

    def execute_change_set(self, **_: str) -> None:
        self.parameters = self._wanted
        self.status = f"{self.kinds[-1]}_IN_PROGRESS"
        failed = f"{self.kinds[-1]}_FAILED"
        if self.ends_as:
            self.events.insert(0, event("Queue", failed, "the name is taken"))
            self.events.insert(0, event("Bus", failed, "Resource creation cancelled"))
        self.events.insert(0, event("s", self.ends_as or "CREATE_COMPLETE", ""))

    def delete_stack(self, **_: str) -> None:
        self.deleted += 1
        self.status = None
        self.parameters = {}

    def describe_stack_events(self, **_: str) -> dict[str, list[dict[str, str]]]:
        return {"StackEvents": self.events}

    def get_paginator(self, _: str) -> _CloudFormation:
        return self

    def paginate(self, **_: str) -> list[dict[str, list[dict[str, str]]]]:
        return [self.describe_stack_events()]


def event(resource: str, status: str, reason: str) -> dict[str, str]:
    return {
        "EventId": f"{resource} {status}",
        "LogicalResourceId": resource,
        "ResourceType": "AWS::SQS::Queue",
        "ResourceStatus": status,
        "ResourceStatusReason": reason,
    }


@pytest.fixture
def s3() -> Iterator[S3Client]:
    with mock_aws():
        client = boto3.client("s3", region_name="ap-south-1")
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
        yield client


def deployed(
    folder: Path, s3: S3Client, cloudformation: _CloudFormation, **parameters: str
) -> dict[str, str]:
    deployment = replace(DEPLOYMENT, parameters=parameters)
    return deploy(bundle(folder, TEMPLATE), deployment, s3, cast("CloudFormationClient", cloudformation))


def bundle(folder: Path, template: dict[str, Any]) -> Bundle:
    built = Bundle(template=folder / "sam.json", archive=folder / "deployment.zip")
    built.template.write_text(json.dumps(template))
    built.archive.write_bytes(b"a zip")
    return built


def test_the_functions_code_is_uploaded_under_its_hash(tmp_path: Path, s3: S3Client) -> None:
    functions = {
        name: {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "./deployment.zip"}}
        for name in ("Api", "Relay")
    }

    template = package(bundle(tmp_path, {"Resources": {**functions, "Bus": {"Type": "B"}}}), BUCKET, s3)

    (key,) = (found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET)["Contents"])
    assert s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"a zip"
    assert {
        name: template["Resources"][name]["Properties"]["CodeUri"] for name in functions
    } == dict.fromkeys(functions, f"s3://{BUCKET}/{key}")
    assert template["Resources"]["Bus"] == {"Type": "B"}


def test_a_stack_is_created_and_its_outputs_returned(tmp_path: Path, s3: S3Client) -> None:
    cloudformation = _CloudFormation()

    assert deployed(tmp_path, s3, cloudformation, Name="one") == {"Name": "one"}
    assert cloudformation.kinds == ["CREATE"]
    assert json.loads((tmp_path / "packaged.json").read_text()) == TEMPLATE


def test_an_update_keeps_the_parameters_that_are_not_given(tmp_path: Path, s3: S3Client) -> None:
    cloudformation = _CloudFormation("UPDATE_COMPLETE", parameters={"Name": "one", "Kept": "second"})

    assert deployed(tmp_path, s3, cloudformation, Name="two") == {"Name": "two", "Kept": "second"}
    assert cloudformation.kinds == ["UPDATE"]


def test_nothing_to_change_is_success(tmp_path: Path, s3: S3Client) -> None:
    cloudformation = _CloudFormation("CREATE_COMPLETE", parameters={"Name": "one"})

    assert deployed(tmp_path, s3, cloudformation, Name="one") == {"Name": "one"}
    assert not cloudformation.events


def test_a_stack_that_was_never_created_makes_way_for_a_new_one(tmp_path: Path, s3: S3Client) -> None:
    cloudformation = _CloudFormation("ROLLBACK_COMPLETE")

    assert deployed(tmp_path, s3, cloudformation, Name="one") == {"Name": "one"}
    assert (cloudformation.deleted, cloudformation.kinds) == (1, ["CREATE"])


def test_a_failure_names_the_resources_of_this_change_that_failed(tmp_path: Path, s3: S3Client) -> None:
    cloudformation = _CloudFormation("CREATE_COMPLETE", ends_as="UPDATE_ROLLBACK_COMPLETE")
    cloudformation.events = [event("Table", "UPDATE_FAILED", "an old story")]

    with pytest.raises(DeployError) as failure:
        deployed(tmp_path, s3, cloudformation, Name="one")

    assert "UPDATE_ROLLBACK_COMPLETE" in str(failure.value)
    assert "Queue (AWS::SQS::Queue): the name is taken" in str(failure.value)
    assert "old story" not in str(failure.value)
    assert "cancelled" not in str(failure.value)


def test_an_unknown_parameter_is_refused_before_anything_changes(tmp_path: Path, s3: S3Client) -> None:
    cloudformation = _CloudFormation()

    with pytest.raises(DeployError, match="no parameter Nmae"):
        deployed(tmp_path, s3, cloudformation, Nmae="one")

    assert not cloudformation.kinds
