"""Numbers that rang after hours are called back: three times at the most, in office hours, each once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import callback, registration
from functions.domain.calendar import Calendar
from functions.domain.errors import WrongState
from functions.domain.record import Actor, CallbackOutcome, EventType, Kind, Record, Status, TimerKind
from functions.domain.timers import run_out
from tests.builders import called, in_status, registered

NO_ANSWER, REACHED, WRONG = (
    CallbackOutcome.NO_ANSWER,
    CallbackOutcome.REACHED,
    CallbackOutcome.WRONG_NUMBER,
)
EVENING = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""21:30 IST on a Tuesday."""
NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)


def rang(at: datetime = EVENING, holidays: frozenset[date] = frozenset()) -> Record:
    return registered(kind=Kind.MISSED_CALL, at=at, holidays=Calendar(holidays))


def swept(record: Record, at: datetime) -> Record:
    return run_out(record, at, lambda _: None)


def test_a_number_is_called_when_the_call_centre_opens_again() -> None:
    record = rang()
    assert callback.waits(record)
    assert record.callback is not None
    assert record.callback.due_at == record.callback_not_before == NINE
    assert record.callback.rang_at == (EVENING - timedelta(minutes=10),)
    assert record.timers == {TimerKind.CALLBACK: NINE}


def test_over_a_holiday_and_a_sunday_it_waits() -> None:
    saturday = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
    record = rang(saturday, frozenset({date(2026, 11, 30)}))
    assert record.callback_not_before == datetime(2026, 12, 1, 3, 30, tzinfo=UTC)


def test_when_the_time_comes_it_is_told_once() -> None:
    early = swept(rang(), NINE - timedelta(seconds=1))
    assert early == rang()
    due = swept(early, NINE)
    assert [event.type for event in due.events] == [EventType.RECORD_REGISTERED, EventType.CALLBACK_DUE]
    assert due.events[-1].by is Actor.SLA_TIMER
    assert due.timers == {}
    assert callback.waits(due)
    assert swept(due, NINE + timedelta(days=3)) == due


def test_nobody_answers_three_times_and_the_number_is_given_up() -> None:
    once = called(NO_ANSWER, record=swept(rang(), NINE), at=NINE)
    assert once.status is Status.AWAITING_CALLBACK
    assert once.callback is not None
    assert once.callback.due_at == NINE + callback.PAUSE
    twice = called(NO_ANSWER, record=once, at=NINE + timedelta(hours=8))
    assert twice.callback is not None
    # THEN the third try is for the next morning: two hours on the call centre is closed
    assert twice.callback.due_at == NINE + timedelta(days=1)
    assert swept(twice, NINE + timedelta(days=1)).events[-1].type is EventType.CALLBACK_DUE
    given_up = called(NO_ANSWER, record=twice, at=NINE + timedelta(days=1))
    assert given_up.status is Status.UNREACHABLE
    assert given_up.events[-1].type is EventType.CALLBACK_COMPLETED
    assert given_up.events[-1].data == {"outcome": NO_ANSWER, "attempts": 3, "led_to": None}
    assert given_up.timers == {}
    assert not callback.waits(given_up)


def test_who_is_reached_is_called_no_more_and_leads_to_a_record() -> None:
    done = callback.attempted(
        rang(), REACHED, agent_id="A-17", led_to="SSM-4821-903-7717", calendar=Calendar(), at=NINE
    )
    assert done.status is Status.CALLED_BACK
    assert done.callback is not None
    assert done.callback.led_to == "SSM-4821-903-7717"
    assert done.events[-1].note.endswith("SSM-4821-903-7717")
    assert done.events[-1].data["led_to"] == "SSM-4821-903-7717"
    assert swept(done, NINE + timedelta(days=9)) == done


def test_a_wrong_number_is_given_up_at_once() -> None:
    assert called(WRONG).status is Status.UNREACHABLE


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.AWAITING_CALLBACK}))
def test_nobody_else_is_called_back(status: Status) -> None:
    with pytest.raises(WrongState, match=status.value):
        called(REACHED, record=in_status(status))


def test_a_call_that_joined_another_is_not_called_for_itself() -> None:
    first = rang()
    second = registration.register(
        **{name: getattr(rang(), name) for name in ("reference", "owner", "record_id", "content_hash")},
        **{name: getattr(rang(), name) for name in ("kind", "call", "caller", "subject", "emergency")},
        offices={},
        calendar=Calendar(),
        now=EVENING,
        joined_to=first.reference,
    )
    assert not callback.waits(second)
    assert second.timers == {}
    assert second.callback_not_before == NINE
    with pytest.raises(WrongState):
        called(REACHED, record=second)


@given(st.lists(st.integers(0, 10**6), max_size=80))
def test_rings_are_told_in_order_and_each_moment_once(seconds: list[int]) -> None:
    record = rang()
    moments = [EVENING + timedelta(seconds=second) for second in seconds]
    for moment in moments:
        record = callback.rang_again(record, moment)
    assert record.callback is not None
    told = record.callback.rang_at
    assert list(told) == sorted({*moments, EVENING - timedelta(minutes=10)})[-50:]
    assert record.callback.due_at == NINE


@given(st.lists(st.sampled_from(CallbackOutcome), max_size=6), st.integers(0, 10**7))
def test_a_number_is_never_tried_more_than_three_times_nor_out_of_hours(
    outcomes: list[CallbackOutcome], after: int
) -> None:
    record, now = rang(), NINE
    for outcome in outcomes:
        if not callback.waits(record):
            break
        record = called(outcome, record=record, at=now)
        if record.callback and record.callback.due_at:
            assert Calendar().is_open(record.callback.due_at)
            assert record.callback.due_at > now
            now = record.callback.due_at + timedelta(seconds=after % 3600)
    assert record.callback is not None
    assert len(record.callback.attempts) <= 3
