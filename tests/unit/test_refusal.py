"""What the portal refuses is the analysts' again; an emergency's officer has it, and its clock goes on."""

from datetime import datetime, timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import clock, forwarding, overdue, refusal, review, second_look
from functions.domain.calendar import Calendar
from functions.domain.execution import next_step
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer
from functions.domain.record import OFFICER_CLOCKS, EventType, Finding, Record, Status, TimerKind
from functions.domain.routing_rules import NO_RULES, Pattern, RoutingRule, RoutingRules
from functions.domain.timers import run_out
from tests.builders import (
    ANALYST,
    NOW,
    SUBJECT,
    accepted,
    officer,
    raised,
    registered,
    under_review,
    with_officer,
)

E = EventType
BACK_AT = NOW + timedelta(minutes=1)
DECIDE_BY = BACK_AT + timedelta(minutes=15)
DUE = NOW + timedelta(hours=24)
EMERGENCY = accepted(under_review(registered(emergency=True)))
HFW = (registers().offices["HFW"], officer())


def given_back(record: Record, to: tuple[Office, Officer] | None = None, *, reason: str = "no") -> Record:
    return refusal.given_back(record, reason, to=to, calendar=Calendar(), at=BACK_AT)


def ladder(record: Record) -> tuple[Office, Officer] | None:
    assert record.assignment is not None
    offices = registers().offices
    if record.assignment.level is Level.NODAL:
        return offices[record.assignment.office], officer(record.assignment.office, Level.HEAD)
    at_the_top = record.assignment.level is Level.APEX
    return None if at_the_top else (offices[CMO_GRIEVANCE_CELL], officer(CMO_GRIEVANCE_CELL, Level.APEX))


def swept(record: Record, *moments: datetime) -> Record:
    for moment in moments:
        record = run_out(record, moment, ladder)
    return record


def count(record: Record, kind: EventType) -> int:
    return sum(event.type is kind for event in record.events)


def acknowledged(record: Record) -> Record:
    return forwarding.acknowledged(record, level=Level.NODAL, assignment=1, at=BACK_AT)


def amended(record: Record, *, rules: RoutingRules = NO_RULES, **amendments: object) -> Record:
    return review.amend(
        record,
        analyst_id=ANALYST,
        reason=None,
        amendments=amendments,
        offices=registers().offices,
        levels=registers().service_levels,
        calendar=Calendar(),
        at=BACK_AT,
        rules=rules,
    )


def gone_up() -> Record:
    offices = registers().offices
    cell = officer(CMO_GRIEVANCE_CELL, Level.APEX)
    breached = clock.breach(raised(), of=DUE, at=DUE)
    return clock.escalate(breached, office=offices[CMO_GRIEVANCE_CELL], officer=cell, at=DUE)


def stood_in_for() -> Record:
    cell = officer(CMO_GRIEVANCE_CELL)
    return forwarding.assigned(
        EMERGENCY, office=registers().offices[CMO_GRIEVANCE_CELL], officer=cell, at=NOW
    )


def transferred() -> Record:
    return forwarding.transferred(
        raised(),
        subject=SUBJECT.model_copy(update={"department": "PRD"}),
        office=registers().offices["PRD"],
        officer=officer("PRD"),
        at=NOW,
    )


ALL_TO_THE_CELL = RoutingRules([RoutingRule(1, Pattern(), CMO_GRIEVANCE_CELL)])


@pytest.mark.parametrize(
    ("record", "rules"),
    [(gone_up(), NO_RULES), (stood_in_for(), NO_RULES), (transferred(), ALL_TO_THE_CELL)],
    ids=["gone up", "stood in for", "transferred"],
)
def test_a_correction_of_the_words_alone_leaves_it_with_whoever_has_it(
    record: Record, rules: RoutingRules
) -> None:
    back = given_back(record)
    after = amended(back, rules=rules, summary="No ambulance came, the road is under water")
    assert after.assignment == back.assignment
    assert "stand_down" not in after.events[-1].data
    assert after.timers.items() >= {
        (kind, due) for kind, due in back.timers.items() if kind in OFFICER_CLOCKS
    }
    assert after.escalation == back.escalation


