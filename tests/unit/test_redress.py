"""The Action Taken Report, the field check of it, and its recall."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain import forwarding, redress
from functions.domain.errors import Conflict, Refused, WrongState
from functions.domain.office import Level
from functions.domain.record import Checks, EventType, FieldReport, Record, Status, TimerKind
from functions.domain.service_level import EMERGENCY, Term
from functions.domain.timers import run_out
from tests.builders import NOW, action_taken, forwarded, in_status, officer, visited

LATER = NOW + timedelta(hours=2)
OFFICE = registers().offices["HFW"]


def report(**failed: bool) -> FieldReport:
    checks = dict.fromkeys(Checks.model_fields, True) | failed
    return FieldReport(atr=1, executive_id="FE-001", visited_at=LATER, checks=Checks(**checks))


def visit(record: Record, found: FieldReport, *, on_roster: bool = True, at: datetime = LATER) -> Record:
    return redress.field_reported(
        record,
        found,
        standard=registers().standard,
        on_roster=on_roster,
        term=Term(due_at=at + timedelta(hours=24), reminders=()),
        again_to=(OFFICE, officer()),
        at=at,
    )


def test_reports_are_numbered_and_the_last_is_in_force() -> None:
    second = action_taken(action_taken(at=NOW), at=LATER)

    assert second.atr is not None
    assert second.atr.number == 2
    assert second.status is Status.ACTION_TAKEN


@pytest.mark.parametrize(
    ("text", "thin"), [("Done.", True), ("The pump was replaced and tested on site", False)]
)
def test_a_report_that_says_hardly_anything_is_a_finding(text: str, thin: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    after = redress.action_taken(forwarded(), at=NOW, officer=None, report=text, received_at=NOW)

    assert ("thin-report" in [finding.code for finding in after.findings]) is thin
    assert after.events[-1].data["thin"] is thin


@pytest.mark.parametrize("check", sorted(Checks.model_fields))
def test_each_check_of_the_standard_that_fails_recalls(check: str) -> None:
    after = visit(action_taken(), report(**{check: False}))

    assert after.status is Status.RECALLED
    assert [event.type for event in after.events[-2:]] == [
        EventType.FIELD_REPORTED,
        EventType.ATR_RECALLED,
    ]
    assert after.recalled[-1].failed == (check,)


def test_a_visit_that_finds_all_fulfilled_closes() -> None:
    after = visit(action_taken(), report())

    assert after.status is Status.CLOSED
    assert after.recalls == 0


def test_the_standard_is_data() -> None:
    after = redress.field_reported(
        action_taken(),
        report(citizen_contacted=False),
        standard=("grievance_resolved",),
        on_roster=True,
        term=None,
        again_to=None,
        at=LATER,
    )
    assert after.status is Status.CLOSED


def test_a_recall_starts_the_officers_time_anew_and_leaves_the_citizens() -> None:
    before = action_taken(forwarded(emergency=True))
    before = before.model_copy(update={"acknowledged_at": NOW, "escalation": 2})

    after = visit(before, report(grievance_resolved=False))

    assert after.due_at == LATER + timedelta(hours=24)
    assert after.promised_at == NOW + timedelta(hours=24)
    assert (after.recalls, after.escalation, after.acknowledged_at) == (1, 0, None)
    assert after.timers[TimerKind.BREACH] == after.due_at
    assert after.timers[TimerKind.PROMISE] == after.promised_at
    assert after.assignment is not None
    assert before.assignment is not None
    assert after.assignment.number == before.assignment.number + 1
    assert after.execution is None
    assert forwarding.needs_push(after)


def test_a_visit_cannot_have_checked_what_was_reported_after_it() -> None:
    reported = action_taken(at=LATER + timedelta(minutes=1))

    with pytest.raises(Conflict, match="action_taken"):
        visit(reported, report())


def test_a_visit_lies_in_the_past() -> None:
    with pytest.raises(Refused, match="future"):
        visit(action_taken(), report(), at=LATER - timedelta(minutes=6))


@pytest.mark.parametrize("status", [Status.FORWARDED, Status.RECALLED, Status.CLOSED, Status.UNDER_REVIEW])
def test_without_a_report_there_is_nothing_to_check(status: Status) -> None:
    with pytest.raises(WrongState, match=status.value):
        visit(in_status(status), report())


def test_whoever_is_not_on_the_roster_is_a_finding_and_no_refusal() -> None:
    after = visit(action_taken(), report(), on_roster=False)

    assert after.status is Status.CLOSED
    assert "executive-not-on-roster" in [finding.code for finding in after.findings]


@pytest.mark.parametrize("status", [Status.REGISTERED, Status.REJECTED, Status.DUPLICATE, Status.CLOSED])
def test_the_portal_can_have_said_nothing_of_what_it_has_not(status: Status) -> None:
    with pytest.raises(WrongState, match=status.value):
        redress.heard_from_portal(in_status(status), "accepted", NOW)


MOVES = ("report", "good visit", "bad visit", "sweep", "acknowledge", "transfer", "push")


def move(record: Record, what: str, at: datetime) -> Record:  # noqa: PLR0911 - one per move
    match what:
        case "report":
            return action_taken(record, at=at)
        case "good visit":
            return visited(record, at=at)
        case "bad visit":
            return visited(record, meets_standard=False, again_to=(OFFICE, officer()), at=at)
        case "sweep":
            return run_out(record, at, lambda _: (OFFICE, officer(level=Level.HEAD)))
        case "acknowledge":
            number = record.assignment_number
            return forwarding.acknowledged(record, level=Level.NODAL, assignment=number, at=at)
        case "transfer":
            assert record.subject is not None
            return forwarding.transferred(
                record, subject=record.subject, office=OFFICE, officer=officer(), at=at
            )
        case _:
            return (
                forwarding.pushed(record, portal_id="CMO/2026/1", at=at)
                if forwarding.needs_push(record)
                else record
            )


@settings(max_examples=150, deadline=None)
@given(
    emergency=st.booleans(),
    moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(1, 60 * 30)), max_size=25),
)
def test_whatever_happens_in_whatever_order_the_record_stays_whole(
    emergency: bool,  # noqa: FBT001 - hypothesis hands it over
    moves: list[tuple[str, int]],
) -> None:
    record, at = forwarded(emergency=emergency), NOW
    for what, minutes in moves:
        at += timedelta(minutes=minutes)
        try:
            record = move(record, what, at)
        except (WrongState, Conflict):
            continue
        assert [event.sequence for event in record.events] == list(range(1, len(record.events) + 1))
        breaches = [event for event in record.events if event.type is EventType.SLA_BREACHED]
        assert len(breaches) <= 1 + record.recalls
        assert record.recalls_pushed <= record.recalls
        assert record.assignment is not None
        if record.status is Status.CLOSED:
            assert record.timers.keys() <= {TimerKind.STEP}
        if record.status in {Status.FORWARDED, Status.RECALLED}:
            assert record.breached or TimerKind.BREACH in record.timers


def test_an_emergency_has_twenty_four_hours_again() -> None:
    after = visited(action_taken(forwarded(emergency=True)), meets_standard=False)

    assert after.due_at == NOW + timedelta(hours=EMERGENCY.amount)
