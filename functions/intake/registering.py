"""Keeps what the call centre hands over, each once."""

from __future__ import annotations

import json

from functions.domain import reference as references
from functions.domain import registration
from functions.domain.calendar import Calendar
from functions.domain.errors import Unavailable
from functions.domain.ports import Ports, Registered
from functions.domain.record import Kind, Record
from functions.intake.contract import RecordIn, registered
from functions.signed import SignedRequest

# Ten digits carry a reference: even with a hundred million records five misses in a row are a bug.
_CANDIDATES = 5


def register(outside: Ports, request: SignedRequest) -> Registered:
    """Keeps what the request brings, in one write.

    Raises:
        Refused: it does not validate.
        KeyReused: its ``webhook-id`` or ``record_id`` came before with another content.
        Unavailable: the table is out; nothing is known to be kept.
    """
    wire = request.read(RecordIn)
    # Only a number to be called back asks for the calendar: a read less for all other calls.
    calendar = outside.registry.calendar() if wire.kind is Kind.MISSED_CALL else Calendar()
    for candidate in range(_CANDIDATES):
        record = registration.register(
            reference=references.derive(
                outside.secrets.reference_key(), request.sender, wire.record_id, candidate
            ),
            owner=outside.identifiers.owner(),
            record_id=wire.record_id,
            content_hash=wire.content_hash,
            kind=wire.kind,
            call=wire.call,
            caller=wire.caller,
            subject=wire.subject,
            emergency=wire.emergency,
            offices=outside.registry.registers().offices,
            calendar=calendar,
            now=outside.clock.now(),
        )
        result = outside.records.register(record, request.receipt(outside, _answer(record)), _answer)
        if result is not None:
            return result
    raise Unavailable("references")


def _answer(record: Record) -> str:
    return json.dumps(registered(record))