def test_corrected_to_another_office_it_is_taken_from_whoever_has_it_and_starts_from_below() -> None:
    after = amended(given_back(gone_up()), department="PRD", scheme=None, category=None)
    assert after.assignment is not None
    assert after.assignment.withdrawn
    assert not after.timers.keys() & OFFICER_CLOCKS
    assert after.escalation == 0


def test_corrected_to_the_office_that_has_it_already_it_stays_there() -> None:
    after = amended(given_back(stood_in_for()), department=CMO_GRIEVANCE_CELL, scheme=None, category=None)
    assert after.assignment is not None
    assert not after.assignment.withdrawn


def test_a_refused_emergency_waits_for_a_decision_and_the_supervisor_is_told_after_fifteen_minutes() -> None:
    back = acknowledged(given_back(raised()))
    assert back.timers[TimerKind.REVIEW_DEADLINE] == DECIDE_BY
    assert not overdue.is_overdue(back, DECIDE_BY - timedelta(microseconds=1))

    after = swept(back, DECIDE_BY)

    assert after.status is Status.UNDER_REVIEW
    assert after.review == back.review
    assert TimerKind.REVIEW_DEADLINE not in after.timers
    event = after.events[-1]
    message = overdue.message_of(event)
    assert message is not None
    assert message.decide_by == DECIDE_BY
    assert "15 minutes" in event.note
    # AND no later sweep releases it or tells once more
    assert swept(after, *(DECIDE_BY + timedelta(minutes=15 * n) for n in range(1, 20))) is after


def test_no_execution_that_takes_it_up_waits_for_fifteen_minutes_only() -> None:
    assert next_step(under_review(registered(emergency=True))) == "review_emergency"
    assert next_step(given_back(raised())) == "review"


def test_a_claim_of_it_is_left_alone_when_the_supervisor_is_told() -> None:
    # An emergency that goes ahead by itself is held no longer than until then; this one is held as any other.
    late = DECIDE_BY - timedelta(minutes=1)
    claimed = review.claimed(given_back(raised()), analyst_id=ANALYST, at=late)
    assert claimed.review is not None
    assert claimed.review.claim is not None
    assert claimed.review.claim.until == late + review.CLAIMED_FOR
    told = swept(claimed, DECIDE_BY)
    assert told.review == claimed.review


def test_an_emergency_without_an_officer_is_raised_before_it_goes_back() -> None:
    back = given_back(EMERGENCY, HFW)
    assert [event.type for event in back.events][-2:] == [E.EMERGENCY_RAISED, E.REVIEW_REQUESTED]
    assert back.assignment is not None
    assert back.assignment.office == "HFW"
    assert {TimerKind.ACKNOWLEDGEMENT, TimerKind.REMINDER, TimerKind.BREACH} < back.timers.keys()


def test_an_emergency_that_an_officer_has_is_not_given_to_him_again() -> None:
    back = given_back(raised(), HFW)
    assert back.assignment == raised().assignment
    assert count(back, E.EMERGENCY_RAISED) == 1


def test_an_ordinary_grievance_goes_back_to_the_analysts_and_to_no_officer() -> None:
    back = given_back(accepted(), HFW)
    assert (back.status, back.assignment) == (Status.UNDER_REVIEW, None)


def test_while_nobody_holds_any_post_a_refused_emergency_still_goes_ahead_to_find_somebody() -> None:
    back = given_back(EMERGENCY)
    assert back.assignment is None
    assert review.is_overdue(back, DECIDE_BY)
    assert not overdue.is_overdue(back, DECIDE_BY)
    assert swept(back, DECIDE_BY).status is Status.ACCEPTED


