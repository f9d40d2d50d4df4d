"""Validation's routes and functions."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint, Response

from functions.adapters.wiring import ports, settings
from functions.domain import reference as references
from functions.observability import count, logger, observed
from functions.queued import Message, each_body, each_message
from functions.signed import SignedRequest, json_answer, signed
from functions.validate import analysts, steps

validate = Blueprint(__name__)


@validate.route("/v1/call-centre/reviews", methods=["GET"])
@signed(validate, "call-centre")
def get_reviews(request: SignedRequest) -> Response:
    """What waits for a data analyst."""
    return json_answer(200, analysts.list_waiting(ports(), request))


@validate.route("/v1/call-centre/reviews/{reference}", methods=["POST"])
@signed(validate, "call-centre")
def post_review(request: SignedRequest, reference: str) -> Response:
    """An analyst's decision."""
    decided = analysts.decide(
        ports(), request, references.parse(reference), looked_at_twice=settings().second_look
    )
    return json_answer(200, decided)


@validate.route("/v1/call-centre/reviews/{reference}/claim", methods=["POST"])
@signed(validate, "call-centre")
def post_claim(request: SignedRequest, reference: str) -> Response:
    """An analyst looks at it."""
    return json_answer(200, analysts.claim(ports(), request, references.parse(reference)))


@validate.lambda_function(name="take_up")
@observed
def take_up(event: dict[str, Any], _: object) -> dict[str, Any]:
    """State machine: ``{"reference", "execution"}`` -> ``{"outcome"}``, see ``steps.take_up``."""
    logger.append_keys(reference=event["reference"])
    outcome = steps.take_up(ports(), event["reference"], event["execution"])
    logger.info("taken up", outcome=outcome)
    return {"outcome": outcome}


@validate.lambda_function(name="ask_for_review")
@observed
def ask_for_review(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Queue of executions that wait: ``{"reference", "task_token"}`` each, see ``steps.ask_for_review``."""

    def handle(body: dict[str, Any]) -> None:
        steps.ask_for_review(ports(), body["reference"], body["task_token"])
        logger.info("asked for review", reference=body["reference"])

    return each_body(ports(), event, handle)


@validate.lambda_function(name="resume")
@observed
def resume(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Queue of decisions from the bus, see ``steps.resume``."""

    def handle(message: Message) -> None:
        done = steps.resume(ports(), message.reference)
        count("ExecutionRestarted", int(done == "restarted"))
        logger.info("decision carried on", outcome=done, reference=message.reference)

    return each_message(ports(), event, handle)
