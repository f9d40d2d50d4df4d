"""Call-backs to numbers that rang after hours: which may be called now, and how it went."""

from __future__ import annotations

import json
from typing import Any

from functions.changing import change_once
from functions.domain import callback
from functions.domain import reference as references
from functions.domain.errors import Fault, NotFound, Refused
from functions.domain.model import Value
from functions.domain.ports import Page, Ports
from functions.domain.record import CallbackOutcome, Record
from functions.domain.text import Code
from functions.signed import SignedRequest
from functions.wire import shown

_DUE, _UNREACHABLE = "due", "unreachable"
# As many as registering would try.
_CANDIDATES = 5


class CallbackIn(Value):
    """The body of ``POST /v1/call-centre/callbacks/{reference}``."""

    agent_id: Code
    outcome: CallbackOutcome
    record_id: Code | None = None


def list_callbacks(outside: Ports, request: SignedRequest) -> dict[str, Any]:
    """A page of the outbound calls that may be made now, or of the numbers that were given up.

    Raises:
        Refused: the state is neither.
    """
    page: Page
    match request.query.get("state", _DUE):
        case "due":
            page = outside.records.to_be_called_back(outside.clock.now(), request.limit, request.cursor)
        case "unreachable":
            page = outside.records.unreachable(request.limit, request.cursor)
        case _:
            raise Refused(Fault(None, f"state is {_DUE} or {_UNREACHABLE}"))
    return {"items": [_to_call(record) for record in page.records], "next": page.next}


def attempt(outside: Ports, request: SignedRequest, reference: str) -> str:
    """Keeps how an outbound call went.

    Returns:
        The answer's body, JSON.

    Raises:
        Refused: it does not validate.
        NotFound: there is no such record.
        WrongState: nobody waits for a call under it (any more).
    """
    wire = request.read(CallbackIn)
    if wire.record_id is not None and wire.outcome is not CallbackOutcome.REACHED:
        raise Refused(Fault("/record_id", "only a call that reached the citizen leads to a record"))
    led_to = _reference_of(outside, request.sender, wire.record_id) if wire.record_id else None

    def decide(record: Record) -> Record:
        return callback.attempted(
            record,
            wire.outcome,
            agent_id=wire.agent_id,
            led_to=led_to,
            calendar=outside.registry.calendar(),
            at=outside.clock.now(),
        )

    return change_once(outside, request, waiting_under(outside, reference), decide, _answer)


def waiting_under(outside: Ports, reference: str) -> str:
    """The reference under which a number waits: where it rang again, that of the first time."""
    record = outside.records.load(reference)
    return (record.callback.joined_to if record.callback else None) or reference


def _reference_of(outside: Ports, sender: str, record_id: str) -> str:
    """The reference of a record that the call led to.

    It may not have been handed over yet: then it is the one that it will get.
    """
    reference = ""
    for candidate in range(_CANDIDATES):
        reference = references.derive(outside.secrets.reference_key(), sender, record_id, candidate)
        try:
            if outside.records.load(reference).record_id == record_id:
                break
        except NotFound:
            break
    return reference


def _to_call(record: Record) -> dict[str, Any]:
    """A number as the tele-callers see it."""
    owed = record.callback
    return {
        "reference": record.reference,
        "phone": record.caller.phone,
        "rang_at": [shown(moment) for moment in owed.rang_at] if owed else [],
        "attempts": len(owed.attempts) if owed else 0,
    }


def _answer(record: Record) -> str:
    answer: dict[str, Any] = {"reference": record.reference, "status": record.status}
    if callback.waits(record) and record.callback and record.callback.due_at:
        answer["callback"] = {"not_before": shown(record.callback.due_at)}
    return json.dumps(answer)
