"""Where a record can stand, what can happen to it and by whom, and the clocks that run for it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Why the citizen called (SOP, 2)."""

    GRIEVANCE = "grievance"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"
    MISSED_CALL = "missed_call"


class Status(StrEnum):
    """Where a record stands; the words are the wire contract's."""

    REGISTERED = "registered"
    UNDER_REVIEW = "under_review"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    ACTION_TAKEN = "action_taken"
    RECALLED = "recalled"
    CLOSED = "closed"
    AWAITING_CALLBACK = "awaiting_callback"
    CALLED_BACK = "called_back"
    UNREACHABLE = "unreachable"


class EventType(StrEnum):
    """What happened; the words are the ``detail-type`` on the bus."""

    RECORD_REGISTERED = "RecordRegistered"
    REVIEW_REQUESTED = "ReviewRequested"
    RECORD_ACCEPTED = "RecordAccepted"
    RECORD_REJECTED = "RecordRejected"
    RECORD_MARKED_DUPLICATE = "RecordMarkedDuplicate"
    PUSHED_TO_PORTAL = "PushedToPortal"
    RECORD_FORWARDED = "RecordForwarded"
    EMERGENCY_RAISED = "EmergencyRaised"
    ALERT_ACKNOWLEDGED = "AlertAcknowledged"
    SLA_REMINDER_DUE = "SlaReminderDue"
    SLA_BREACHED = "SlaBreached"
    ESCALATED = "Escalated"
    ACTION_TAKEN = "ActionTaken"
    FIELD_REPORTED = "FieldReported"
    ATR_RECALLED = "AtrRecalled"
    RECORD_CLOSED = "RecordClosed"
    CALLBACK_DUE = "CallbackDue"
    CALLBACK_COMPLETED = "CallbackCompleted"
    FEEDBACK_RECEIVED = "FeedbackReceived"


class Actor(StrEnum):
    """Who made something happen; never a person's name."""

    CALL_CENTRE = "call-centre"
    SYSTEM = "system"
    DATA_ANALYST = "data-analyst"
    CMO_PORTAL = "cmo-portal"
    NODAL_OFFICER = "nodal-officer"
    HEAD_OF_OFFICE = "head-of-office"
    APEX_OF_OFFICE = "apex-of-office"
    CMO_GRIEVANCE_CELL = "cmo-grievance-cell"
    SLA_TIMER = "sla-timer"
    FIELD_TEAM = "field-validation"


class TimerKind(StrEnum):
    """A clock that runs for a record.

    ``STEP`` watches that the record does not rest in a step with no execution in charge;
    ``REVIEW_DEADLINE`` are an emergency's fifteen minutes before the data analysts, and everybody else's
    working day; ``REMINDER``, ``BREACH`` and ``ESCALATION`` watch the officer, and stop when action was
    taken; so does ``ACKNOWLEDGEMENT``, an emergency's quarter of an hour until somebody else is tried, which
    an acknowledgement stops as well; ``PROMISE`` is the citizen's own clock, which only the end of the matter
    stops. ``CALLBACK`` tells when an outbound call may be made, ``HELD_ALERTS`` when messages may go that
    would have disturbed at night; nothing that happens to the record stops it.
    """

    STEP = "step"
    REVIEW_DEADLINE = "review_deadline"
    REMINDER = "reminder"
    BREACH = "breach"
    ESCALATION = "escalation"
    ACKNOWLEDGEMENT = "acknowledgement"
    PROMISE = "promise"
    CALLBACK = "callback"
    HELD_ALERTS = "held_alerts"


OFFICER_CLOCKS = frozenset(
    {TimerKind.REMINDER, TimerKind.BREACH, TimerKind.ESCALATION, TimerKind.ACKNOWLEDGEMENT}
)
"""The clocks that watch whichever officer has the record."""
