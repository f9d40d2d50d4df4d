"""The state machine's step into the portal."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports
from functions.changing import change
from functions.domain import backoff, forwarding, review
from functions.domain.ports import Accepted, Ports, RefusedByPortal, TryLater
from functions.domain.record import Record
from functions.observability import count, logger, observed

push = Blueprint(__name__)


@push.lambda_function(name="push")
@observed
def push_to_portal(event: dict[str, Any], _: object) -> dict[str, Any]:
    """State machine: ``{"reference", "attempt"}`` -> outcome, see :func:`enter`."""
    logger.append_keys(reference=event["reference"])
    result = enter(ports(), event["reference"], int(event["attempt"]))
    count("PortalPush" + result["outcome"].title().replace("_", ""))
    logger.info("pushed", extra=result)
    return result


def enter(outside: Ports, reference: str, attempt: int) -> dict[str, Any]:
    """Enters the grievance in the portal, once whatever happens in between.

    Args:
        outside: the ports.
        reference: which record.
        attempt: how often it was tried before.

    Returns:
        ``outcome``: ``pushed`` (the portal has it), ``refused`` (the portal has it not: back to the analysts
        with its reason, or decided otherwise since) or ``try_later``, with ``wait_seconds`` and the next
        ``attempt``.
    """
    record = outside.records.load(reference)
    if not forwarding.needs_push(record):
        return _settled(record)
    match outside.portal.push(record):
        case Accepted(portal_id=portal_id):

            def hold(current: Record) -> Record:
                if not forwarding.needs_push(current):
                    return current
                return forwarding.pushed(current, portal_id=portal_id, at=outside.clock.now())

            return _settled(change(outside, reference, hold))
        case RefusedByPortal(reason=reason):
            finding = forwarding.refused_by_portal(reason)

            def give_back(current: Record) -> Record:
                if not forwarding.needs_push(current):
                    return current
                return review.ask(current, findings=(finding,), due=current.due_at, at=outside.clock.now())

            return _settled(change(outside, reference, give_back))
        case TryLater(retry_after=retry_after, why=why):
            wait = backoff.wait_seconds(attempt, outside.identifiers.fraction(), at_least=retry_after or 0)
            return {"outcome": "try_later", "wait_seconds": wait, "attempt": attempt + 1, "why": why}


def _settled(record: Record) -> dict[str, Any]:
    # The state machine selects the same fields whatever the outcome.
    outcome = "refused" if record.portal_id is None else "pushed"
    return {"outcome": outcome, "wait_seconds": 0, "attempt": 0}
