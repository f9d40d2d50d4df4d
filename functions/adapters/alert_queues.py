"""The queues of events of which somebody is told, in SQS."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from functions.adapters.events import SOURCE, detail_of
from functions.adapters.outages import unavailable_when_out
from functions.domain.errors import Unavailable
from functions.domain.held_alerts import Readers
from functions.domain.linking import Part
from functions.domain.record import Event

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

HANDED_ON_AT = "handed_on_at"
"""The field of a message, beside those of the bus, that tells by which time the alerts may go."""

LINKED = "linked"
"""The field that tells of which of the records that were linked to it, from the first to the last."""

_BATCH = 10


class SqsAlertQueues:
    """Fills the ``AlertQueues`` port; a message looks as those that the bus brings."""

    def __init__(self, client: SQSClient, urls: Mapping[Readers, str]) -> None:
        self._client = client
        self._urls = urls

    def hand_on(self, readers: Readers, events: Sequence[tuple[str, Event]], at: datetime) -> None:
        """See ``ports.AlertQueues.hand_on``."""
        self._send(readers, [_message(reference, event, at) for reference, event in events])

    def hand_on_in_parts(self, told: tuple[str, Event], parts: Sequence[Part], at: datetime) -> None:
        """See ``ports.AlertQueues.hand_on_in_parts``."""
        message = _message(*told, at)
        self._send(Readers.CITIZENS, [{**message, LINKED: part.model_dump()} for part in parts])

    def _send(self, readers: Readers, messages: Sequence[Mapping[str, object]]) -> None:
        for start in range(0, len(messages), _BATCH):
            batch = messages[start : start + _BATCH]
            with unavailable_when_out("alerts"):
                answer = self._client.send_message_batch(
                    QueueUrl=self._urls[readers],
                    Entries=[
                        {"Id": str(place), "MessageBody": json.dumps(message)}
                        for place, message in enumerate(batch)
                    ],
                )
            if answer.get("Failed"):
                raise Unavailable("alerts")


def _message(reference: str, event: Event, at: datetime) -> Mapping[str, object]:
    return {
        "source": SOURCE,
        "detail-type": event.type.value,
        "detail": detail_of(reference, event),
        HANDED_ON_AT: at.isoformat(),
    }
