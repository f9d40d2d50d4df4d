"""Lets the clocks run out that are due."""

from __future__ import annotations

from datetime import datetime

from functions import officers
from functions.changing import change
from functions.domain import clock, timers
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.observability import count, logger
from functions.sla_timer.releasing import release

# What a sweep handles well within its time; the longest overdue come first, the next minute takes the rest.
_MOST = 3000


def run_out(outside: Ports, now: datetime) -> dict[str, int]:
    """Lets every clock run out that is due by ``now``.

    Each record is handled by itself, guarded by its version: two sweeps at once double nothing, and one
    record that fails keeps its clock and holds back no other. Of very many, one sweep handles the longest
    overdue.
    """
    due = outside.records.with_timer_due(now)
    handled = failed = 0
    for reference in due:
        # Failures do not count: those that fail each minute must not keep the others from their turn.
        if handled == _MOST:
            break
        try:
            _handle(outside, reference, now)
            handled += 1
        except Exception as error:  # noqa: BLE001 - the others are due as well
            failed += 1
            logger.exception("clock failed", error=type(error).__name__, reference=reference)
    count("TimersDue", len(due))
    count("TimersFailed", failed)
    return {"due": len(due), "failed": failed}


def _handle(outside: Ports, reference: str, now: datetime) -> None:
    watched: list[bool] = []

    def decide(record: Record) -> Record:
        resting = timers.step_is_due(record, now)
        if resting:
            # By the wall clock: a sweep that is handed a later time must not put the watch off.
            record = clock.rest_again(record, outside.clock.now())
            carried = record.execution is not None and outside.workflow.is_running(record.execution)
            resting = not carried
        watched.append(resting)
        if resting:
            record = record.model_copy(update={"execution": None})
        return timers.run_out(
            record,
            now,
            above=lambda due: officers.above(outside, due),
            next_rung=lambda due: officers.to_try(outside, due),
        )

    record = change(outside, reference, decide)
    release(outside, record, now)
    if watched[-1]:
        # Written first, so that the new execution finds nobody in charge; if we die here, the watch runs on.
        count("ExecutionRestarted")
        logger.warning("started again: no execution was in charge", reference=reference)
        outside.workflow.start(reference, f"{reference}-{record.version}")
