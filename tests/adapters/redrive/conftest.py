"""A stack with the queues of the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from infra import redrive as module
from infra.redrive import Clients
from tests.adapters.conftest import Wire, client

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_lambda import LambdaClient
from tests.adapters.redrive.place import BUCKET, BUS, QUEUES, CloudFormation, Functions, Place


@pytest.fixture
def place(_aws: None, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A stack with the queues of the template, a bus and a bucket."""
    monkeypatch.setattr(module, "_POLL_SECONDS", 0)
    sqs, events, s3 = client("sqs"), client("events"), client("s3")
    resources = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in QUEUES}
    events.create_event_bus(Name=BUS)
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    resources |= {"Bus": BUS, "Republish": "republish", "Registry": "registry", "RegistryBucket": BUCKET}
    topics = client("sns")
    topic = topics.create_topic(Name="alarms")["TopicArn"]
    resources["Told"] = sqs.create_queue(QueueName="Told")["QueueUrl"]
    told = sqs.get_queue_attributes(QueueUrl=resources["Told"], AttributeNames=["QueueArn"])["Attributes"]
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=told["QueueArn"])
    for name in ("failed", "stopped"):
        rule = f"ssm-test-tell-of-{name}-executions"
        events.put_rule(Name=rule, EventPattern='{"source": ["aws.states"]}')
        events.put_targets(Rule=rule, Targets=[{"Id": "alarms", "Arn": topic}])
        resources[f"TellOf{name.title()}Executions"] = rule
    functions, cloudformation = Functions(), CloudFormation(resources)
    clients = Clients(
        cast("CloudFormationClient", cloudformation), sqs, events, cast("LambdaClient", functions), s3, topics
    )
    return Place(clients, functions, cloudformation, Wire(sqs), Wire(events), topic)
