"""A call centre record: what the citizen said, where it stands and everything that happened to it.

One record is one item of the table. Its events and timers stand inside it, so that a change, its event and
its clock are one conditional write and can never part.

Its parts are defined by what they are about, in ``record_standing``, ``record_call``, ``record_review`` and
``record_redress``, and are all imported from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from functions.domain.model import Moment, Value
from functions.domain.record_call import (
    Attempt,
    Call,
    Callback,
    CallbackOutcome,
    Caller,
    Emergency,
    Residence,
    Subject,
)
from functions.domain.record_redress import (
    ActionTakenReport,
    Assignment,
    Checks,
    Feedback,
    FieldReport,
    LeftOffice,
    Recall,
)
from functions.domain.record_review import Claim, Finding, Likely, RejectionProposal, Review
from functions.domain.record_standing import OFFICER_CLOCKS, Actor, EventType, Kind, Status, TimerKind
from functions.domain.text import Code

__all__ = [
    "OFFICER_CLOCKS",
    "ActionTakenReport",
    "Actor",
    "Assignment",
    "Attempt",
    "Call",
    "Callback",
    "CallbackOutcome",
    "Caller",
    "Checks",
    "Claim",
    "Emergency",
    "Event",
    "EventType",
    "Feedback",
    "FieldReport",
    "Finding",
    "HeldAlerts",
    "Kind",
    "LeftOffice",
    "Likely",
    "Recall",
    "Record",
    "RejectionProposal",
    "Residence",
    "Review",
    "Status",
    "Subject",
    "TimerKind",
]


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


class HeldAlerts(Value):
    """What an event causes and was not sent yet, as it would have disturbed its recipients.

    Attributes:
        sequence: of the event.
        until: from when on it may go.
    """

    sequence: int
    until: Moment


class Record(Value):
    """The whole of it. See ``lifecycle`` for how it changes.

    Attributes:
        record_id: what the sender calls it.
        content_hash: of what the sender sent, to tell a repeat from a clash.
        version: how often it was written; guards each write.
        owner: token of the write that created this version, to know one's own write after a lost reply.
        callback_not_before: what was promised when the number was taken down; it stays.
        earlier_reviews: what analysts decided before the portal refused it, oldest first; kept as evidence.
        due_at: when the officer's time is over; a recall sets it anew.
        promised_at: when the citizen's is; it stays.
        reminders: when the officer is reminded.
        told_breach_of: the due date whose breach was told last; each is told once.
        rung: of the acknowledgement ladder that was tried last; 0 while none was (``ladder``).
        recalls_pushed: how many of ``recalled`` the portal was told of.
        recalls_refused: numbers of those of them that it does not take.
        transfers: how often the portal gave it to another office; kept as evidence.
        offices_left: whose matter it was before each transfer, oldest first: what is posted once more is
            posted as it was (``posting``). Of transfers of a time before there is none.
        portal_said: what it told last from which nothing follows, such as ``accepted``; kept as evidence,
            with its time in ``portal_said_at``.
        execution: the state machine execution in charge.
        task_token: where that execution waits, for the analyst's decision or for the portal.
        waits_for_portal_since: when it joined the queue of a portal that is out (``forwarding.is_parked``).
        held_alerts: alerts that wait for the hours in which they may go, by event.
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
    earlier_reviews: tuple[Review, ...] = ()
    portal_id: str | None = None
    assignment: Assignment | None = None
    due_at: Moment | None = None
    promised_at: Moment | None = None
    reminders: tuple[Moment, ...] = ()
    breached: bool = False
    told_breach_of: Moment | None = None
    escalation: int = 0
    acknowledged_at: Moment | None = None
    rung: int = 0
    atr: ActionTakenReport | None = None
    field_reports: tuple[FieldReport, ...] = ()
    recalled: tuple[Recall, ...] = ()
    recalls_pushed: int = 0
    recalls_refused: tuple[int, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    transfers: int = 0
    offices_left: tuple[LeftOffice, ...] = ()
    portal_said: str | None = None
    portal_said_at: Moment | None = None
    events: tuple[Event, ...] = ()
    held_alerts: tuple[HeldAlerts, ...] = ()
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
