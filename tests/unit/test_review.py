"""Validation by the data analysts: the queue, the four decisions and the fifteen minutes."""

from datetime import timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import review
from functions.domain.calendar import Calendar
from functions.domain.errors import Refused, WrongState
from functions.domain.record import Actor, EventType, Finding, Kind, Record, Status, TimerKind
from functions.domain.service_level import ServiceLevel, Term
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    PRIVATE,
    REACHED,
    SUBJECT,
    in_status,
    reference_of,
    registered,
    under_review,
)

LEVELS = registers().service_levels
LATER = NOW + timedelta(minutes=7)
HOLIDAYS = Calendar()


def amend(record: Record, **amendments: object) -> Record:
    return review.amend(
        record,
        analyst_id=ANALYST,
        reason=ANALYST_REASON,
        amendments=amendments,
        offices=registers().offices,
        levels=LEVELS,
        calendar=HOLIDAYS,
        at=LATER,
    )


def test_a_grievance_is_due_after_its_service_level_reckoned_from_registration() -> None:
    ordinary = review.term_of(registered(), LEVELS, HOLIDAYS)
    assert ordinary is not None
    assert ordinary.due_at == HOLIDAYS.after_working_days(NOW, 7)
    urgent = review.term_of(registered(emergency=True), LEVELS, HOLIDAYS)
    assert urgent is not None
    assert urgent.due_at == NOW + timedelta(hours=24)
    assert urgent.reminders == (NOW + timedelta(hours=12), NOW + timedelta(hours=19, minutes=12))


@pytest.mark.parametrize("kind", [Kind.SUGGESTION, Kind.ENQUIRY, Kind.MISSED_CALL])
def test_what_is_no_grievance_has_no_clock(kind: Kind) -> None:
    assert review.term_of(registered(kind=kind), LEVELS, HOLIDAYS) is None


def test_an_ordinary_record_waits_for_its_decision_and_never_goes_ahead_by_itself() -> None:
    finding = Finding(code="thin-text", severity="warning", text="It is thin.")
    record = review.ask(
        registered(), findings=(finding,), term=Term(LATER, (NOW,)), calendar=HOLIDAYS, at=NOW
    )
    assert record.status is Status.UNDER_REVIEW
    assert record.findings == (finding,)
    assert record.due_at == record.promised_at == LATER
    assert record.reminders == (NOW,)
    close_of_tomorrow = HOLIDAYS.after_working_days(NOW, 1)
    assert record.timers == {TimerKind.PROMISE: LATER, TimerKind.REVIEW_DEADLINE: close_of_tomorrow}
    assert record.review is not None
    assert record.review.decide_by == close_of_tomorrow
    assert record.events[-1].data == {"findings": 1, "emergency": False}
    assert not review.is_overdue(record, NOW + timedelta(days=30))


def test_an_emergency_waits_for_fifteen_minutes() -> None:
    record = under_review(registered(emergency=True))
    deadline = NOW + timedelta(minutes=15)
    assert record.timers[TimerKind.REVIEW_DEADLINE] == deadline
    assert not review.is_overdue(record, deadline - timedelta(microseconds=1))
    assert review.is_overdue(record, deadline)


def test_an_ordinary_record_that_is_overdue_is_claimed_as_long_as_any() -> None:
    late = NOW + timedelta(days=5)
    claimed = review.claimed(under_review(), analyst_id=ANALYST, at=late)
    assert claimed.review is not None
    assert claimed.review.claim is not None
    assert claimed.review.claim.until == late + review.CLAIMED_FOR


def test_approved_goes_on_as_it_stands() -> None:
    before = under_review()
    after = review.approve(before, analyst_id=ANALYST, reason=ANALYST_REASON, at=LATER)
    assert after.status is Status.ACCEPTED
    assert after.subject == before.subject
    assert after.due_at == before.due_at
    assert after.review is not None
    assert (after.review.analyst_id, after.review.reason) == (ANALYST, ANALYST_REASON)
    assert (after.review.asked_at, after.review.decided_at) == (NOW, LATER)
    assert after.events[-1].by is Actor.DATA_ANALYST
    assert after.events[-1].data == {"emergency": False, "unreviewed": False}


def test_rejected_has_no_due_date_any_more() -> None:
    after = review.reject(under_review(), analyst_id=ANALYST, reason=ANALYST_REASON, at=LATER)
    assert (after.status, after.due_at, after.timers) == (Status.REJECTED, None, {})
    assert after.review is not None
    assert after.review.reason == ANALYST_REASON


