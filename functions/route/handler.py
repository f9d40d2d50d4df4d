"""The state machine's step to the officer, and the acknowledgement page behind the link in an alert."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalice.app import Blueprint, Response

from functions import problems
from functions.adapters.wiring import ports
from functions.domain.ports import Ports
from functions.observability import count, logger, observed
from functions.route import acknowledging, assigning

route = Blueprint(__name__)

_FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "application/json"]


@route.lambda_function(name="route")
@observed
def route_to_officer(event: dict[str, Any], _: object) -> dict[str, Any]:
    """State machine: ``{"reference"}`` -> ``{"outcome"}``, see ``assigning.assign``."""
    logger.append_keys(reference=event["reference"])
    outcome = assigning.assign(ports(), event["reference"])
    count("OfficerMissing", int(outcome != "routed"))
    logger.info("routed", outcome=outcome)
    return {"outcome": outcome}


@route.route("/v1/ack", methods=["GET"])
def get_acknowledgement() -> Response:
    """The page behind a link. It changes nothing: mail scanners open links."""
    return _page(acknowledging.look)


@route.route("/v1/ack", methods=["POST"], content_types=_FORM_TYPES)
def post_acknowledgement() -> Response:
    """The page's button."""
    return _page(acknowledging.acknowledge)


def _page(act: Callable[[Ports, str], acknowledging.Page]) -> Response:
    def answer() -> Response:
        parameters = route.current_request.query_params
        token = (parameters.get("t") if parameters else None) or ""
        page = act(ports(), token)
        return Response(body=page.html, status_code=page.status, headers={**acknowledging.HEADERS})

    return problems.answering(answer, lambda: route.current_request, _in_a_browser)()


def _in_a_browser(problem: Response) -> Response:
    """What an officer is shown instead of a problem, which is for programs."""
    page = acknowledging.try_again(problem.status_code)
    waits = {name: told for name, told in problem.headers.items() if name == "Retry-After"}
    return Response(body=page.html, status_code=page.status, headers={**acknowledging.HEADERS, **waits})
