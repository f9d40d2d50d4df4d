"""The queue of what providers told of messages, in SQS."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from functions.adapters.outages import unavailable_when_out
from functions.domain.delivery import DeliveryEvent
from functions.domain.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_OWN = "delivery_event"
"""The key under which a message of the queue is one of ours, rather than a provider's."""
_BATCH = 10


class SqsDeliveryEvents:
    """Fills the ``DeliveryEvents`` port."""

    def __init__(self, client: SQSClient, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def put(self, events: Sequence[DeliveryEvent], after: timedelta) -> None:
        """See ``ports.DeliveryEvents.put``."""
        for start in range(0, len(events), _BATCH):
            with unavailable_when_out("delivery-events"):
                answer = self._client.send_message_batch(
                    QueueUrl=self._queue_url,
                    Entries=[
                        {
                            "Id": str(number),
                            "MessageBody": to_body(event),
                            "DelaySeconds": int(after.total_seconds()),
                        }
                        for number, event in enumerate(events[start : start + _BATCH])
                    ],
                )
            if answer.get("Failed"):
                raise Unavailable("delivery-events")


def to_body(event: DeliveryEvent) -> str:
    """An event as we put it into the queue ourselves: no address is in it."""
    return json.dumps({_OWN: event.model_dump(mode="json")})


def is_own(body: Mapping[str, Any]) -> bool:
    """Whether a message of the queue, read as JSON, is one of ours."""
    return _OWN in body


def from_body(body: Mapping[str, Any]) -> DeliveryEvent:
    """The event in a message of ours.

    Raises:
        pydantic.ValidationError: it has another form.
    """
    return DeliveryEvent.model_validate(body[_OWN])
