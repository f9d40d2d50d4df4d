"""The portal's and the field's routes, and the queue that matches what came too early."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint, Response

from functions.adapters.wiring import ports
from functions.observability import count, observed
from functions.queued import Message, each_message
from functions.recall import feedback, field_reports, portal_events
from functions.signed import SignedRequest, json_answer, signed

recall = Blueprint(__name__)


@recall.route("/v1/portal/events", methods=["POST"])
@signed(recall, "portal")
def post_portal_event(request: SignedRequest) -> Response:
    """Something happened in the portal; 202 when the grievance is not known yet."""
    outcome = portal_events.take(ports(), request)
    return json_answer(202 if outcome.kept else 200, outcome.body)


@recall.route("/v1/field/assignments", methods=["GET"])
@signed(recall, "field")
def get_assignments(request: SignedRequest) -> Response:
    """What is due for a field check."""
    return json_answer(200, field_reports.list_assignments(ports(), request))


@recall.route("/v1/field/reports", methods=["POST"])
@signed(recall, "field")
def post_field_report(request: SignedRequest) -> Response:
    """A team's visit."""
    return json_answer(200, field_reports.take(ports(), request))


@recall.route("/v1/call-centre/feedback", methods=["GET"])
@signed(recall, "call-centre")
def get_feedback(request: SignedRequest) -> Response:
    """Whom to ask about the redress."""
    return json_answer(200, feedback.list_to_ask(ports(), request))


@recall.route("/v1/call-centre/feedback", methods=["POST"])
@signed(recall, "call-centre")
def post_feedback(request: SignedRequest) -> Response:
    """What a citizen said of it."""
    return json_answer(200, feedback.take(ports(), request))


@recall.lambda_function(name="match_events")
@observed
def match_events(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Queue of ``PushedToPortal``: what the portal told before we knew its id is applied now."""

    def handle(message: Message) -> None:
        outside = ports()
        portal_id = outside.records.load(message.reference).portal_id
        matched = portal_events.match_kept(outside, portal_id) if portal_id else 0
        count("PortalEventsMatched", matched)

    return each_message(ports(), event, handle)
