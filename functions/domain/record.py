"""A call centre record: what the citizen said, where it stands and everything that happened to it.

One record is one item of the table. Its events and timers stand inside it, so that a change, its event and
its clock are one conditional write and can never part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Literal

from functions.domain.model import Moment, Value
from functions.domain.office import Level
from functions.domain.phone import Phone
from functions.domain.text import Address, Code, Details, Language, Name, Reason, Remark, Summary

Residence = Literal["in_state", "out_of_state"]


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
    CMO_GRIEVANCE_CELL = "cmo-grievance-cell"
    SLA_TIMER = "sla-timer"
    FIELD_TEAM = "field-validation"


class TimerKind(StrEnum):
    """A clock that runs for a record.

    ``STEP`` watches that the record does not rest in a step with no execution in charge;
    ``REVIEW_DEADLINE`` are an emergency's fifteen minutes before the data analysts, and everybody else's
    working day; ``REMINDER``, ``BREACH`` and ``ESCALATION`` watch the officer, and stop when action was
    taken; ``PROMISE`` is the citizen's own clock, which only the end of the matter stops. ``CALLBACK``
    tells when an outbound call may be made.
    """

    STEP = "step"
    REVIEW_DEADLINE = "review_deadline"
    REMINDER = "reminder"
    BREACH = "breach"
    ESCALATION = "escalation"
    PROMISE = "promise"
    CALLBACK = "callback"


OFFICER_CLOCKS = frozenset({TimerKind.REMINDER, TimerKind.BREACH, TimerKind.ESCALATION})
"""The clocks that watch whichever officer has the record."""


class Call(Value):
    """The telephone call.

    Attributes:
        started_at: when the call began; for a backlog it lies in the past.
        agent_id: the tele-caller's id at the call centre; a missed call has none.
        language: the language spoken; a missed call has none.
    """

    started_at: Moment
    agent_id: Code | None = None
    language: Language | None = None


class Caller(Value):
    """The citizen. Personal data: no log, event, execution or SMS tells it.

    The portal gets it with the grievance, officers by e-mail, analysts and field teams with their lists.
    """

    phone: Phone
    name: Name | None = None
    address: Address | None = None
    residence: Residence | None = None


class Subject(Value):
    """What it is about and whose matter it is.

    Attributes:
        department: code of the departments' register.
        district: Local Government Directory code of a revenue district.
        police_office: code of a commissionerate or police district.
        scheme: code of a scheme; an unknown one is a finding, not an error.
        category: code of a category; likewise.
    """

    department: Code | None = None
    scheme: Name | None = None
    category: Name | None = None
    district: Code | None = None
    block: Name | None = None
    police_office: Code | None = None
    summary: Summary
    details: Details | None = None


class Emergency(Value):
    """Why the tele-caller flagged it: emergencies are redressed within 24 hours (SOP, 3D)."""

    reason: Reason


class Finding(Value):
    """What an automatic check noticed, for the analyst.

    Attributes:
        code: stable name of the check.
        severity: ``notice`` informs, ``warning`` asks to look twice.
        text: a plain sentence that repeats none of the caller's words.
    """

    code: str
    severity: Literal["notice", "warning"]
    text: str


class Likely(Value):
    """An earlier record that may be about the same matter; only an analyst ever marks a duplicate.

    Attributes:
        reference: of the record that goes on for all that repeat it.
        score: how likely, 0 to 100.
        same_caller: whether the same number called.
    """

    reference: str
    score: int
    same_caller: bool


class Claim(Value):
    """An analyst looks at it, so that no other one does the same work meanwhile."""

    analyst_id: Code
    until: Moment


class RejectionProposal(Value):
    """What one analyst thinks, where it takes a second one to reject a record.

    Attributes:
        reason: the analyst's words. Personal data may be in it: only the analysts are shown it.
    """

    analyst_id: Code
    reason: Remark
    at: Moment


class Review(Value):
    """The data analysts' part.

    Attributes:
        asked_at: since when it waits.
        decide_by: when an emergency goes ahead without a decision, and the analysts' supervisor is told of
            any other record; None in records of a time when only emergencies had such a moment.
        analyst_id: who decided; None while it waits, and for what went ahead unreviewed.
        reason: the analyst's words. Personal data may be in it: it stays in the table.
        duplicate_of: reference of the record that this one repeats.
        amended_from: the subject as the call centre sent it, when the analyst corrected it.
        unreviewed: whether it went ahead because nobody decided in time.
        claim: who looks at it; None where nobody said so.
        rejection_proposed: by the first of the two analysts whom it takes; kept as evidence whatever is
            decided.
    """

    asked_at: Moment
    decide_by: Moment | None = None
    decided_at: Moment | None = None
    analyst_id: Code | None = None
    reason: Remark | None = None
    duplicate_of: str | None = None
    amended_from: Subject | None = None
    unreviewed: bool = False
    claim: Claim | None = None
    rejection_proposed: RejectionProposal | None = None


class Assignment(Value):
    """Whom the record is with.

    Attributes:
        number: 1, 2, … per record; an acknowledgement link names it, so that an old link only informs.
        office: code of the office.
        officer: designation, never a name.
        holder: which person held the post then, see ``Officer.holder``; None in records of a time before.
        withdrawn: whether the matter turned out to be another office's, which is to be found yet.
        also: code of the office that it concerns as well and that is told for information; None for none.
    """

    number: int
    office: str
    officer: str
    level: Level
    since: Moment
    holder: str | None = None
    withdrawn: bool = False
    also: str | None = None


class ActionTakenReport(Value):
    """What an officer says was done, through the portal.

    Attributes:
        number: 1, 2, … per record: after a recall there is another one.
        at: when the portal says it was made.
        officer: who made it, in the portal's words.
        report: the officer's words. Personal data may be in it: only field teams are shown it.
        received_at: when it reached us. A visit before that cannot have checked it.
    """

    number: int
    at: Moment
    officer: Name | None
    report: Details
    received_at: Moment


class Checks(Value):
    """What a field validation team looked at."""

    citizen_contacted: bool
    action_verified_on_site: bool
    matches_report: bool
    grievance_resolved: bool


class FieldReport(Value):
    """A field validation team's visit.

    Attributes:
        atr: number of the report that was checked.
        evidence: addresses of photographs and papers.
    """

    atr: int
    executive_id: Code
    visited_at: Moment
    checks: Checks
    remark: Remark | None = None
    evidence: tuple[str, ...] = ()


class Recall(Value):
    """An Action Taken Report that was below the standard and went back (SOP, 4A).

    Attributes:
        number: 1, 2, … per record.
        due_at: by when the officer is to redress it now.
        failed: names of the checks that failed.
    """

    number: int
    at: Moment
    due_at: Moment
    failed: tuple[str, ...]


class CallbackOutcome(StrEnum):
    """How an outbound call ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class Attempt(Value):
    """An outbound call that was made."""

    at: Moment
    agent_id: Code
    outcome: CallbackOutcome


