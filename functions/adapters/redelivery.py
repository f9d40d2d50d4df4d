"""When a message of SQS that failed comes again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from functions.adapters.outages import unavailable_when_out

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsRedelivery:
    """Fills the ``Redelivery`` port."""

    def __init__(self, client: SQSClient) -> None:
        self._client = client

    def ask(self, queue_arn: str, receipt: str, after: timedelta) -> None:
        """See ``ports.Redelivery.ask``."""
        account, name = queue_arn.split(":")[-2:]
        with unavailable_when_out("redelivery"):
            self._client.change_message_visibility(
                # A queue's address is its region's with account and name, which saves asking for it.
                QueueUrl=f"{self._client.meta.endpoint_url}/{account}/{name}",
                ReceiptHandle=receipt,
                VisibilityTimeout=int(after.total_seconds()),
            )
