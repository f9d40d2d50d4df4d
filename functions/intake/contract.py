"""The wire models of intake."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from functions.domain.assignment import is_assigned
from functions.domain.lifecycle import BIRTH
from functions.domain.model import Moment, Value
from functions.domain.office import Level
from functions.domain.phone import Phone
from functions.domain.record import (
    Actor,
    Call,
    Caller,
    Emergency,
    EventType,
    Kind,
    Record,
    Status,
    Subject,
)
from functions.domain.text import Code
from functions.problems import Problem
from functions.wire import Cursor, Reference, shown


class RecordIn(Value):
    """The body of ``POST /v1/call-centre/records``."""

    record_id: Code
    kind: Kind
    call: Call
    caller: Caller
    subject: Subject | None = None
    emergency: Emergency | None = None

    @model_validator(mode="before")
    @classmethod
    def _an_empty_subject_is_none(cls, body: object) -> object:
        """Whoever writes every field out writes null into all of a subject that a missed call needs not."""
        if not isinstance(body, dict) or body.get("kind") != Kind.MISSED_CALL:
            return body
        subject = body.get("subject")
        if not isinstance(subject, dict) or not subject.keys() <= Subject.model_fields.keys():
            return body
        return body if any(said is not None for said in subject.values()) else {**body, "subject": None}

    @property
    def content_hash(self) -> str:
        """SHA-256 of what it says, whatever the spelling; a field left out and null are the same."""
        return hashlib.sha256(self.model_dump_json(exclude_none=True).encode()).hexdigest()


def registered(record: Record) -> dict[str, Any]:
    """The answer to a registration: the same for a repeat, wherever the record has come to since."""
    answer: dict[str, Any] = {
        "reference": record.reference,
        "kind": record.kind,
        "status": BIRTH[record.kind],
        "emergency": record.is_emergency,
    }
    if record.callback_not_before is not None:
        answer["callback"] = {"not_before": shown(record.callback_not_before)}
    return answer


def public_state(record: Record) -> dict[str, Any]:
    """A record as the call centre may see it: no personal data."""
    subject = record.subject
    # One that was withdrawn is with nobody until the office that it does concern is found.
    assignment = record.assignment if is_assigned(record) else None
    return {
        "reference": record.reference,
        "kind": record.kind,
        "status": record.status,
        "emergency": record.is_emergency,
        "department": subject.department if subject else None,
        "district": subject.district if subject else None,
        "police_office": subject.police_office if subject else None,
        "portal_id": record.portal_id,
        "assignee": {
            "office": assignment.office,
            "officer": assignment.officer,
            "level": assignment.level,
        }
        if assignment
        else None,
        "sla": {
            "due_at": shown(record.due_at),
            "breached": record.breached,
            "escalation": record.escalation,
        },
        "acknowledged_at": shown(record.acknowledged_at),
        "recalls": record.recalls,
        "timeline": [
            {"at": shown(event.at), "event": event.type, "by": event.by, "note": event.note}
            for event in record.events
        ],
    }


# What is answered. The code builds plain dicts; these models are the API's description, and tests hold the
# dicts to them. They are built when they are asked for, which no function does.


class CallbackPromise(Value, defer_build=True):
    """When a number that rang after hours is called back.

    Attributes:
        not_before: the next minute in which the call centre is open, IST.
    """

    not_before: Moment


class RegisteredOut(Value, defer_build=True):
    """A record that is kept.

    Attributes:
        reference: made to be read aloud to the citizen and typed back.
        kind: as it was sent.
        status: where a record of this kind begins, also when the record has moved on since.
        emergency: whether the 24 hours' service level holds.
        callback: of a missed call alone.
    """

    reference: Reference
    kind: Kind
    status: Literal[Status.REGISTERED, Status.AWAITING_CALLBACK]
    emergency: bool
    callback: CallbackPromise | SkipJsonSchema[None] = None


class Assignee(Value, defer_build=True):
    """Whom the record is with.

    Attributes:
        office: code of the office.
        officer: designation, never a name.
        level: where in the office the officer stands.
    """

    office: str
    officer: str
    level: Level


class Sla(Value, defer_build=True):
    """How the time for redress stands.

    Attributes:
        due_at: when the officer's time is over; null while none runs, and for what has no service level.
        breached: whether a due date was missed.
        escalation: how many steps up the ladder it went.
    """

    due_at: Moment | None
    breached: bool
    escalation: int


class TimelineEntry(Value, defer_build=True):
    """One thing that happened.

    Attributes:
        at: when, IST.
        event: what.
        by: who made it happen, never a person's name.
        note: a sentence without personal data.
    """

    at: Moment
    event: EventType
    by: Actor
    note: str


class RecordState(Value, defer_build=True):
    """A record's public state. No personal data is in it.

    Attributes:
        department: code of the departments' register.
        district: Local Government Directory code of the revenue district.
        police_office: code of the commissionerate or police district.
        portal_id: what the CMO Grievance Portal calls it; null until it is there.
        assignee: null while it is with no officer.
        acknowledged_at: when the officer acknowledged the alert.
        recalls: how often an Action Taken Report was recalled.
        timeline: everything that happened, oldest first.
    """

    reference: Reference
    kind: Kind
    status: Status
    emergency: bool
    department: str | None
    district: str | None
    police_office: str | None
    portal_id: str | None
    assignee: Assignee | None
    sla: Sla
    acknowledged_at: Moment | None
    recalls: int
    timeline: tuple[TimelineEntry, ...]


class RecordList(Value, defer_build=True):
    """A page of a caller's records, newest first."""

    items: tuple[RecordState, ...]
    next: Cursor | None


