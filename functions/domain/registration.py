"""A call becomes a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from functions.domain import callback, clock
from functions.domain.calendar import Calendar
from functions.domain.errors import Fault, Refused
from functions.domain.lifecycle import BIRTH
from functions.domain.model import CLOCK_DIFFERENCE
from functions.domain.office import Office, OfficeKind
from functions.domain.record import (
    Actor,
    Call,
    Callback,
    Caller,
    Emergency,
    Event,
    EventType,
    Kind,
    Record,
    Subject,
    TimerKind,
)

_POLICE = frozenset({OfficeKind.COMMISSIONERATE, OfficeKind.POLICE_DISTRICT})
_NOTES = {
    Kind.GRIEVANCE: "Grievance registered by the call centre",
    Kind.SUGGESTION: "Suggestion registered by the call centre",
    Kind.ENQUIRY: "Enquiry about a scheme registered by the call centre",
    Kind.MISSED_CALL: "Number registered after hours, to be called back",
}


def faults_of_offices(
    department: str | None,
    district: str | None,
    police_office: str | None,
    offices: Mapping[str, Office],
    *,
    at: str,
) -> list[Fault]:
    """Codes of offices that no register knows.

    Args:
        department: code, if named; likewise the others.
        offices: the register, by code.
        at: JSON pointer to the object that names them.
    """
    expected = (
        ("department", department, {OfficeKind.DEPARTMENT}, "department"),
        ("district", district, {OfficeKind.DISTRICT}, "revenue district"),
        ("police_office", police_office, _POLICE, "police office"),
    )
    return [
        Fault(f"{at}/{field}", f"no {name} of this code is in the register")
        for field, code, kinds, name in expected
        if code is not None and (code not in offices or offices[code].kind not in kinds)
    ]


def faults_of_subject(subject: Subject, offices: Mapping[str, Office], at: str = "/subject") -> list[Fault]:
    """Codes in the subject that no register knows.

    Args:
        subject: as sent or as amended.
        offices: the register, by code.
        at: JSON pointer to the subject.
    """
    return faults_of_offices(subject.department, subject.district, subject.police_office, offices, at=at)


def faults_of_registration(
    kind: Kind,
    call: Call,
    subject: Subject | None,
    emergency: Emergency | None,
    offices: Mapping[str, Office],
    now: datetime,
) -> list[Fault]:
    """What keeps a well-formed record from being registered; empty when nothing does."""
    faults: list[Fault] = []
    if call.started_at > now + CLOCK_DIFFERENCE:
        faults.append(Fault("/call/started_at", "lies more than five minutes in the future"))
    if emergency is not None and kind is not Kind.GRIEVANCE:
        faults.append(Fault("/emergency", "only a grievance may be an emergency"))
    if kind is not Kind.MISSED_CALL:
        if call.agent_id is None:
            faults.append(Fault("/call/agent_id", "is required"))
        if call.language is None:
            faults.append(Fault("/call/language", "is required"))
        if subject is None:
            faults.append(Fault("/subject", "is required"))
    if subject is not None:
        faults += faults_of_subject(subject, offices)
        named = (subject.department, subject.district, subject.police_office)
        if kind is Kind.GRIEVANCE and not any(named):
            faults.append(Fault("/subject", "a grievance names a department, a district or a police office"))
    return faults


def register(
    *,
    reference: str,
    owner: str,
    record_id: str,
    content_hash: str,
    kind: Kind,
    call: Call,
    caller: Caller,
    subject: Subject | None,
    emergency: Emergency | None,
    offices: Mapping[str, Office],
    calendar: Calendar,
    now: datetime,
    joined_to: str | None = None,
) -> Record:
    """The new record with its first event.

    Args:
        joined_to: of a number that waits for a call already: reference of the record under which it does.

    Raises:
        Refused: it names an office that is not in the register, or lacks what its kind requires.
    """
    faults = faults_of_registration(kind, call, subject, emergency, offices, now)
    if faults:
        raise Refused(*faults)
    first = Event(
        sequence=1,
        type=EventType.RECORD_REGISTERED,
        at=now,
        by=Actor.CALL_CENTRE,
        note=_NOTES[kind],
        data={"kind": kind, "emergency": emergency is not None},
    )
    return Record(
        reference=reference,
        kind=kind,
        status=BIRTH[kind],
        version=1,
        owner=owner,
        record_id=record_id,
        content_hash=content_hash,
        registered_at=now,
        call=call,
        caller=caller,
        subject=subject,
        emergency=emergency,
        events=(first,),
        **(
            _owed_a_call(call, calendar.next_open_minute(now), joined_to)
            if kind is Kind.MISSED_CALL
            else {"timers": clock.step_watch(now)}
        ),
    )


def _owed_a_call(call: Call, not_before: datetime, joined_to: str | None) -> dict[str, Any]:
    if joined_to is not None:
        return {"callback_not_before": not_before, "callback": Callback(joined_to=joined_to)}
    return {
        "callback_not_before": not_before,
        "callback": callback.owed(call.started_at, not_before),
        "timers": {TimerKind.CALLBACK: not_before},
    }
