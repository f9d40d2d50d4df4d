"""Keeps what the call centre hands over, each once."""

from __future__ import annotations

import json
from collections.abc import Callable

from functions.domain import callback, registration
from functions.domain import reference as references
from functions.domain.calendar import Calendar
from functions.domain.errors import Outrun, Unavailable
from functions.domain.ports import Ports, Registered
from functions.domain.receipt import Receipt
from functions.domain.record import Kind, Record
from functions.intake.contract import RecordIn, registered
from functions.signed import SignedRequest

# Ten digits carry a reference: even with a hundred million records five misses in a row are a bug.
_CANDIDATES = 5
# A number that rings and is called at the same moment settles within one or two.
_TRIES = 6


def register(outside: Ports, request: SignedRequest) -> Registered:
    """Keeps what the request brings, in one write.

    Raises:
        Refused: it does not validate.
        KeyReused: its ``webhook-id`` or ``record_id`` came before with another content.
        Unavailable: the table is out; nothing is known to be kept.
    """
    return keep(
        outside, request.sender, request.read(RecordIn), lambda answer: request.receipt(outside, answer)
    )


def keep(outside: Ports, sender: str, wire: RecordIn, receipt_of: Callable[[str], Receipt]) -> Registered:
    """Keeps one record, in one write.

    Args:
        outside: the ports.
        sender: who names the record.
        wire: the record.
        receipt_of: the receipt to keep with it, from the answer to it.

    Raises:
        Refused: it names what no register knows, or lacks what its kind requires.
        KeyReused: its ``record_id``, or the receipt's key, came before with another content.
        Unavailable: the table is out; nothing is known to be kept.
    """
    waits_under: str | None = None
    candidate = tried = 0
    while candidate < _CANDIDATES and tried < _TRIES:
        joined = _still_waiting(outside, waits_under)
        record = _made_of(outside, sender, wire, candidate, joined)
        both = (joined, callback.rang_again(joined, wire.call.started_at)) if joined else None
        try:
            result = outside.records.register(record, receipt_of(_answer(record)), _answer, both)
        except Outrun:
            tried += 1
            outside.clock.sleep(outside.identifiers.fraction() * 0.02 * 2**tried)
            continue
        if isinstance(result, Registered):
            return result
        if result is None:
            candidate += 1
        else:
            tried += 1
            waits_under = result.reference
    raise Unavailable("references" if candidate == _CANDIDATES else "record", 1)


def _made_of(outside: Ports, sender: str, wire: RecordIn, candidate: int, joined: Record | None) -> Record:
    # Only a number to be called back asks for the calendar: a read less for all other calls.
    calendar = outside.registry.calendar() if wire.kind is Kind.MISSED_CALL else Calendar()
    registers = outside.registry.registers()
    return registration.register(
        reference=references.derive(outside.secrets.reference_key(), sender, wire.record_id, candidate),
        owner=outside.identifiers.owner(),
        record_id=wire.record_id,
        content_hash=wire.content_hash,
        kind=wire.kind,
        call=wire.call,
        caller=wire.caller,
        subject=wire.subject and wire.subject.in_district(registers.district_in_force(wire.subject.district)),
        emergency=wire.emergency,
        offices=registers.offices,
        calendar=calendar,
        now=outside.clock.now(),
        joined_to=joined.reference if joined else None,
    )


def _still_waiting(outside: Ports, reference: str | None) -> Record | None:
    """The record under which the number waits, unless somebody called it just now."""
    if reference is None:
        return None
    record = outside.records.load(reference)
    return record if callback.waits(record) else None


def _answer(record: Record) -> str:
    return json.dumps(registered(record))
