"""What citizens say of the redress, and what follows when they are dissatisfied."""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.domain import lifecycle
from functions.domain.errors import WrongState
from functions.domain.record import Actor, EventType, Feedback, Record, Status

HEARD_WITHIN = timedelta(days=30)
"""So long after the Action Taken Report a dissatisfied citizen makes another field check due."""

_ASKED_ABOUT = frozenset({Status.ACTION_TAKEN, Status.CLOSED})


def is_to_be_asked(record: Record) -> bool:
    """Whether the citizen was not asked yet about the Action Taken Report in force."""
    if record.status not in _ASKED_ABOUT or record.atr is None:
        return False
    return not any(said.atr == record.atr.number for said in record.feedback)


def received(
    record: Record,
    *,
    agent_id: str,
    satisfied: bool,
    rating: int | None,
    remark: str | None,
    at: datetime,
) -> Record:
    """The citizen was asked.

    Who is dissatisfied within thirty days makes a field check due, once: a record that was closed goes back.

    Args:
        record: with action taken, or closed.
        agent_id: who asked.
        satisfied: whether the citizen is.
        rating: 1 to 5, where one was given.
        remark: the citizen's words.
        at: now.

    Raises:
        WrongState: there is nothing to ask about yet, or no more.
    """
    if record.status not in _ASKED_ABOUT or record.atr is None:
        raise WrongState(f"feedback is not possible while the record is {record.status}")
    in_time = at <= record.atr.received_at + HEARD_WITHIN
    once = not any(said.reopened for said in record.feedback)
    reopens = not satisfied and in_time and once
    said = Feedback(
        at=at,
        agent_id=agent_id,
        atr=record.atr.number,
        satisfied=satisfied,
        rating=rating,
        remark=remark,
        reopened=reopens,
    )
    return lifecycle.advance(
        record,
        EventType.FEEDBACK_RECEIVED,
        at=at,
        by=Actor.CALL_CENTRE,
        note=_note(satisfied=satisfied, reopens=reopens and record.status is Status.CLOSED),
        to=Status.ACTION_TAKEN if reopens else record.status,
        data={
            "satisfied": satisfied,
            "rating": rating,
            "reopened": reopens,
            "emergency": record.is_emergency,
        },
        feedback=(*record.feedback, said),
    )


def _note(*, satisfied: bool, reopens: bool) -> str:
    if satisfied:
        return "The citizen is satisfied"
    return "The citizen is dissatisfied" + ("; a field check is due once more" if reopens else "")
