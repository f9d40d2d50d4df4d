"""What an execution of the state machine is told of its record; its Choice states know these words."""

from __future__ import annotations

from typing import Any

from functions.domain import forwarding, review
from functions.domain.record import Record, Status

FINISHED = "finished"


def next_step(record: Record) -> str:
    """From where an execution goes on.

    Returns:
        ``review_emergency``, ``review``, ``raise_emergency``, ``push``, ``route`` or ``finished``.
    """
    if record.status in {Status.REGISTERED, Status.UNDER_REVIEW}:
        return "review_emergency" if review.goes_ahead_by_itself(record) else "review"
    if record.is_emergency and (forwarding.needs_push(record) or forwarding.needs_routing(record)):
        return "raise_emergency"
    if forwarding.needs_push(record):
        return "push"
    return "route" if forwarding.needs_routing(record) else FINISHED


def outcome_of(record: Record) -> dict[str, Any]:
    """What a waiting execution is told: where the record stands, and whether it is an emergency."""
    return {"outcome": record.status.value, "emergency": record.is_emergency}
