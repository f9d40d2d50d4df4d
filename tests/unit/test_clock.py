"""The clocks that watch an officer: reminder, breach, escalation, and the citizen's own."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import clock, forwarding, review
from functions.domain.calendar import Calendar
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer
from functions.domain.record import OFFICER_CLOCKS, EventType, Kind, Record, Status, TimerKind
from functions.domain.timers import run_out
from functions.intake.contract import public_state
from tests.builders import (
    ANALYST,
    NOW,
    accepted,
    action_taken,
    forwarded,
    in_portal,
    officer,
    raised,
    registered,
    under_review,
    visited,
    with_officer,
)

DUE = NOW + timedelta(hours=24)
MINUTE = timedelta(minutes=1)
E = EventType


def ladder(record: Record) -> tuple[Office, Officer] | None:
    """Head of the office, then the CMO Grievance Cell, then nobody."""
    assert record.assignment is not None
    offices = registers().offices
    match record.assignment.level:
        case Level.NODAL:
            return offices[record.assignment.office], officer(record.assignment.office, Level.HEAD)
        case Level.HEAD:
            return offices[CMO_GRIEVANCE_CELL], officer(CMO_GRIEVANCE_CELL, Level.APEX)
        case Level.APEX:
            return None


def sweep(record: Record, *moments: datetime) -> Record:
    for moment in moments:
        record = run_out(record, moment, ladder)
    return record


def counted(record: Record) -> Counter[EventType]:
    return Counter(event.type for event in record.events)


def test_the_officer_is_reminded_at_half_and_at_four_fifths_of_the_time() -> None:
    emergency = forwarding.acknowledged(forwarded(emergency=True), level=Level.NODAL, assignment=1, at=NOW)
    half, four_fifths = NOW + timedelta(hours=12), NOW + timedelta(hours=19, minutes=12)

    assert sweep(emergency, half - MINUTE) is emergency
    once = sweep(emergency, half)
    assert counted(once)[E.SLA_REMINDER_DUE] == 1
    assert once.timers[TimerKind.REMINDER] == four_fifths
    twice = sweep(once, half + MINUTE, four_fifths)
    assert counted(twice)[E.SLA_REMINDER_DUE] == 2
    assert TimerKind.REMINDER not in twice.timers


def test_reminders_that_an_outage_skipped_are_one() -> None:
    after = sweep(forwarded(emergency=True), DUE - MINUTE)

    assert counted(after)[E.SLA_REMINDER_DUE] == 1


def test_who_is_told_of_the_breach_is_not_reminded_as_well() -> None:
    after = sweep(forwarded(emergency=True), DUE)

    assert counted(after)[E.SLA_REMINDER_DUE] == 0
    assert counted(after)[E.SLA_BREACHED] == 1


def test_a_breach_goes_up_to_the_head_at_once_and_to_the_cell_after_a_grace() -> None:
    breached = sweep(forwarded(emergency=True), DUE)
    assert (breached.breached, breached.escalation) == (True, 1)
    assert breached.assignment is not None
    assert (breached.assignment.level, breached.assignment.number) == (Level.HEAD, 2)

    assert sweep(breached, DUE + clock.EMERGENCY_GRACE - MINUTE).escalation == 1
    top = sweep(breached, DUE + clock.EMERGENCY_GRACE)
    assert top.escalation == 2
    assert top.assignment is not None
    assert (top.assignment.office, top.assignment.level) == (CMO_GRIEVANCE_CELL, Level.APEX)
    # and no further, however long it takes
    assert sweep(top, DUE + timedelta(days=100)) is top


def test_the_head_of_an_ordinary_matter_has_a_day() -> None:
    ordinary = forwarded()
    assert ordinary.due_at is not None
    breached = sweep(ordinary, ordinary.due_at)

    assert breached.timers[TimerKind.ESCALATION] == ordinary.due_at + clock.GRACE


def test_the_breach_is_told_once_though_two_clocks_run_out_together() -> None:
    emergency = forwarded(emergency=True)
    assert emergency.timers[TimerKind.BREACH] == emergency.timers[TimerKind.PROMISE] == DUE

    after = sweep(emergency, DUE, DUE + MINUTE)

    assert counted(after)[E.SLA_BREACHED] == 1
    assert not {TimerKind.BREACH, TimerKind.PROMISE} & after.timers.keys()


def test_a_promise_that_broke_in_validation_is_not_told_again_when_the_officer_gets_it() -> None:
    # GIVEN an ordinary grievance that validation kept past its due date
    waiting = under_review()
    assert waiting.promised_at is not None
    late = sweep(waiting, waiting.promised_at)
    assert counted(late)[E.SLA_BREACHED] == 1
    assert late.breached
    # WHEN it reaches the officer after all
    at = waiting.promised_at + timedelta(hours=1)
    given = with_officer(in_portal(accepted(late, at=at)))
    assert given.status is Status.FORWARDED
    after = sweep(given, at + MINUTE)
    # THEN it goes up at once, and the breach is not told twice
    assert counted(after)[E.SLA_BREACHED] == 1
    assert after.escalation == 1


def test_where_nobody_is_above_the_breach_is_told_and_it_goes_up_once_somebody_is() -> None:
    after = run_out(forwarded(emergency=True), DUE, lambda _: None)

    assert counted(after)[E.SLA_BREACHED] == 1
    assert (after.escalation, after.assignment and after.assignment.level) == (0, Level.NODAL)
    assert TimerKind.BREACH not in after.timers

    # AND each hour somebody is looked for again; the breach is not told twice
    again = after.timers[TimerKind.ESCALATION]
    assert again == DUE + timedelta(hours=1)
    still = run_out(after, again, lambda _: None)
    assert still.timers[TimerKind.ESCALATION] == again + timedelta(hours=1)
    up = sweep(still, still.timers[TimerKind.ESCALATION])
    assert up.escalation == 1
    assert counted(up)[E.SLA_BREACHED] == 1


def test_a_suggestion_has_no_clock() -> None:
    suggestion = with_officer(in_portal(accepted(under_review(registered(kind=Kind.SUGGESTION)))))

    assert suggestion.status is Status.FORWARDED
    assert suggestion.timers == {}


def test_an_action_stops_the_officers_clocks_and_not_the_citizens() -> None:
    acted = action_taken(forwarded(emergency=True))
    assert acted.timers.keys() == {TimerKind.PROMISE}

    after = sweep(acted, DUE)

    assert after.breached
    assert after.escalation == 0
    assert after.status is Status.ACTION_TAKEN


def test_a_closed_matter_has_no_clock() -> None:
    assert visited(action_taken(forwarded(emergency=True))).timers == {}


def test_each_due_date_is_breached_once_also_after_a_recall() -> None:
    late = sweep(forwarded(emergency=True), DUE)
    again_to = (registers().offices["HFW"], officer())
    recalled = visited(action_taken(late, at=DUE), meets_standard=False, again_to=again_to, at=DUE + MINUTE)
    assert recalled.escalation == 0
    again = sweep(recalled, DUE + timedelta(days=2))

    assert counted(again)[E.SLA_BREACHED] == 2
    assert again.escalation == 1


def test_an_emergency_that_the_portal_sent_back_goes_up_at_its_breach_and_only_once() -> None:
    # GIVEN an emergency with its officer, refused by the portal, whose time ended with the analysts
    back = review.ask(
        raised(),
        findings=(forwarding.refused_by_portal("no"),),
        term=None,
        calendar=Calendar(),
        at=NOW + timedelta(hours=1),
    )
    assert back.status is Status.UNDER_REVIEW
    waiting = run_out(
        back.model_copy(update={"timers": {TimerKind.BREACH: DUE, TimerKind.PROMISE: DUE}}), DUE, ladder
    )
    # THEN the officer's clock ran on meanwhile, and it went up
    assert (counted(waiting)[E.SLA_BREACHED], waiting.escalation) == (1, 1)
    # WHEN it is accepted again THEN the head keeps his grace
    again = accepted(waiting, at=DUE + MINUTE)
    assert TimerKind.BREACH not in again.timers
    assert sweep(again, DUE + 2 * MINUTE).escalation == 1


def test_a_matter_that_proves_to_be_another_offices_is_to_be_routed_again() -> None:
    back = review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW)
    amended = review.amend(
        back,
        analyst_id=ANALYST,
        reason=None,
        amendments={"department": "PRD", "scheme": None, "category": None},
        offices=registers().offices,
        levels=registers().service_levels,
        calendar=Calendar(),
        at=NOW,
    )
    assert forwarding.needs_routing(amended)
    again = with_officer(amended, who=officer("PRD"))
    assert again.assignment is not None
    assert (again.assignment.office, again.assignment.number) == ("PRD", 2)
    assert not again.assignment.withdrawn


@pytest.mark.parametrize(("rested", "pause"), [(0, 90), (60, 90), (600, 300), (86_400, 3600)])
def test_the_watch_looks_less_often_the_longer_a_record_rests(rested: int, pause: int) -> None:
    record = accepted()
    now = record.events[-1].at + timedelta(seconds=rested)

    watched = clock.rest_again(record, now)

    assert watched.timers[TimerKind.STEP] == now + timedelta(seconds=pause)


def test_what_was_withdrawn_from_an_office_breaches_no_clock_of_its_officer() -> None:
    """An emergency comes back from the portal, and the analyst sees that it is another department's."""
    levels, offices = registers().service_levels, registers().offices
    given = raised()
    term = review.term_of(given, levels, Calendar())
    back = review.ask(given, findings=(), term=term, calendar=Calendar(), at=NOW)
    assert back.timers.keys() & OFFICER_CLOCKS
    amended = review.amend(
        back,
        analyst_id=ANALYST,
        reason=None,
        amendments={"department": "PRD"},
        offices=offices,
        levels=levels,
        calendar=Calendar(),
        at=NOW,
    )
    assert not amended.timers.keys() & OFFICER_CLOCKS
    late = sweep(amended, DUE + MINUTE, DUE + timedelta(days=3))
    assert late.assignment == amended.assignment
    assert not late.escalation
    assert forwarding.needs_routing(late)
    assert public_state(late)["assignee"] is None