class Callback(Value):
    """The outbound call that a number which rang is owed (SOP, 2).

    A number waits only once: where it rings again, the record of that call joins the one that waits.

    Attributes:
        rang_at: each time it rang, oldest first.
        due_at: from when the next outbound call may be made.
        led_to: reference of the record that came of the call.
        joined_to: reference of the record under which the number waits already; nothing else is told then.
    """

    rang_at: tuple[Moment, ...] = ()
    due_at: Moment | None = None
    attempts: tuple[Attempt, ...] = ()
    led_to: str | None = None
    joined_to: str | None = None


class Feedback(Value):
    """What the citizen says of the redress, when asked.

    Attributes:
        atr: number of the Action Taken Report in force when asked.
        rating: 1 (worst) to 5.
        reopened: whether it made another field check due.
    """

    at: Moment
    agent_id: Code
    atr: int
    satisfied: bool
    rating: int | None = None
    remark: Remark | None = None
    reopened: bool = False


class Event(Value):
    """One thing that happened.

    Attributes:
        sequence: 1, 2, 3, … per record, without a gap.
        note: a sentence for the timeline, without personal data.
        data: the event's own fields on the bus, without personal data.
    """

    sequence: int
    type: EventType
    at: Moment
    by: Actor
    note: str
    data: Mapping[str, str | int | bool | None] = {}


class Record(Value):
    """The whole of it. See ``lifecycle`` for how it changes.

    Attributes:
        record_id: what the sender calls it.
        content_hash: of what the sender sent, to tell a repeat from a clash.
        version: how often it was written; guards each write.
        owner: token of the write that created this version, to know one's own write after a lost reply.
        callback_not_before: what was promised when the number was taken down; it stays.
        due_at: when the officer's time is over; a recall sets it anew.
        promised_at: when the citizen's is; it stays.
        reminders: when the officer is reminded.
        told_breach_of: the due date whose breach was told last; each is told once.
        recalls_pushed: how many of ``recalled`` the portal has.
        transfers: how often the portal gave it to another office; kept as evidence.
        portal_said: what it told last from which nothing follows, such as ``accepted``; kept as evidence,
            with its time in ``portal_said_at``.
        execution: the state machine execution in charge.
        task_token: where that execution waits, for the analyst's decision or for the portal.
        waits_for_portal_since: when it joined the queue of a portal that is out (``forwarding.is_parked``).
        timers: clocks that run, by kind.
    """

    reference: str
    kind: Kind
    status: Status
    version: int
    owner: str
    record_id: Code
    content_hash: str
    registered_at: Moment
    call: Call
    caller: Caller
    subject: Subject | None = None
    emergency: Emergency | None = None
    callback_not_before: Moment | None = None
    callback: Callback | None = None
    execution: str | None = None
    task_token: str | None = None
    waits_for_portal_since: Moment | None = None
    findings: tuple[Finding, ...] = ()
    likely_duplicates: tuple[Likely, ...] = ()
    review: Review | None = None
    portal_id: str | None = None
    assignment: Assignment | None = None
    due_at: Moment | None = None
    promised_at: Moment | None = None
    reminders: tuple[Moment, ...] = ()
    breached: bool = False
    told_breach_of: Moment | None = None
    escalation: int = 0
    acknowledged_at: Moment | None = None
    atr: ActionTakenReport | None = None
    field_reports: tuple[FieldReport, ...] = ()
    recalled: tuple[Recall, ...] = ()
    recalls_pushed: int = 0
    feedback: tuple[Feedback, ...] = ()
    transfers: int = 0
    portal_said: str | None = None
    portal_said_at: Moment | None = None
    events: tuple[Event, ...] = ()
    timers: Mapping[TimerKind, Moment] = {}

    @property
    def is_emergency(self) -> bool:
        """Whether the 24 hours' service level holds."""
        return self.emergency is not None

    @property
    def recalls(self) -> int:
        """How often an Action Taken Report was recalled."""
        return len(self.recalled)

    @property
    def assignment_number(self) -> int:
        """Number of the assignment in force; 0 before the first."""
        return self.assignment.number if self.assignment else 0

    @property
    def next_timer_at(self) -> datetime | None:
        """When the next clock runs out; None while none runs."""
        return min(self.timers.values(), default=None)
