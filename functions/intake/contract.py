"""The wire models of intake."""

from __future__ import annotations

import hashlib
from typing import Any

from functions.domain.assignment import is_assigned
from functions.domain.lifecycle import BIRTH
from functions.domain.model import Value
from functions.domain.record import Call, Caller, Emergency, Kind, Record, Subject
from functions.domain.text import Code
from functions.wire import shown


class RecordIn(Value):
    """The body of ``POST /v1/call-centre/records``."""

    record_id: Code
    kind: Kind
    call: Call
    caller: Caller
    subject: Subject | None = None
    emergency: Emergency | None = None

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
