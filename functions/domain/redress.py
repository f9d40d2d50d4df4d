"""Back from the officer: his report, the field team's check of it, and its recall (SOP, 3C and 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from functions.domain import clock, ladder, lifecycle
from functions.domain.assignment import facts, give
from functions.domain.errors import Conflict, Fault, Refused, WrongState
from functions.domain.model import CLOCK_DIFFERENCE
from functions.domain.office import Office, Officer
from functions.domain.record import (
    ActionTakenReport,
    Actor,
    EventType,
    FieldReport,
    Finding,
    Recall,
    Record,
    Status,
)
from functions.domain.service_level import Term
from functions.domain.text import THIN_WORDS

_IN_THE_PORTAL = frozenset({Status.ACCEPTED, Status.FORWARDED, Status.ACTION_TAKEN, Status.RECALLED})


def action_taken(
    record: Record, *, at: datetime, officer: str | None, report: str, received_at: datetime
) -> Record:
    """The officer's Action Taken Report came in; a field check is due.

    Args:
        at: when the portal says it was made.
        officer: who made it.
        report: the words.
        received_at: when it reached us.

    Raises:
        WrongState: the record is with no officer, or the matter is closed.
    """
    thin = len(report.split()) < THIN_WORDS
    findings = record.findings
    if thin:
        findings = (
            *findings,
            Finding(
                code="thin-report", severity="warning", text="The Action Taken Report says hardly anything."
            ),
        )
    number = record.atr.number + 1 if record.atr else 1
    atr = ActionTakenReport(number=number, at=at, officer=officer, report=report, received_at=received_at)
    return lifecycle.advance(
        record,
        EventType.ACTION_TAKEN,
        at=received_at,
        by=Actor.CMO_PORTAL,
        note="Action Taken Report received; a field check is due",
        data={"atr": number, "thin": thin, "emergency": record.is_emergency},
        atr=atr,
        findings=findings,
    )


def heard_from_portal(record: Record, said: str, at: datetime) -> Record:
    """The portal accepted it, or reminded the officer: noted, nothing follows from it.

    Raises:
        WrongState: the portal does not have it.
    """
    if record.status not in _IN_THE_PORTAL:
        raise WrongState(f"the portal can have said nothing while the record is {record.status}")
    return record.model_copy(update={"portal_said": said, "portal_said_at": at})


def failed_checks(report: FieldReport, standard: Iterable[str]) -> tuple[str, ...]:
    """Names of the checks that the standard asks for and the visit did not find fulfilled."""
    return tuple(name for name in standard if not getattr(report.checks, name))


def field_reported(
    record: Record,
    report: FieldReport,
    *,
    standard: Iterable[str],
    on_roster: bool,
    term: Term | None,
    again_to: tuple[Office, Officer] | None,
    at: datetime,
) -> Record:
    """The field team's visit decides: the record is closed, or the report goes back to the officer.

    Args:
        record: with an Action Taken Report in force.
        report: the visit; its ``atr`` is the number of the report in force.
        standard: names of the checks that must be fulfilled.
        on_roster: whether the executive is on the roster; one who is not is a finding.
        term: the officer's new time, should it be recalled; None for what has no clock.
        again_to: whom a recall goes to; None keeps whoever has it.
        at: now.

    Raises:
        WrongState: no action was reported, or the matter is closed.
        Conflict: the visit lies before the report in force, which it cannot have checked.
        Refused: the visit lies in the future.
    """
    if record.status is not Status.ACTION_TAKEN or record.atr is None:
        raise WrongState(f"a field report is not possible while the record is {record.status}")
    if report.visited_at > at + CLOCK_DIFFERENCE:
        raise Refused(Fault("/visited_at", "lies more than five minutes in the future"))
    if report.visited_at < record.atr.at:
        raise Conflict("the visit lies before the action taken report in force (the record is action_taken)")
    if any(said.reopened and report.visited_at < said.at for said in record.feedback):
        raise Conflict("the visit lies before the citizen's complaint of the redress (it is action_taken)")
    failed = failed_checks(report, standard)
    findings = record.findings
    if not on_roster:
        findings = (
            *findings,
            Finding(
                code="executive-not-on-roster",
                severity="warning",
                text="The field validation executive is not on the roster.",
            ),
        )
    reported = lifecycle.advance(
        record,
        EventType.FIELD_REPORTED,
        at=at,
        by=Actor.FIELD_TEAM,
        note="Field validation team visited: " + ("below the standard" if failed else "meets the standard"),
        data={"meets_standard": not failed, "failed": ",".join(failed), "atr": record.atr.number},
        field_reports=(*record.field_reports, report),
        findings=findings,
    )
    if failed:
        return _recall(reported, failed, term, again_to, at)
    return lifecycle.advance(
        reported,
        EventType.RECORD_CLOSED,
        at=at,
        by=Actor.SYSTEM,
        note="Closed: the redress was checked on the ground",
        data={"emergency": record.is_emergency, "recalls": record.recalls},
    )


def _recall(
    record: Record,
    failed: tuple[str, ...],
    term: Term | None,
    again_to: tuple[Office, Officer] | None,
    at: datetime,
) -> Record:
    number = record.recalls + 1
    given = give(record, *again_to, at) if again_to is not None else record
    changed = given.model_copy(
        update={
            "acknowledged_at": None,
            "rung": 0,
            "escalation": 0,
            "due_at": term.due_at if term else None,
            "reminders": term.reminders if term else (),
            # A new execution takes the recall to the portal: the one that carried the record here has ended.
            "execution": None,
        }
    )
    recall = Recall(number=number, at=at, due_at=term.due_at if term else at, failed=failed)
    return lifecycle.advance(
        changed,
        EventType.ATR_RECALLED,
        at=at,
        by=Actor.SYSTEM,
        note="Recalled to the officer: the redress is below the standard",
        data={**facts(changed), "recall": number, "failed": ",".join(failed)},
        timers={
            **clock.officer_clocks(changed, at),
            **ladder.watch(changed, at),
            **clock.step_watch(at),
        },
        recalled=(*record.recalled, recall),
    )
