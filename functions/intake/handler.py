"""Intake's routes."""

from __future__ import annotations

from pathlib import Path

from chalice.app import Blueprint, Response

from functions.adapters.wiring import ports, settings
from functions.domain import reference as references
from functions.intake import callbacks, opting_out, searching
from functions.intake.batches import MAX_BATCH_BYTES, register_batch
from functions.intake.contract import public_state
from functions.intake.registering import register
from functions.intake.standing import standing_of
from functions.problems import request_id_of
from functions.signed import SignedRequest, json_answer, signed

intake = Blueprint(__name__)

_DESCRIPTION = Path(__file__).parent.parent / "openapi.json"


@intake.route("/v1/call-centre/records", methods=["POST"])
@signed(intake, "call-centre")
def post_record(request: SignedRequest) -> Response:
    """Takes a call over: 201 means that it is kept."""
    result = register(ports(), request)
    return json_answer(201 if result.created else 200, result.answer)


@intake.route("/v1/call-centre/batches", methods=["POST"], content_types=["application/x-ndjson"])
@signed(intake, "call-centre", largest=MAX_BATCH_BYTES)
def post_batch(request: SignedRequest) -> Response:
    """Takes a backlog of records over, each judged alone."""
    return json_answer(200, register_batch(ports(), request, request_id_of(intake.current_request)))


@intake.route("/v1/call-centre/records/{reference}", methods=["GET"])
@signed(intake, "call-centre")
def get_record(_: SignedRequest, reference: str) -> Response:
    """A record's public state."""
    outside = ports()
    record = outside.records.load(references.parse(reference))
    return json_answer(200, public_state(standing_of(outside, record, {})))


@intake.route("/v1/call-centre/search", methods=["POST"])
@signed(intake, "call-centre")
def post_search(request: SignedRequest) -> Response:
    """A caller's records; a POST, so that the number stands in no address."""
    return json_answer(200, searching.search(ports(), request))


@intake.route("/v1/call-centre/callbacks", methods=["GET"])
@signed(intake, "call-centre")
def get_callbacks(request: SignedRequest) -> Response:
    """Whom to call back."""
    return json_answer(200, callbacks.list_callbacks(ports(), request))


@intake.route("/v1/call-centre/callbacks/{reference}", methods=["POST"])
@signed(intake, "call-centre")
def post_callback(request: SignedRequest, reference: str) -> Response:
    """How an outbound call went."""
    return json_answer(200, callbacks.attempt(ports(), request, references.parse(reference)))


@intake.route("/v1/call-centre/opt-outs", methods=["POST"])
@signed(intake, "call-centre")
def post_opt_out(request: SignedRequest) -> Response:
    """Whether a citizen wants SMS; the number stands in no address."""
    return json_answer(200, opting_out.take(ports(), request))


@intake.route("/v1/health", methods=["GET"])
def get_health() -> Response:
    """Whether the door is open; touches nothing behind it."""
    return json_answer(200, {"status": "ok", "version": settings().version})


@intake.route("/v1/openapi.json", methods=["GET"])
def get_description() -> Response:
    """The description of this API, as ``python -m infra.openapi`` wrote it."""
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/json",
        "Cache-Control": "public, max-age=300",
    }
    return Response(body=_DESCRIPTION.read_text(encoding="utf-8"), status_code=200, headers=headers)
