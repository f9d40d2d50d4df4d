"""Clients for the emulator."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal

import boto3  # noqa: TID251 - the commands here talk to the emulator, they are no part of the functions
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

REGION: Literal["ap-south-1"] = "ap-south-1"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}  # any will do, there is no account


class Emulator:
    """The emulator's services, for a given endpoint; never AWS itself."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._session = boto3.Session(
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )
        self._config = Config(
            proxies={}, retries={"total_max_attempts": 3}, connect_timeout=5, s3={"addressing_style": "path"}
        )

    @functools.cached_property
    def dynamodb(self) -> DynamoDBClient:
        """DynamoDB."""
        return self._session.client("dynamodb", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def workflow(self) -> SFNClient:
        """Step Functions."""
        return self._session.client("stepfunctions", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def queues(self) -> SQSClient:
        """SQS."""
        return self._session.client("sqs", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def events(self) -> EventBridgeClient:
        """EventBridge."""
        return self._session.client("events", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def s3(self) -> S3Client:
        """S3."""
        return self._session.client("s3", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def cloudformation(self) -> CloudFormationClient:
        """CloudFormation."""
        return self._session.client("cloudformation", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def functions(self) -> LambdaClient:
        """Lambda."""
        return self._session.client("lambda", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def secrets(self) -> SecretsManagerClient:
        """Secrets Manager."""
        return self._session.client("secretsmanager", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def topics(self) -> SNSClient:
        """SNS."""
        return self._session.client("sns", endpoint_url=self.endpoint, config=self._config)

    @functools.cached_property
    def mail(self) -> SESV2Client:
        """SES."""
        return self._session.client("sesv2", endpoint_url=self.endpoint, config=self._config)
