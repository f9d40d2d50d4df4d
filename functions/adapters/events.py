"""EventBridge: the bus on which every change is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from functions.adapters.outages import unavailable_when_out
from functions.domain.record import Event

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

SOURCE = "ssm"
_ENTRIES_PER_CALL = 10


def detail_of(reference: str, event: Event) -> dict[str, object]:
    """The ``detail`` of an event on the bus."""
    return {
        **event.data,
        "reference": reference,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "by": event.by,
    }


class EventBridgeBus:
    """Fills the ``EventBus`` port."""

    def __init__(self, client: EventBridgeClient, name: str) -> None:
        self._client = client
        self._name = name

    def publish(self, events: Sequence[tuple[str, Event]]) -> Sequence[int]:
        """See ``ports.EventBus.publish``."""
        failed: list[int] = []
        for start in range(0, len(events), _ENTRIES_PER_CALL):
            chunk = events[start : start + _ENTRIES_PER_CALL]
            with unavailable_when_out("bus"):
                answer = self._client.put_events(Entries=[self._entry(*event) for event in chunk])
            failed += [start + place for place, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry]
        return failed

    def _entry(self, reference: str, event: Event) -> PutEventsRequestEntryTypeDef:
        return {
            "EventBusName": self._name,
            "Source": SOURCE,
            "DetailType": event.type.value,
            "Time": event.at,
            "Detail": json.dumps(detail_of(reference, event)),
        }
