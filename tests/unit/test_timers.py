"""What happens when a record's clock runs out."""

from datetime import timedelta

from functions.domain import timers
from functions.domain.record import EventType, Record, Status, TimerKind
from tests.builders import NOW, accepted, registered, under_review

DEADLINE = NOW + timedelta(minutes=15)


def waiting() -> Record:
    return under_review(registered(emergency=True))


def test_before_its_time_nothing_changes() -> None:
    record = waiting()
    assert timers.run_out(record, DEADLINE - timedelta(microseconds=1)) is record


def test_at_its_time_the_emergency_goes_ahead_unreviewed() -> None:
    after = timers.run_out(waiting(), DEADLINE)
    assert after.status is Status.ACCEPTED
    assert after.timers == {}
    assert after.events[-1].data["unreviewed"] is True
    assert after.events[-1].at == DEADLINE


def test_a_second_time_nothing_changes() -> None:
    after = timers.run_out(waiting(), DEADLINE)
    assert timers.run_out(after, DEADLINE) is after


def test_a_record_without_a_clock_is_left_alone() -> None:
    record = accepted()
    assert timers.run_out(record, DEADLINE + timedelta(days=400)) is record


def test_a_clock_that_came_too_late_only_stops() -> None:
    # GIVEN a decision fell, and yet a clock runs
    decided = accepted(waiting()).model_copy(update={"timers": {TimerKind.REVIEW_DEADLINE: DEADLINE}})
    after = timers.run_out(decided, DEADLINE)
    assert after.timers == {}
    assert after.events == decided.events
    assert [event.type for event in after.events].count(EventType.RECORD_ACCEPTED) == 1


def test_the_next_clock_of_a_record_is_the_earliest() -> None:
    assert waiting().next_timer_at == DEADLINE
    assert registered().next_timer_at is None
