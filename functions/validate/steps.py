"""What the state machine and the bus ask of validation."""

from __future__ import annotations

from functions.changing import change
from functions.domain import checks, duplicates, forwarding, review
from functions.domain.errors import Outrun
from functions.domain.execution import FINISHED, next_step, outcome_of
from functions.domain.ports import Ports
from functions.domain.record import Likely, Record, Status

ELSEWHERE = "elsewhere"


def take_up(outside: Ports, reference: str, execution: str) -> str:
    """Puts the execution in charge of the record and tells from where it goes on.

    Of what is at its end nobody takes charge, and nothing is written: a change is published again when no
    other follows it, with the event that starts the next execution, and so for ever.

    Args:
        outside: the ports.
        reference: which record.
        execution: ARN of the execution that asks.

    Returns:
        ``elsewhere`` when another execution is in charge; else the next step, see ``execution.next_step``.
    """
    now = outside.clock.now()

    def decide(record: Record) -> Record:
        if next_step(record) == FINISHED:
            return record
        if record.execution not in {None, execution} and outside.workflow.is_running(str(record.execution)):
            return record
        if review.is_overdue(record, now):
            record = review.go_ahead_unreviewed(record, at=now)
            return record.model_copy(update={"execution": execution, "task_token": None})
        if record.execution == execution:
            return record
        return record.model_copy(update={"execution": execution})

    record = change(outside, reference, decide)
    step = next_step(record)
    return step if step == FINISHED or record.execution == execution else ELSEWHERE


def ask_for_review(outside: Ports, reference: str, task_token: str) -> None:
    """Runs the checks, puts the record before the analysts and keeps where the execution waits.

    Asked again, for an execution that was started anew, only the place where it waits changes; when the
    decision fell meanwhile, it is answered at once.
    """
    registry = outside.registry
    registers = registry.registers()
    now = outside.clock.now()

    # Looked up beforehand: who reads for long between load and save is outrun by whoever is quicker.
    likely, records_lately = _compared(outside, outside.records.load(reference))

    def decide(record: Record) -> Record:
        if record.status is Status.REGISTERED:
            calendar = registry.calendar()
            term = review.term_of(record, registry.service_levels(), calendar)
            record = record.model_copy(update={"likely_duplicates": likely})
            findings = checks.run(record, registers, records_lately=records_lately)
            record = review.ask(record, findings=findings, term=term, calendar=calendar, at=now)
        if record.status is not Status.UNDER_REVIEW:
            return record
        return record.model_copy(update={"task_token": task_token})

    record = change(outside, reference, decide)
    if record.task_token != task_token:
        outside.workflow.resume(task_token, outcome_of(record))


def _compared(outside: Ports, record: Record) -> tuple[tuple[Likely, ...], int]:
    """Earlier records that may be the same, out of a bounded number, and how many the caller has lately.

    Nothing of it changes while a record waits to be looked at, and afterwards nobody asks for it.
    """
    if record.status is not Status.REGISTERED or record.subject is None:
        return (), 0
    own = outside.records.of_caller(record.caller.phone, duplicates.OF_CALLER, None).records
    police_districts = outside.registry.registers().police_districts
    clues = duplicates.clues(record, police_districts)
    # First left and then looked for: of two calls at the same time one at least finds the other.
    outside.records.leave_clues(record, clues)
    candidates = [*own, *outside.records.of_same_matter(record, clues)]
    likely = duplicates.likely(record, candidates, outside.records.load, police_districts)
    return likely, checks.lately(record, own)


def resume(outside: Ports, reference: str) -> str:
    """Tells the execution that waits for a decision, or for the portal; starts another when it waits no more.

    Safe to repeat: once told, the place where it waited is forgotten; and until an execution has taken the
    record up, the same one is started again.

    Returns:
        What was done: ``nothing`` (nobody waits), ``resumed`` or ``restarted``.
    """
    record = outside.records.load(reference)
    if record.status is Status.UNDER_REVIEW or forwarding.is_parked(record):
        return "nothing"
    if record.task_token is not None:
        if outside.workflow.resume(record.task_token, outcome_of(record)):
            _forget_token(outside, record)
            return "resumed"
        # Whatever execution waited there is gone: nobody is in charge until the next one takes the record up.
        released = record.model_copy(update={"task_token": None, "execution": None})
        record = outside.records.save(record, released)
    elif record.execution is not None or next_step(record) == FINISHED:
        return "nothing"
    outside.workflow.start(reference, f"{reference}-{record.version}")
    return "restarted"


def _forget_token(outside: Ports, record: Record) -> None:
    try:
        outside.records.save(record, record.model_copy(update={"task_token": None}))
    except Outrun:
        # The execution was quicker with its next step than we with our note; the token is spent either way.
        return
