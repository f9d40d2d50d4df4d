"""Ordinary reviews that nobody decided within a working day: the supervisor is told, and they wait on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import overdue, review, timers
from functions.domain.alerts import alerts_for
from functions.domain.calendar import IST, Calendar
from functions.domain.errors import WrongState
from functions.domain.overdue import ReviewsOverdue
from functions.domain.record import Event, EventType, Kind, Record, Status, TimerKind
from tests.builders import ALERT_RULES, ANALYST, NOW, accepted, in_status, raised, registered, under_review

DECIDE_BY = datetime(2026, 11, 25, 18, 0, tzinfo=IST)
"""``NOW`` is a Tuesday, and the day after it a working day."""

spans = st.timedeltas(timedelta(), timedelta(days=40))
ordinary = st.sampled_from([Kind.GRIEVANCE, Kind.SUGGESTION, Kind.ENQUIRY])


def swept(record: Record, *moments: datetime) -> Record:
    for moment in moments:
        record = timers.run_out(record, moment, lambda _: None)
    return record


def told(record: Record) -> list[Event]:
    return [event for event in record.events if overdue.message_of(event) is not None]


def test_the_supervisor_is_told_at_the_close_of_the_next_working_day() -> None:
    waiting = under_review()
    assert swept(waiting, DECIDE_BY - timedelta(microseconds=1)) is waiting

    after = swept(waiting, DECIDE_BY)

    assert after.status is Status.UNDER_REVIEW
    assert TimerKind.REVIEW_DEADLINE not in after.timers
    assert after.review == waiting.review
    event = after.events[-1]
    assert event.type is EventType.SLA_REMINDER_DUE
    assert event.data == {"review_overdue": True, "decide_by": "2026-11-25T12:30:00+00:00"}
    assert overdue.message_of(event) == ReviewsOverdue(decide_by=DECIDE_BY)


@pytest.mark.parametrize(
    ("asked_at", "decide_by"),
    [
        # The day itself does not count, at whatever hour; Sundays and holidays do not either.
        (datetime(2026, 11, 24, 0, 1, tzinfo=IST), datetime(2026, 11, 25, 18, 0, tzinfo=IST)),
        (datetime(2026, 11, 24, 23, 59, tzinfo=IST), datetime(2026, 11, 25, 18, 0, tzinfo=IST)),
        (datetime(2026, 11, 28, 11, 0, tzinfo=IST), datetime(2026, 12, 1, 18, 0, tzinfo=IST)),
    ],
)
def test_a_working_day_is_the_offices(asked_at: datetime, decide_by: datetime) -> None:
    calendar = Calendar(frozenset({date(2026, 11, 30)}))
    record = review.ask(registered(at=asked_at), findings=(), term=None, calendar=calendar, at=asked_at)
    assert record.timers == {TimerKind.REVIEW_DEADLINE: decide_by}


@given(kind=ordinary, asked_after=spans, sweeps=st.lists(spans, max_size=8))
def test_nobody_but_an_analyst_moves_an_ordinary_record_and_the_supervisor_is_told_once(
    kind: Kind, asked_after: timedelta, sweeps: list[timedelta]
) -> None:
    """Sweeps repeat, and come in any order: one may be handed a later time than the next."""
    asked_at = NOW + asked_after
    waiting = under_review(registered(kind=kind), at=asked_at)
    assert waiting.review is not None
    assert waiting.review.decide_by is not None
    moments = [asked_at + span for span in sweeps]

    after = swept(waiting, *moments)

    assert after.status is Status.UNDER_REVIEW
    assert not review.is_overdue(after, asked_at + timedelta(days=400))
    fell_due = any(moment >= waiting.review.decide_by for moment in moments)
    assert len(told(after)) == fell_due
    assert (TimerKind.REVIEW_DEADLINE in after.timers) != fell_due


@given(ordinary, spans)
def test_no_review_falls_due_sooner_than_the_queue_is_read_for(kind: Kind, asked_after: timedelta) -> None:
    asked_at = NOW + asked_after
    waiting = under_review(registered(kind=kind), at=asked_at)
    assert not overdue.is_overdue(waiting, asked_at + overdue.SHORTEST_WAIT)


def test_an_emergency_is_never_told_as_overdue() -> None:
    waiting = under_review(registered(emergency=True))
    assert not overdue.is_overdue(waiting, NOW + timedelta(days=30))
    assert told(swept(waiting, NOW + timedelta(days=30))) == []


def test_what_was_decided_in_time_tells_nobody() -> None:
    decided = accepted(under_review(), at=NOW + timedelta(hours=1))
    assert TimerKind.REVIEW_DEADLINE not in decided.timers
    late = decided.model_copy(update={"timers": {TimerKind.REVIEW_DEADLINE: DECIDE_BY}})
    assert swept(late, DECIDE_BY).events == decided.events


def test_it_may_be_decided_as_ever_when_it_is_overdue() -> None:
    after = swept(under_review(), DECIDE_BY)
    decided = review.approve(after, analyst_id=ANALYST, reason=None, at=DECIDE_BY + timedelta(hours=15))
    assert decided.status is Status.ACCEPTED
    assert len(told(decided)) == 1


def test_a_record_that_the_portal_sent_back_has_another_working_day() -> None:
    overdue_once = swept(under_review(), DECIDE_BY)
    back_at = DECIDE_BY + timedelta(days=1)
    back = review.ask(
        accepted(overdue_once, at=back_at), findings=(), term=None, calendar=Calendar(), at=back_at
    )
    again = swept(back, back_at + timedelta(days=1))
    assert [event.data["decide_by"] for event in told(again)] == [
        "2026-11-25T12:30:00+00:00",
        "2026-11-27T12:30:00+00:00",
    ]


def test_a_record_of_a_time_without_this_deadline_waits_on() -> None:
    waiting = under_review()
    assert waiting.review is not None
    review_then = waiting.review.model_copy(update={"decide_by": None})
    older = waiting.model_copy(update={"review": review_then, "timers": {}})
    assert swept(older, NOW + timedelta(days=30)) is older
    assert not overdue.is_overdue(older, NOW + timedelta(days=30))


def test_nobody_can_be_told_of_what_does_not_wait() -> None:
    for status in (Status.REGISTERED, Status.REJECTED, Status.ACTION_TAKEN, Status.CLOSED):
        with pytest.raises(WrongState, match=status.value):
            overdue.told(in_status(status), at=NOW)


def test_no_officer_is_told_of_an_overdue_review() -> None:
    after = swept(under_review(), DECIDE_BY)
    assert alerts_for(after, after.events[-1], ALERT_RULES) == ()


def test_an_officers_reminder_is_none_of_the_supervisors() -> None:
    emergency = raised()
    reminded = timers.run_out(emergency, NOW + timedelta(hours=13), lambda _: None)
    assert reminded.events[-1].type is EventType.SLA_REMINDER_DUE
    assert overdue.message_of(reminded.events[-1]) is None


def test_all_that_falls_due_at_a_moment_is_one_message() -> None:
    at_once = [swept(under_review(registered(at=NOW + timedelta(hours=n))), DECIDE_BY) for n in range(3)]
    keys = {message.key for one in at_once for event in told(one) if (message := overdue.message_of(event))}
    assert keys == {DECIDE_BY.astimezone(UTC).isoformat()}
