"""Validation: the automatic checks' findings, then the data analysts' decision (SOP, 3B)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from functions.domain import clock, forwarding, lifecycle
from functions.domain.assignment import is_assigned, withdrawn
from functions.domain.calendar import Calendar
from functions.domain.errors import Conflict, Fault, Refused, WrongState
from functions.domain.office import Level, Office
from functions.domain.record import (
    Actor,
    Claim,
    EventType,
    Finding,
    Kind,
    Record,
    Review,
    Status,
    Subject,
    TimerKind,
)
from functions.domain.registration import faults_of_subject
from functions.domain.routing import office_of
from functions.domain.routing_rules import NO_RULES, RoutingRules
from functions.domain.service_level import ServiceLevel, Term, choose

EMERGENCY_REVIEW = timedelta(minutes=15)
"""How long an emergency waits for an analyst before it goes ahead unreviewed.

Where the portal refused it, the analysts' supervisor is told then.
"""

WORKING_DAYS = 1
"""How long any other record waits, to the close of office, before the analysts' supervisor is told."""

CLAIMED_FOR = timedelta(minutes=10)
"""How long a claim keeps other analysts away; who needs longer claims it once more."""


def term_of(record: Record, levels: Iterable[ServiceLevel], calendar: Calendar) -> Term | None:
    """The time for redress, reckoned from registration; only a grievance has a clock."""
    level = level_of(record, levels)
    return level.term(record.registered_at, calendar) if level else None


def level_of(record: Record, levels: Iterable[ServiceLevel]) -> ServiceLevel | None:
    """The service level that holds for a record; only a grievance has one."""
    if record.kind is not Kind.GRIEVANCE or record.subject is None:
        return None
    return choose(
        levels,
        emergency=record.is_emergency,
        department=record.subject.department,
        category=record.subject.category,
    )


def _with_term(record: Record, term: Term | None) -> Record:
    if term is None:
        return record
    return record.model_copy(
        update={"due_at": term.due_at, "promised_at": term.due_at, "reminders": term.reminders}
    )


def ask(
    record: Record,
    *,
    findings: tuple[Finding, ...],
    term: Term | None,
    calendar: Calendar,
    at: datetime,
) -> Record:
    """The record in the analysts' queue; the citizen's clock starts, and that of the analysts' decision.

    Args:
        record: registered, or accepted and refused by the portal.
        findings: for the analysts.
        term: the time for redress; None leaves what was set before.
        calendar: with the holidays in force.
        at: now.
    """
    record = _with_term(record, term)
    urgent = record.is_emergency
    decide_by = at + EMERGENCY_REVIEW if urgent else calendar.after_working_days(at, WORKING_DAYS)
    return lifecycle.advance(
        record,
        EventType.REVIEW_REQUESTED,
        at=at,
        by=Actor.SYSTEM,
        note="Checked automatically; waits for a data analyst",
        data={"findings": len(findings), "emergency": record.is_emergency},
        timers={**clock.citizen_clock(record), TimerKind.REVIEW_DEADLINE: decide_by},
        findings=findings,
        review=Review(
            asked_at=at,
            decide_by=decide_by,
            amended_from=record.review.amended_from if record.review else None,
        ),
        earlier_reviews=(*record.earlier_reviews, *_evidence(record.review)),
    )


def _evidence(former: Review | None) -> Iterator[Review]:
    """What is kept of a review when another one is asked for: what the record's events do not tell."""
    if former is not None and (former.analyst_id or former.rejection_proposed):
        # The subject may be long, and goes on to the next review: an item of the table has its limit.
        yield former.model_copy(update={"amended_from": None})


def _decided(record: Record, at: datetime, **changes: object) -> Review:
    # A record that nobody reviews is refused by the lifecycle right after; its review does not matter.
    review = record.review or Review(asked_at=at)
    return review.model_copy(update={"decided_at": at, "claim": None, **changes})


def _stand_down(record: Record) -> dict[str, str | int | bool | None]:
    """Tells the office that has the matter already, an emergency's, that it need not go on; else nothing."""
    return {"stand_down": record.assignment.office} if record.assignment and is_assigned(record) else {}


