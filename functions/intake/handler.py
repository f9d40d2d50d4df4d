"""Intake's routes."""

from __future__ import annotations

from chalice.app import Blueprint, Response

from functions.adapters.wiring import ports, settings
from functions.domain import reference as references
from functions.intake.contract import public_state
from functions.intake.registering import register
from functions.signed import SignedRequest, json_answer, signed

intake = Blueprint(__name__)


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
