"""Batches from SQS: each message judged alone, and tried again before long when it fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from functions.adapters.alert_queues import HANDED_ON_AT, LINKED
from functions.domain.backoff import wait_seconds
from functions.domain.linking import Part
from functions.domain.ports import Ports
from functions.observability import count, logger


@dataclass(frozen=True)
class Message:
    """An event of the bus as a queue brings it.

    Attributes:
        type: the ``detail-type``.
        reference: whose event it is.
        sequence: which of its record's events.
        handed_on_at: when the sweep handed it on, for what was held; it lies ahead of our clock where that
            was handed a later time. None for what comes from the bus.
        linked: of which of those that were linked to the record it is to tell; None for what comes first.
    """

    type: str
    reference: str
    sequence: int
    handed_on_at: datetime | None = None
    linked: Part | None = None


def each_message(outside: Ports, event: dict[str, Any], handle: Callable[[Message], None]) -> dict[str, Any]:
    """Handles every event of the bus in a batch; see :func:`each_body`."""

    def read(body: dict[str, Any]) -> None:
        detail = body["detail"]
        at = datetime.fromisoformat(body[HANDED_ON_AT]) if HANDED_ON_AT in body else None
        linked = Part.model_validate(body[LINKED]) if LINKED in body else None
        handle(Message(body["detail-type"], detail["reference"], int(detail["sequence"]), at, linked))

    return each_body(outside, event, read)


def each_body(
    outside: Ports, event: dict[str, Any], handle: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """Handles every message of a batch, read as JSON; see :func:`each_text`."""
    return each_text(outside, event, lambda text: handle(json.loads(text)))


def each_text(outside: Ports, event: dict[str, Any], handle: Callable[[str], None]) -> dict[str, Any]:
    """Handles every message of a batch; those that fail come again, and in the end to the dead letters.

    Their queue would hand them out anew only once the function could have timed out, minutes later; an alert
    whose provider had no time for a moment is not to wait for that.

    Args:
        outside: the ports.
        event: Lambda's SQS event.
        handle: gets a message's text; raises when it is to come again.

    Returns:
        The partial batch response.
    """
    failures: list[dict[str, str]] = []
    for entry in event["Records"]:
        try:
            handle(entry["body"])
        except Exception as error:  # noqa: BLE001 - one bad message must not hold back the others
            logger.exception("message failed", error=type(error).__name__, message_id=entry["messageId"])
            count("MessageFailed")
            failures.append({"itemIdentifier": entry["messageId"]})
            _come_again_soon(outside, entry)
    return {"batchItemFailures": failures}


def _come_again_soon(outside: Ports, entry: dict[str, Any]) -> None:
    received = int(entry["attributes"]["ApproximateReceiveCount"])
    wait = timedelta(seconds=wait_seconds(received - 1, outside.identifiers.fraction()))
    try:
        outside.redelivery.ask(entry["eventSourceARN"], entry["receiptHandle"], wait)
    except Exception as error:  # noqa: BLE001 - it comes again in any case, only later
        logger.warning("comes again late", error=type(error).__name__, message_id=entry["messageId"])
