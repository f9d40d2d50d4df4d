"""What the demo's people do next, seeing a record as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from functions.domain import callback, feedback
from functions.domain.record import EventType, Kind, Record, Status, TimerKind
from local.demo.samples import Sample

_WITH_AN_OFFICER = frozenset({Status.FORWARDED, Status.RECALLED})


class Deed(StrEnum):
    """What somebody can do."""

    DECIDE = "decide"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    VISIT = "visit"
    CALL_BACK = "call back"
    ASK = "ask"


@dataclass(frozen=True)
class Act:
    """One deed for one record.

    Attributes:
        number: Of the decision, the assignment or the report, so that each is done once.
    """

    deed: Deed
    number: int


def next_act(sample: Sample, record: Record) -> Act | None:  # noqa: PLR0911 - a deed each
    """What is to be done now; None while nobody has anything to do.

    Args:
        sample: What its people do.
        record: As it stands.
    """
    if record.status is Status.UNDER_REVIEW and sample.analyst is not None:
        return Act(Deed.DECIDE, 1)
    if callback.waits(record) and TimerKind.CALLBACK not in record.timers:
        return Act(Deed.CALL_BACK, len(record.callback.attempts) + 1 if record.callback else 1)
    if sample.citizen and record.status is Status.CLOSED and feedback.is_to_be_asked(record):
        return Act(Deed.ASK, record.atr.number if record.atr else 0)
    if sample.officer is None:
        return None
    reports = record.atr.number if record.atr else 0
    if record.status is Status.ACTION_TAKEN:
        return Act(Deed.VISIT, len(record.field_reports) + 1)
    if not _acts(sample, record) or record.assignment is None:
        return None
    if record.acknowledged_at is None:
        return Act(Deed.ACKNOWLEDGE, record.assignment.number)
    # Before the portal has the recall, nobody can report on it there.
    if record.status in _WITH_AN_OFFICER and rests(record) and reports < len(sample.officer.reports):
        return Act(Deed.REPORT, reports + 1)
    return None


def _acts(sample: Sample, record: Record) -> bool:
    """Whether the officer has got going."""
    if sample.officer is None or record.assignment is None:
        return False
    if record.atr is not None:
        # Once an officer has begun, a recall needs no other push.
        return True
    match sample.officer.acts:
        case "at_once":
            return True
        case "when_reminded":
            return any(event.type is EventType.SLA_REMINDER_DUE for event in record.events)
        case "when_escalated":
            return record.escalation > 0


def rests(record: Record) -> bool:
    """Whether the service itself has nothing to do for it just now."""
    if record.kind is Kind.MISSED_CALL:
        return True
    return TimerKind.STEP not in record.timers and record.status not in {Status.REGISTERED, Status.ACCEPTED}
