"""The queue of offices where an officer may have a successor, in SQS."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from functions.adapters.outages import unavailable_when_out
from functions.domain.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_BATCH = 10


class SqsHandovers:
    """Fills the ``Handovers`` port."""

    def __init__(self, client: SQSClient, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def ask(self, offices: Sequence[str], after: timedelta) -> None:
        """See ``ports.Handovers.ask``."""
        for start in range(0, len(offices), _BATCH):
            with unavailable_when_out("handovers"):
                answer = self._client.send_message_batch(
                    QueueUrl=self._queue_url,
                    Entries=[
                        {
                            "Id": str(number),
                            "MessageBody": json.dumps({"office": office}),
                            "DelaySeconds": int(after.total_seconds()),
                        }
                        for number, office in enumerate(offices[start : start + _BATCH])
                    ],
                )
            if answer.get("Failed"):
                raise Unavailable("handovers")