def _clocks_again(record: Record, at: datetime) -> dict[TimerKind, datetime]:
    """The watch over the next step, and the officer's clocks of an emergency that he has already."""
    officers = clock.officer_clocks(record, at) if is_assigned(record) and not _has_gone_up(record) else {}
    return {**officers, **clock.step_watch(at)}


def _has_gone_up(record: Record) -> bool:
    """Whether it went up at its breach: then it goes on up when that grace is over, not with a decision."""
    at_the_top = record.assignment is not None and record.assignment.level is Level.APEX
    return record.told_breach_of == record.due_at and (at_the_top or TimerKind.ESCALATION in record.timers)


def claimed(record: Record, *, analyst_id: str, at: datetime) -> Record:
    """An analyst takes it before deciding; once more by the same one holds it longer.

    A claim is a courtesy among analysts and no event: it says who is at work, not what happened.

    Raises:
        WrongState: it does not wait for review.
        Conflict: another analyst holds it.
    """
    if record.status is not Status.UNDER_REVIEW or record.review is None:
        raise WrongState(f"a claim is not possible while the record is {record.status}")
    refuse_while_held(record, analyst_id=analyst_id, at=at)
    until = at + CLAIMED_FOR
    if goes_ahead_by_itself(record) and record.review.decide_by is not None:
        # Nobody holds it longer than it waits.
        until = max(at, min(until, record.review.decide_by))
    claim = Claim(analyst_id=analyst_id, until=until)
    return record.model_copy(update={"review": record.review.model_copy(update={"claim": claim})})


def refuse_while_held(record: Record, *, analyst_id: str, at: datetime) -> None:
    """Lets only the holder of a claim go on, until it runs out.

    Raises:
        Conflict: another analyst holds it.
    """
    held = record.review.claim if record.review and record.status is Status.UNDER_REVIEW else None
    if held is not None and held.analyst_id != analyst_id and held.until > at:
        raise Conflict("another analyst holds it (the record is under_review)")


def approve(record: Record, *, analyst_id: str, reason: str | None, at: datetime) -> Record:
    """Validated as it stands.

    Raises:
        WrongState: it does not wait for review.
    """
    return lifecycle.advance(
        record,
        EventType.RECORD_ACCEPTED,
        at=at,
        by=Actor.DATA_ANALYST,
        note="Validated by the data analysts",
        data={"emergency": record.is_emergency, "unreviewed": False},
        timers=_clocks_again(record, at),
        review=_decided(record, at, analyst_id=analyst_id, reason=reason),
    )


def amend(
    record: Record,
    *,
    analyst_id: str,
    reason: str | None,
    amendments: Mapping[str, object],
    offices: Mapping[str, Office],
    levels: Iterable[ServiceLevel],
    calendar: Calendar,
    at: datetime,
    rules: RoutingRules = NO_RULES,
) -> Record:
    """Corrected and validated; due date and routing follow the corrected subject.

    Args:
        amendments: fields of the subject that change, validated values; None clears an optional one.
        rules: of routing, in force now.

    Raises:
        WrongState: it does not wait for review.
        Refused: the corrected subject names an office that is not in the register, or none.
    """
    if record.subject is None:
        raise WrongState(f"an amendment is not possible while the record is {record.status}")
    as_sent = (record.review.amended_from if record.review else None) or record.subject
    review = _decided(record, at, analyst_id=analyst_id, reason=reason, amended_from=as_sent)
    subject = Subject.model_validate({**record.subject.model_dump(), **amendments})
    faults = faults_of_subject(subject, offices, at="/amendments")
    if record.kind is Kind.GRIEVANCE and not any(
        (subject.department, subject.district, subject.police_office)
    ):
        faults.append(Fault("/amendments", "a grievance names a department, a district or a police office"))
    if faults:
        raise Refused(*faults)
    amended = record.model_copy(update={"subject": subject})
    amended = _with_term(amended, term_of(amended, levels, calendar))
    told: dict[str, str | int | bool | None] = {}
    if is_assigned(record) and _goes_elsewhere(record, amended, offices, rules):
        # An emergency may be with an officer already, and prove to be another office's.
        told = _stand_down(record)
        amended = withdrawn(amended)
    return lifecycle.advance(
        amended,
        EventType.RECORD_ACCEPTED,
        at=at,
        by=Actor.DATA_ANALYST,
        note="Corrected and validated by the data analysts: " + ", ".join(sorted(amendments)),
        data={
            "emergency": record.is_emergency,
            "unreviewed": False,
            "amended": ",".join(sorted(amendments)),
            **told,
        },
        timers={**clock.citizen_clock(amended), **_clocks_again(amended, at)},
        review=review,
    )