def test_a_refusal_replaces_what_the_one_before_it_said() -> None:
    thin = Finding(code="thin-text", severity="warning", text="It is thin.")
    once = given_back(accepted(under_review(findings=(thin,))), reason="no department")
    again = given_back(accepted(once), reason="no district")
    assert [finding.code for finding in again.findings] == ["portal-refused", "thin-text"]
    assert "no district" in again.findings[0].text


def test_what_waits_for_a_portal_that_was_out_waits_no_more() -> None:
    parked = forwarding.parked(accepted(), task_token="token", at=NOW)
    assert given_back(parked).waits_for_portal_since is None


@pytest.mark.parametrize("hours", [12, 20])
def test_its_officer_is_reminded_while_the_analysts_have_it(hours: int) -> None:
    back = acknowledged(given_back(raised()))
    after = swept(back, NOW + timedelta(hours=hours))
    assert (after.events[-1].type, after.events[-1].data["office"]) == (E.SLA_REMINDER_DUE, "HFW")
    assert after.status is Status.UNDER_REVIEW


def test_its_breach_goes_up_while_the_analysts_have_it() -> None:
    breached = swept(acknowledged(given_back(raised())), DECIDE_BY, DUE)
    assert count(breached, E.SLA_BREACHED) == 1
    assert (breached.status, breached.escalation) == (Status.UNDER_REVIEW, 1)
    top = swept(breached, DUE + timedelta(hours=2))
    assert (top.escalation, count(top, E.SLA_BREACHED)) == (2, 1)


def test_a_decision_after_the_breach_takes_nothing_from_the_grace_of_the_head() -> None:
    breached = swept(acknowledged(given_back(raised())), DECIDE_BY, DUE)
    at = DUE + timedelta(hours=1)
    decided = swept(review.approve(breached, analyst_id=ANALYST, reason=None, at=at), at)
    assert (decided.status, decided.escalation) == (Status.ACCEPTED, 1)
    assert swept(decided, DUE + timedelta(hours=2)).escalation == 2


def test_decided_in_time_the_officers_clocks_run_as_ever() -> None:
    at = BACK_AT + timedelta(minutes=5)
    decided = review.approve(given_back(raised()), analyst_id=ANALYST, reason=None, at=at)
    assert decided.timers[TimerKind.BREACH] == DUE
    assert with_officer(EMERGENCY).timers[TimerKind.REMINDER] == decided.timers[TimerKind.REMINDER]


def test_what_was_decided_before_a_refusal_is_kept_as_evidence() -> None:
    proposed = second_look.reject(under_review(), analyst_id="DA-1", reason="not ours", at=NOW)
    approved = review.approve(proposed, analyst_id="DA-2", reason="it is ours", at=NOW)

    back = given_back(approved)

    assert back.earlier_reviews == (approved.review,)
    assert back.review is not None
    assert (back.review.analyst_id, back.review.rejection_proposed) == (None, None)
    again = given_back(review.approve(back, analyst_id="DA-3", reason=None, at=BACK_AT))
    assert [one.analyst_id for one in again.earlier_reviews] == ["DA-2", "DA-3"]


def test_what_the_call_centre_sent_is_kept_however_often_it_is_amended() -> None:
    first = amended(under_review(), block="Ranaghat-I")
    back = given_back(first)
    assert back.review is not None
    assert back.review.amended_from == SUBJECT
    second = amended(back, block="Haringhata")
    assert second.review is not None
    assert second.review.amended_from == SUBJECT
    assert second.subject is not None
    assert second.subject.block == "Haringhata"
    # AND once: it may be long, and a record is one item
    assert [one.amended_from for one in second.earlier_reviews] == [None]


def test_a_review_in_which_no_analyst_had_a_part_tells_nothing_that_its_events_do_not() -> None:
    ahead = review.go_ahead_unreviewed(under_review(registered(emergency=True)), at=NOW)
    assert given_back(ahead).earlier_reviews == ()


def test_a_record_of_a_time_when_earlier_reviews_were_not_kept_is_read() -> None:
    kept = accepted().model_dump(mode="json")
    del kept["earlier_reviews"]
    assert Record.model_validate(kept) == accepted()
