"""Intake's routes."""

from __future__ import annotations

import json

from chalice.app import Blueprint, Response

from functions.adapters.wiring import ports, settings
from functions.domain import reference as references
from functions.domain import registration
from functions.domain.calendar import Calendar
from functions.domain.errors import Unavailable
from functions.domain.ports import Ports, Registered
from functions.domain.record import Kind, Record
from functions.intake.contract import RecordIn, public_state, registered
from functions.signed import SignedRequest, json_answer, signed

intake = Blueprint(__name__)

# Ten digits carry a reference: even with a hundred million records five misses in a row are a bug.
_CANDIDATES = 5


@intake.route("/v1/call-centre/records", methods=["POST"])
@signed(intake, "call-centre")
def post_record(request: SignedRequest) -> Response:
    """Takes a call over: 201 means that it is kept."""
    result = register(ports(), request)
    return json_answer(201 if result.created else 200, result.answer)


@intake.route("/v1/call-centre/records/{reference}", methods=["GET"])
@signed(intake, "call-centre")
def get_record(_: SignedRequest, reference: str) -> Response:
    """A record's public state."""
    return json_answer(200, public_state(ports().records.load(references.parse(reference))))


@intake.route("/v1/health", methods=["GET"])
def get_health() -> Response:
    """Whether the door is open; touches nothing behind it."""
    return json_answer(200, {"status": "ok", "version": settings().version})


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