def _goes_elsewhere(
    record: Record, amended: Record, offices: Mapping[str, Office], rules: RoutingRules
) -> bool:
    """Whether the correction, and nothing else, makes it another office's than the one that has it.

    Whoever has it need not be whose it is by the rules: it may have gone up, or another stand in.
    """
    before, after = office_of(record, offices, rules), office_of(amended, offices, rules)
    has_it = record.assignment.office if record.assignment else None
    return after is not None and after != before and after.code != has_it


def reject(record: Record, *, analyst_id: str, reason: str, at: datetime) -> Record:
    """Not taken up.

    Raises:
        WrongState: it does not wait for review.
    """
    return lifecycle.advance(
        record,
        EventType.RECORD_REJECTED,
        at=at,
        by=Actor.DATA_ANALYST,
        note="Not taken up, by decision of the data analysts",
        data=_stand_down(record),
        review=_decided(record, at, analyst_id=analyst_id, reason=reason),
        due_at=None,
    )


def mark_duplicate(
    record: Record, *, analyst_id: str, reason: str | None, duplicate_of: str, at: datetime
) -> Record:
    """The same matter as another record, which goes on for both.

    Args:
        duplicate_of: reference of the other record, which exists.

    Raises:
        WrongState: it does not wait for review.
        Refused: it is named as a duplicate of itself.
    """
    if duplicate_of == record.reference:
        raise Refused(Fault("/duplicate_of", "a record is no duplicate of itself"))
    return lifecycle.advance(
        record,
        EventType.RECORD_MARKED_DUPLICATE,
        at=at,
        by=Actor.DATA_ANALYST,
        note=f"The same matter as {duplicate_of}",
        data={"duplicate_of": duplicate_of, **_stand_down(record)},
        review=_decided(record, at, analyst_id=analyst_id, reason=reason, duplicate_of=duplicate_of),
        due_at=None,
    )


def goes_ahead_by_itself(record: Record) -> bool:
    """Whether it is an emergency that goes on when nobody decides it in time.

    Not one that the portal refused while an officer has it. As it stands it would be refused again, and again
    each quarter of an hour, and nobody would be told: what is wrong with it takes an analyst. While nobody
    has it, each time is another chance to find somebody.
    """
    refused = any(finding.code == forwarding.PORTAL_REFUSED for finding in record.findings)
    return record.is_emergency and not (refused and is_assigned(record))


def is_overdue(record: Record, now: datetime) -> bool:
    """Whether its fifteen minutes ended without a decision, and it goes ahead."""
    return (
        record.status is Status.UNDER_REVIEW
        and goes_ahead_by_itself(record)
        and record.review is not None
        and record.review.decide_by is not None
        and record.review.decide_by <= now
    )


def go_ahead_unreviewed(record: Record, *, at: datetime) -> Record:
    """An emergency that no analyst decided in time goes on, marked so.

    Raises:
        WrongState: it does not wait for review any more.
    """
    return lifecycle.advance(
        record,
        EventType.RECORD_ACCEPTED,
        at=at,
        by=Actor.SYSTEM,
        note="Emergency goes ahead unreviewed: no decision within 15 minutes",
        data={"emergency": True, "unreviewed": True},
        timers=_clocks_again(record, at),
        review=_decided(record, at, unreviewed=True),
    )
