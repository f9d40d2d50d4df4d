"""Enters a grievance in the portal, unless the portal is out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from functions import officers
from functions.changing import change
from functions.domain import backoff, execution, forwarding, refusal
from functions.domain import circuit as circuits
from functions.domain.circuit import Circuit
from functions.domain.errors import GrievanceError
from functions.domain.ports import Accepted, HeldOtherwise, Ports, RefusedByPortal, TryLater
from functions.domain.record import Recall, Record, Status
from functions.observability import count, logger
from functions.push import breaker

HELD_OTHERWISE = "status-409"
LEFT_ALONE = "left-alone"
# Nothing changes by itself while somebody is to look at it; reconciliation may, once a night.
_LOOKED_AT_AFTER = 900
_ONE_AFTER_THE_OTHER = 10


class RefusedTooLate(GrievanceError):  # noqa: N818 - reads as what happened
    """The portal refuses a grievance that was acted upon already: no analyst can decide it again."""


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
        0 where there is none. With ``try_later`` and ``portal_out`` also ``why``, a code for the log.

    Raises:
        RefusedTooLate: the portal refuses what was acted upon already.
    """
    record = outside.records.load(reference)
    if not forwarding.needs_push(record):
        return _settled(record)
    circuit = outside.portal_circuit.read()
    if circuit.is_open:
        return _answer("portal_out", why=circuit.why)
    if left := circuits.seconds_left_alone(circuit, now=outside.clock.now()):
        # Not all of them in the same second.
        wait = left + round(outside.identifiers.fraction() * _ONE_AFTER_THE_OTHER)
        return _answer("try_later", wait, attempt, why=LEFT_ALONE)
    return _told(outside, circuit, ask(outside, record), attempt)


def _told(
    outside: Ports, circuit: Circuit, met: Record | TryLater | HeldOtherwise, attempt: int
) -> dict[str, Any]:
    if not isinstance(met, TryLater):
        breaker.note_answer(outside, circuit)
    match met:
        case Record():
            return _settled(met)
        case HeldOtherwise():
            return _answer("try_later", _LOOKED_AT_AFTER, attempt + 1, why=HELD_OTHERWISE)
        case TryLater(retry_after=retry_after, why=why):
            breaker.note_why(why)
            if breaker.note_failure(outside, met).is_open:
                return _answer("portal_out", why=why)
            wait = backoff.wait_seconds(attempt, outside.identifiers.fraction(), at_least=retry_after or 0)
            return _answer("try_later", wait, attempt + 1, why=why)


def ask(outside: Ports, record: Record) -> Record | TryLater | HeldOtherwise:
    """Has the portal take all of a record that it has yet to hear of.

    Returns:
        The record when nothing is left, also because the portal refused it and the analysts have it again,
        or refused a recall, of which the record tells; else what stood in the way.

    Raises:
        RefusedTooLate: the portal refuses what was acted upon already.
    """
    reference = record.reference
    while forwarding.needs_push(record):
        recall = forwarding.pending_recall(record) if record.portal_id is not None else None
        match outside.portal.push(record, recall):
            case Accepted(portal_id=portal_id):
                record = change(outside, reference, _holding(record, portal_id, outside))
            case RefusedByPortal(reason=reason) if recall is not None:
                count("PortalRecallRefused")
                logger.warning("the portal refuses a recall", reference=reference, recall=recall.number)
                record = change(outside, reference, _without(record, recall, reason))
            case RefusedByPortal(reason=reason):
                if record.status is not Status.ACCEPTED:
                    raise RefusedTooLate(f"the portal refuses what is {record.status}")
                return change(outside, reference, _giving_back(record, reason, outside))
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


def _without(asked: Record, recall: Recall, reason: str) -> Callable[[Record], Record]:
    def note(current: Record) -> Record:
        if (current.portal_id, current.recalls_pushed) != (asked.portal_id, asked.recalls_pushed):
            return current
        return forwarding.recall_refused(current, recall, reason)

    return note


def _giving_back(refused: Record, reason: str, outside: Ports) -> Callable[[Record], Record]:
    # Looked up beforehand: who reads for long between load and save is outrun by whoever is quicker.
    to = officers.for_record(outside, refused) if refusal.needs_officer(refused) else None
    calendar = outside.registry.calendar()

    def give_back(current: Record) -> Record:
        if not forwarding.needs_push(current) or current.status is not Status.ACCEPTED:
            return current
        return refusal.given_back(current, reason, to=to, calendar=calendar, at=outside.clock.now())

    return give_back


def _settled(record: Record) -> dict[str, Any]:
    return _answer("refused" if record.portal_id is None else "pushed")


def _answer(outcome: str, wait_seconds: int = 0, attempt: int = 0, why: str | None = None) -> dict[str, Any]:
    # The state machine selects the same fields whatever the outcome.
    told = {} if why is None else {"why": why}
    return {"outcome": outcome, "wait_seconds": wait_seconds, "attempt": attempt, **told}
