"""What happens when a record's clock runs out."""

from datetime import datetime, timedelta

from functions.domain import timers
from functions.domain.record import EventType, Record, Status, TimerKind
from tests.builders import NOW, accepted, in_status, registered, under_review

DEADLINE = NOW + timedelta(minutes=15)


def run_out(record: Record, now: datetime) -> Record:
    """With nobody above the officer in charge."""
    return timers.run_out(record, now, lambda _: None)


def waiting() -> Record:
    return under_review(registered(emergency=True))


def test_before_its_time_nothing_changes() -> None:
    record = waiting()
    assert run_out(record, DEADLINE - timedelta(microseconds=1)) is record


def test_at_its_time_the_emergency_goes_ahead_unreviewed() -> None:
    after = run_out(waiting(), DEADLINE)
    assert after.status is Status.ACCEPTED
    assert TimerKind.REVIEW_DEADLINE not in after.timers
    assert after.events[-1].data["unreviewed"] is True
    assert after.events[-1].at == DEADLINE


def test_a_second_time_nothing_changes() -> None:
    after = run_out(waiting(), DEADLINE)
    assert run_out(after, DEADLINE) is after


def test_a_record_without_a_clock_is_left_alone() -> None:
    record = in_status(Status.REJECTED)
    assert run_out(record, DEADLINE + timedelta(days=400)) is record


def test_a_clock_that_came_too_late_only_stops() -> None:
    # GIVEN a decision fell, and yet a clock runs
    decided = accepted(waiting()).model_copy(update={"timers": {TimerKind.REVIEW_DEADLINE: DEADLINE}})
    after = run_out(decided, DEADLINE)
    assert after.timers == {}
    assert after.events == decided.events
    assert [event.type for event in after.events].count(EventType.RECORD_ACCEPTED) == 1


def test_the_next_clock_of_a_record_is_the_earliest() -> None:
    assert waiting().next_timer_at == DEADLINE
    assert in_status(Status.REJECTED).next_timer_at is None
