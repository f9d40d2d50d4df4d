"""Batches from SQS that carry events of the bus: each message judged alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from functions.observability import count, logger


@dataclass(frozen=True)
class Message:
    """An event of the bus as a queue brings it.

    Attributes:
        type: the ``detail-type``.
        reference: whose event it is.
        sequence: which of its record's events.
    """

    type: str
    reference: str
    sequence: int


def each_message(event: dict[str, Any], handle: Callable[[Message], None]) -> dict[str, Any]:
    """Handles every event of the bus in a batch; see :func:`each_body`."""

    def read(body: dict[str, Any]) -> None:
        detail = body["detail"]
        handle(Message(body["detail-type"], detail["reference"], int(detail["sequence"])))

    return each_body(event, read)


def each_body(event: dict[str, Any], handle: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Handles every message of a batch; those that fail come again, and in the end to the dead letters.

    Args:
        event: Lambda's SQS event.
        handle: gets a message's JSON; raises when it is to come again.

    Returns:
        The partial batch response.
    """
    failures: list[dict[str, str]] = []
    for entry in event["Records"]:
        try:
            handle(json.loads(entry["body"]))
        except Exception as error:  # noqa: BLE001 - one bad message must not hold back the others
            logger.exception("message failed", error=type(error).__name__, message_id=entry["messageId"])
            count("MessageFailed")
            failures.append({"itemIdentifier": entry["messageId"]})
    return {"batchItemFailures": failures}