def test_a_duplicate_names_the_record_that_goes_on_for_both() -> None:
    other = reference_of("CC-20261124-000001")
    after = review.mark_duplicate(
        under_review(), analyst_id=ANALYST, reason=None, duplicate_of=other, at=LATER
    )
    assert (after.status, after.due_at, after.timers) == (Status.DUPLICATE, None, {})
    assert after.review is not None
    assert after.review.duplicate_of == other
    assert after.events[-1].data == {"duplicate_of": other}


def test_no_record_is_a_duplicate_of_itself() -> None:
    record = under_review()
    with pytest.raises(Refused) as refused:
        review.mark_duplicate(
            record, analyst_id=ANALYST, reason=None, duplicate_of=record.reference, at=LATER
        )
    assert [fault.pointer for fault in refused.value.faults] == ["/duplicate_of"]


def test_amended_is_corrected_and_validated_and_the_first_version_is_kept() -> None:
    after = amend(under_review(), department="PRD", category="road-village", scheme=None)
    assert after.status is Status.ACCEPTED
    assert after.subject is not None
    assert (after.subject.department, after.subject.category, after.subject.scheme) == (
        "PRD",
        "road-village",
        None,
    )
    assert after.subject.summary == SUBJECT.summary
    assert after.review is not None
    assert after.review.amended_from == SUBJECT
    assert after.events[-1].data["amended"] == "category,department,scheme"


def test_an_amendment_moves_the_due_date_with_the_service_level() -> None:
    level = ServiceLevel(department="PRD", category="*", amount=2, unit="clock_hours", reminders=())
    after = review.amend(
        under_review(),
        analyst_id=ANALYST,
        reason=None,
        amendments={"department": "PRD"},
        offices=registers().offices,
        levels=(*LEVELS, level),
        calendar=HOLIDAYS,
        at=LATER,
    )
    assert after.due_at == after.promised_at == NOW + timedelta(hours=2)
    assert after.timers[TimerKind.PROMISE] == after.due_at


@pytest.mark.parametrize(
    ("amendments", "pointers"),
    [
        ({"department": "HEALTH"}, ["/amendments/department"]),
        ({"department": "320"}, ["/amendments/department"]),
        ({"district": "HFW"}, ["/amendments/district"]),
        ({"police_office": "320", "district": "999"}, ["/amendments/district", "/amendments/police_office"]),
        ({"department": None, "district": None}, ["/amendments"]),
    ],
)
def test_an_amendment_to_an_office_that_is_none_is_refused(
    amendments: dict[str, object], pointers: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        amend(under_review(), **amendments)
    assert [fault.pointer for fault in refused.value.faults] == pointers


def test_a_suggestion_may_be_amended_to_name_no_office() -> None:
    suggestion = under_review(registered(kind=Kind.SUGGESTION))
    assert amend(suggestion, department=None, district=None).status is Status.ACCEPTED


def test_an_emergency_goes_ahead_unreviewed_and_is_marked_so() -> None:
    at = NOW + timedelta(minutes=15)
    after = review.go_ahead_unreviewed(under_review(registered(emergency=True)), at=at)
    assert after.status is Status.ACCEPTED
    assert TimerKind.REVIEW_DEADLINE not in after.timers
    assert after.review is not None
    assert (after.review.unreviewed, after.review.analyst_id) == (True, None)
    assert after.events[-1].by is Actor.SYSTEM
    assert after.events[-1].data == {"emergency": True, "unreviewed": True}


@pytest.mark.parametrize("status", sorted(REACHED - {Status.UNDER_REVIEW}))
def test_nothing_is_decided_of_what_does_not_wait_for_review(status: Status) -> None:
    record = in_status(status)
    with pytest.raises(WrongState, match=status.value):
        review.approve(record, analyst_id=ANALYST, reason=None, at=LATER)
    with pytest.raises(WrongState, match=status.value):
        review.reject(record, analyst_id=ANALYST, reason="A reason", at=LATER)
    with pytest.raises(WrongState, match=status.value):
        review.mark_duplicate(
            record, analyst_id=ANALYST, reason=None, duplicate_of=reference_of("CC-1"), at=LATER
        )
    with pytest.raises(WrongState, match=status.value):
        review.go_ahead_unreviewed(record, at=LATER)


@pytest.mark.parametrize("emergency", [False, True])
@pytest.mark.parametrize("status", sorted(REACHED - {Status.AWAITING_CALLBACK}))
def test_no_event_tells_what_the_caller_or_the_analyst_said(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    told = " ".join(event.model_dump_json() for event in record.events)
    assert EventType.RECORD_REGISTERED in told
    assert not [said for said in PRIVATE if said in told]


def test_what_has_no_subject_is_amended_in_no_state() -> None:
    with pytest.raises(WrongState, match="awaiting_callback"):
        amend(registered(kind=Kind.MISSED_CALL), block="")