class CallbackItem(Value, defer_build=True):
    """A number that is owed a call.

    Attributes:
        phone: the number to call.
        rang_at: each time it rang, oldest first.
        attempts: how many outbound calls were made.
    """

    reference: Reference
    phone: Phone
    rang_at: tuple[Moment, ...]
    attempts: int


class CallbackList(Value, defer_build=True):
    """A page of numbers to call, those that wait longest first."""

    items: tuple[CallbackItem, ...]
    next: Cursor | None


class CallbackOut(Value, defer_build=True):
    """Where the number stands after an outbound call.

    Attributes:
        callback: when to call again; left out when there is nothing to call about any more.
    """

    reference: Reference
    status: Status
    callback: CallbackPromise | SkipJsonSchema[None] = None


class LineProblem(Problem, defer_build=True):
    """Why a line was not kept: a problem as it would be answered alone.

    Attributes:
        type: names the kind of error.
        title: the status in words.
        status: the HTTP status again.
        detail: a sentence for the developer.
        instance: names the request.
        errors: the first places in the line that do not validate.
        retry_after: seconds after which sending the line again makes sense; with status 503 alone.
    """

    retry_after: int | SkipJsonSchema[None] = None


class LineKept(Value, defer_build=True):
    """A line that is kept.

    Attributes:
        line: its number in the batch, counted from 1; blank lines count.
        status: 201, or 200 when it was kept before.
    """

    line: int
    status: Literal[200, 201]
    reference: Reference


class LineRefused(Value, defer_build=True):
    """A line that was not kept.

    Attributes:
        line: its number in the batch, counted from 1; blank lines count.
        status: as the line would be answered alone.
    """

    line: int
    status: Annotated[int, Field(ge=400, le=599)]
    problem: LineProblem


class BatchOut(Value, defer_build=True):
    """What became of each line, in their order."""

    items: tuple[LineKept | LineRefused, ...]


class OptOutOut(Value, defer_build=True):
    """What was kept of a citizen's word on SMS.

    Attributes:
        opted_out: as it was sent.
    """

    opted_out: bool


class Health(Value, defer_build=True):
    """The door is open.

    Attributes:
        version: what is deployed.
    """

    status: Literal["ok"]
    version: str
