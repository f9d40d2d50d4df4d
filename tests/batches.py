"""Messages as Lambda brings them from SQS."""

from __future__ import annotations

from typing import Any

QUEUE_ARN = "arn:aws:sqs:ap-south-1:111122223333:ssm-test-alerts"


def message(name: str, body: str, *, received: int = 1) -> dict[str, Any]:
    """One of a batch.

    Args:
        name: its id.
        body: its text.
        received: how many times it was handed out, this one counted.
    """
    return {
        "messageId": name,
        "receiptHandle": f"receipt-{name}",
        "body": body,
        "attributes": {"ApproximateReceiveCount": str(received)},
        "eventSource": "aws:sqs",
        "eventSourceARN": QUEUE_ARN,
    }


def batch(*messages: dict[str, Any]) -> dict[str, Any]:
    """The event with all of them."""
    return {"Records": list(messages)}
