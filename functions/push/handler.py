"""The state machine's step into the portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports
from functions.changing import change
from functions.domain import backoff, forwarding, review
from functions.domain.errors import GrievanceError
from functions.domain.ports import Accepted, Ports, RefusedByPortal, TryLater
from functions.domain.record import Record, Status
from functions.observability import count, logger, observed

push = Blueprint(__name__)

_METRICS = {
    "pushed": "PortalPushPushed",
    "refused": "PortalPushRefused",
    "try_later": "PortalPushTryLater",
}


@push.lambda_function(name="push")
@observed
def push_to_portal(event: dict[str, Any], _: object) -> dict[str, Any]:
    """State machine: ``{"reference", "attempt"}`` -> outcome, see :func:`enter`."""
    logger.append_keys(reference=event["reference"])
    result = enter(ports(), event["reference"], int(event["attempt"]))
    count(_METRICS[result["outcome"]])
    logger.info("the portal was asked", extra=result)
    return result


class RecallRefused(GrievanceError):  # noqa: N818 - reads as what happened
    """The portal refuses a recall of what it holds: somebody has to look at it."""


def enter(outside: Ports, reference: str, attempt: int) -> dict[str, Any]:
    """Enters the grievance in the portal, and what recalls of it the portal has yet to hear of.

    Safe to repeat: the portal knows a grievance, and each recall, by its key.

    Args:
        outside: the ports.
        reference: which record.
        attempt: how often it was tried before.

    Returns:
        ``outcome``: ``pushed`` (the portal has it), ``refused`` (the portal has it not: back to the analysts
        with its reason, or decided otherwise since) or ``try_later``. With each of them ``wait_seconds`` and
        the next ``attempt``, 0 where there is none. With ``try_later`` also ``why``, a code for the log.

    Raises:
        RecallRefused: the portal refuses a recall.
    """
    record = outside.records.load(reference)
    while forwarding.needs_push(record):
        recall = forwarding.pending_recall(record) if record.portal_id is not None else None
        match outside.portal.push(record, recall):
            case Accepted(portal_id=portal_id):
                record = change(outside, reference, _holding(record, portal_id, outside))
            case RefusedByPortal(reason=reason):
                if record.status is not Status.ACCEPTED:
                    raise RecallRefused(f"the portal refuses what is {record.status}")
                return _settled(change(outside, reference, _giving_back(reason, outside)))
            case TryLater(retry_after=retry_after, why=why):
                wait = backoff.wait_seconds(
                    attempt, outside.identifiers.fraction(), at_least=retry_after or 0
                )
                return {"outcome": "try_later", "wait_seconds": wait, "attempt": attempt + 1, "why": why}
    return _settled(record)


def _holding(pushed: Record, portal_id: str, outside: Ports) -> Callable[[Record], Record]:
    def hold(current: Record) -> Record:
        # Somebody else may have been told the same answer first.
        known = (current.portal_id, current.recalls_pushed)
        if not forwarding.needs_push(current) or known != (pushed.portal_id, pushed.recalls_pushed):
            return current
        return forwarding.pushed(current, portal_id=portal_id, at=outside.clock.now())

    return hold


def _giving_back(reason: str, outside: Ports) -> Callable[[Record], Record]:
    def give_back(current: Record) -> Record:
        if not forwarding.needs_push(current) or current.status is not Status.ACCEPTED:
            return current
        finding = forwarding.refused_by_portal(reason)
        return review.ask(current, findings=(finding, *current.findings), term=None, at=outside.clock.now())

    return give_back


def _settled(record: Record) -> dict[str, Any]:
    # The state machine selects the same fields whatever the outcome.
    outcome = "refused" if record.portal_id is None else "pushed"
    return {"outcome": outcome, "wait_seconds": 0, "attempt": 0}
