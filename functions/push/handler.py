"""The state machine's step into the portal, the queue of a portal that is out, and its drainer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.observability import count, logger, observed
from functions.push import draining, pushing
from functions.queued import each_body

push = Blueprint(__name__)

_METRICS = {
    "pushed": "PortalPushPushed",
    "refused": "PortalPushRefused",
    "try_later": "PortalPushTryLater",
    "portal_out": "PortalPushWaits",
}


@push.lambda_function(name="push")
@observed
def push_to_portal(event: dict[str, Any], _: object) -> dict[str, Any]:
    """State machine: ``{"reference", "attempt"}`` -> outcome, see ``pushing.enter``."""
    logger.append_keys(reference=event["reference"])
    result = pushing.enter(ports(), event["reference"], int(event["attempt"]))
    count(_METRICS[result["outcome"]])
    count("PortalConflict", int(result.get("why") == pushing.HELD_OTHERWISE))
    logger.info("the portal was asked", extra=result)
    return result


@push.lambda_function(name="park")
@observed
def park(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Queue of executions that wait: ``{"reference", "task_token"}`` each, see ``pushing.park``."""

    def handle(body: dict[str, Any]) -> None:
        pushing.park(ports(), body["reference"], body["task_token"])
        logger.info("waits for the portal", reference=body["reference"])

    return each_body(ports(), event, handle)


@push.lambda_function(name="drain")
@observed
def drain(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Each minute, or by hand with ``{"at_once": true}`` -> what was done, see ``draining.Drained``."""
    done = draining.drain(ports(), fastest=settings().portal_rate, at_once=event.get("at_once") is True)
    count("PortalOut", int(done.portal_is_out))
    count("PortalPushPushed", done.taken_in)
    logger.info("drained", extra=asdict(done))
    return asdict(done)
