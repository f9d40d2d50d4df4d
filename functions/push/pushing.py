"""Enters a grievance in the portal, unless the portal is out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from functions.changing import change
from functions.domain import backoff, execution, forwarding, review
from functions.domain.errors import GrievanceError
from functions.domain.ports import Accepted, HeldOtherwise, Ports, RefusedByPortal, TryLater
from functions.domain.record import Record, Status
from functions.push import breaker

HELD_OTHERWISE = "status-409"
# Nothing changes by itself while somebody is to look at it; reconciliation may, once a night.
_LOOKED_AT_AFTER = 900


class RecallRefused(GrievanceError):  # noqa: N818 - reads as what happened
    """The portal refuses a recall of what it holds: somebody has to look at it."""


def enter(outside: Ports, reference: str, attempt: int) -> dict[str, Any]:
    """The state machine's step: enters the grievance, and what recalls of it the portal has yet to hear of.

    Safe to repeat: the portal knows a grievance, and each recall, by its key.

    Args:
        outside: the ports.
        reference: which record.
        attempt: how often it was tried before.

    Returns:
        ``outcome``: ``pushed`` (the portal has it), ``refused`` (the portal has it not: back to the analysts
        with its reason, or decided otherwise since), ``try_later``, or ``portal_out`` (it failed so often
        that grievances wait for it in a queue). With each of them ``wait_seconds`` and the next ``attempt``,
        0 where there is none. With ``try_later`` also ``why``, a code for the log.

    Raises:
        RecallRefused: the portal refuses a recall.
    """
    record = outside.records.load(reference)
    if not forwarding.needs_push(record):
        return _settled(record)
    circuit = outside.portal_circuit.read()
    if circuit.is_open:
        return _answer("portal_out")
    met = ask(outside, record)
    if not isinstance(met, TryLater):
        breaker.note_answer(outside, circuit)
    match met:
        case Record():
            return _settled(met)
        case HeldOtherwise():
            return _answer("try_later", _LOOKED_AT_AFTER, attempt + 1, why=HELD_OTHERWISE)
        case TryLater(retry_after=retry_after, why=why):
            if breaker.note_failure(outside).is_open:
                return _answer("portal_out")
            wait = backoff.wait_seconds(attempt, outside.identifiers.fraction(), at_least=retry_after or 0)
            return _answer("try_later", wait, attempt + 1, why=why)


def ask(outside: Ports, record: Record) -> Record | TryLater | HeldOtherwise:
    """Has the portal take all of a record that it has yet to hear of.

    Returns:
        The record when nothing is left, also because the portal refused it and the analysts have it again;
        else what stood in the way.

    Raises:
        RecallRefused: the portal refuses a recall.
    """
    reference = record.reference
    while forwarding.needs_push(record):
        recall = forwarding.pending_recall(record) if record.portal_id is not None else None
        match outside.portal.push(record, recall):
            case Accepted(portal_id=portal_id):
                record = change(outside, reference, _holding(record, portal_id, outside))
            case RefusedByPortal(reason=reason):
                if record.status is not Status.ACCEPTED:
                    raise RecallRefused(f"the portal refuses what is {record.status}")
                return change(outside, reference, _giving_back(reason, outside))
            case (TryLater() | HeldOtherwise()) as obstacle:
                return obstacle
    return record


def park(outside: Ports, reference: str, task_token: str) -> None:
    """Puts a record into the queue of a portal that is out, and keeps where its execution waits.

    When it has gone in meanwhile, by whomever, the execution is told at once.
    """

    def decide(record: Record) -> Record:
        if not forwarding.needs_push(record):
            return record
        return forwarding.parked(record, task_token=task_token, at=outside.clock.now())

    record = change(outside, reference, decide)
    if not forwarding.is_parked(record):
        outside.workflow.resume(task_token, execution.outcome_of(record))


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
        waits_no_more = current.model_copy(update={"waits_for_portal_since": None})
        return review.ask(
            waits_no_more,
            findings=(finding, *current.findings),
            term=None,
            calendar=outside.registry.calendar(),
            at=outside.clock.now(),
        )

    return give_back


def _settled(record: Record) -> dict[str, Any]:
    return _answer("refused" if record.portal_id is None else "pushed")


def _answer(outcome: str, wait_seconds: int = 0, attempt: int = 0, **more: str) -> dict[str, Any]:
    # The state machine selects the same fields whatever the outcome.
    return {"outcome": outcome, "wait_seconds": wait_seconds, "attempt": attempt, **more}
