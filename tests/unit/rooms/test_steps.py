"""What the state machine and the bus ask of validation, asked once, twice, late and by the wrong one."""

from datetime import timedelta

import pytest

from functions.domain import review
from functions.domain.errors import NotFound, Outrun, Unavailable
from functions.domain.record import EventType, Record, Status, TimerKind
from functions.validate import steps
from tests.builders import (
    ANALYST,
    EXECUTION,
    NOW,
    TASK_TOKEN,
    accepted,
    in_portal,
    in_status,
    numbered,
    raised,
    reference_of,
    registered,
    under_review,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
ANOTHER = EXECUTION + "-another"
EMERGENCY = registered(emergency=True)


def approved(record: Record) -> Record:
    return review.approve(record, analyst_id=ANALYST, reason=None, at=NOW)


def waiting(record: Record | None = None) -> Record:
    """A record in review, with an execution that waits."""
    return under_review(record, task_token=TASK_TOKEN).model_copy(update={"execution": EXECUTION})


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (registered(), "review"),
        (EMERGENCY, "review_emergency"),
        (under_review(), "review"),
        (under_review(EMERGENCY), "review_emergency"),
        (accepted(), "push"),
        (accepted(under_review(EMERGENCY)), "raise_emergency"),
        (in_portal(), "route"),
        (in_portal(accepted(under_review(EMERGENCY))), "raise_emergency"),
        (raised(), "raise_emergency"),
    ],
)
def test_an_execution_goes_on_from_where_the_record_stands(
    outside: FakePorts, record: Record, outcome: str
) -> None:
    outside.records.put(record)
    assert steps.take_up(outside, REFERENCE, EXECUTION) == outcome
    assert outside.records.load(REFERENCE).execution == EXECUTION
    # asked again, it hears the same and writes nothing
    assert steps.take_up(outside, REFERENCE, EXECUTION) == outcome
    assert outside.records.writes == 1


@pytest.mark.parametrize(
    "status", [Status.FORWARDED, Status.REJECTED, Status.DUPLICATE, Status.ACTION_TAKEN, Status.CLOSED]
)
@pytest.mark.parametrize("carried_by", [None, ANOTHER])
def test_what_is_at_its_end_is_not_written_however_often_its_events_come_again(
    outside: FakePorts, status: Status, carried_by: str | None
) -> None:
    # A write would be published, looked for as a change, and so bring the next execution.
    record = in_status(status)
    outside.records.put(record.model_copy(update={"execution": carried_by}))
    assert steps.take_up(outside, REFERENCE, EXECUTION) == "finished"
    assert steps.resume(outside, REFERENCE) == "nothing"
    assert outside.records.writes == 0
    assert not outside.workflow.started


@pytest.mark.parametrize("record", [registered(), accepted(), under_review(EMERGENCY)])
def test_a_second_execution_ends_quietly(outside: FakePorts, record: Record) -> None:
    outside.records.put(record)
    outside.workflow.running.add(EXECUTION)
    steps.take_up(outside, REFERENCE, EXECUTION)
    held = outside.records.load(REFERENCE)
    outside.clock.advance(hours=1)
    assert steps.take_up(outside, REFERENCE, ANOTHER) == steps.ELSEWHERE
    assert outside.records.load(REFERENCE) == held


def test_an_execution_that_ended_makes_way_for_the_next(outside: FakePorts) -> None:
    outside.records.put(accepted())
    steps.take_up(outside, REFERENCE, EXECUTION)
    assert steps.take_up(outside, REFERENCE, ANOTHER) == "push"
    assert outside.records.load(REFERENCE).execution == ANOTHER


def test_of_two_executions_at_once_one_is_in_charge(outside: FakePorts) -> None:
    outside.records.put(registered())
    outside.workflow.running |= {EXECUTION, ANOTHER}
    outside.records.before_write.append(lambda: met.append(steps.take_up(outside, REFERENCE, ANOTHER)))
    met: list[str] = []
    assert steps.take_up(outside, REFERENCE, EXECUTION) == steps.ELSEWHERE
    assert met == ["review"]
    assert outside.records.load(REFERENCE).execution == ANOTHER


def test_an_overdue_emergency_goes_ahead_when_its_execution_asks(outside: FakePorts) -> None:
    # GIVEN the sweep never came WHEN the waiting step timed out
    outside.records.put(waiting(EMERGENCY))
    outside.clock.advance(minutes=15)
    # THEN it goes ahead, marked unreviewed, and nobody waits for a decision any more
    assert steps.take_up(outside, REFERENCE, EXECUTION) == "raise_emergency"
    record = outside.records.load(REFERENCE)
    assert record.review is not None
    assert record.review.unreviewed
    assert record.task_token is None
    assert TimerKind.REVIEW_DEADLINE not in record.timers
    assert steps.take_up(outside, REFERENCE, EXECUTION) == "raise_emergency"
    assert outside.records.writes == 1


def test_an_emergency_within_its_fifteen_minutes_is_still_the_analysts(outside: FakePorts) -> None:
    outside.records.put(waiting(EMERGENCY))
    outside.clock.advance(minutes=14, seconds=59)
    assert steps.take_up(outside, REFERENCE, EXECUTION) == "review_emergency"


def test_an_ordinary_record_is_the_analysts_however_long_it_waits(outside: FakePorts) -> None:
    outside.records.put(waiting())
    outside.clock.advance(days=30)
    assert steps.take_up(outside, REFERENCE, EXECUTION) == "review"
    assert outside.records.load(REFERENCE).status is Status.UNDER_REVIEW


def test_no_execution_takes_up_what_does_not_exist(outside: FakePorts) -> None:
    with pytest.raises(NotFound):
        steps.take_up(outside, REFERENCE, EXECUTION)


def test_asking_for_review_checks_the_record_and_keeps_where_the_execution_waits(
    outside: FakePorts,
) -> None:
    outside.records.put(registered())
    steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    record = outside.records.load(REFERENCE)
    assert record.status is Status.UNDER_REVIEW
    assert record.task_token == TASK_TOKEN
    assert record.due_at == outside.registry.calendar().after_working_days(NOW, 7)
    by_tomorrow = outside.registry.calendar().after_working_days(NOW, 1)
    assert record.timers == {TimerKind.PROMISE: record.due_at, TimerKind.REVIEW_DEADLINE: by_tomorrow}
    assert outside.workflow.resumed == []


def test_a_caller_with_many_records_lately_is_noticed_and_reviewed_like_everybody(outside: FakePorts) -> None:
    outside.records.put(registered(), *(numbered(registered(), number) for number in range(500, 508)))
    steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    assert "habitual-caller" not in [one.code for one in outside.records.load(REFERENCE).findings]
    outside.records.put(registered(), numbered(registered(), 508))
    steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    record = outside.records.load(REFERENCE)
    assert "habitual-caller" in [one.code for one in record.findings]
    assert record.status is Status.UNDER_REVIEW


def test_an_emergency_that_is_asked_for_starts_its_clock(outside: FakePorts) -> None:
    outside.records.put(EMERGENCY)
    outside.clock.advance(minutes=2)
    steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    record = outside.records.load(REFERENCE)
    assert record.timers[TimerKind.REVIEW_DEADLINE] == NOW + timedelta(minutes=17)
    assert record.due_at == NOW + timedelta(hours=24)


def test_asked_again_only_the_place_where_it_waits_changes(outside: FakePorts) -> None:
    outside.records.put(EMERGENCY)
    steps.ask_for_review(outside, REFERENCE, "token-of-a-lost-execution")
    first = outside.records.load(REFERENCE)
    outside.clock.advance(minutes=5)
    steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    again = outside.records.load(REFERENCE)
    assert again.task_token == TASK_TOKEN
    same = {"version", "owner", "task_token"}
    assert again.model_dump(exclude=same) == first.model_dump(exclude=same)


def test_the_very_same_step_twice_changes_nothing_that_counts(outside: FakePorts) -> None:
    outside.records.put(registered())
    for _ in range(2):
        steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    record = outside.records.load(REFERENCE)
    assert [event.type for event in record.events].count(EventType.REVIEW_REQUESTED) == 1
    assert outside.workflow.resumed == []


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REJECTED, Status.DUPLICATE, Status.FORWARDED])
def test_asked_after_the_decision_the_execution_is_answered_at_once(
    outside: FakePorts, status: Status
) -> None:
    outside.records.put(in_status(status))
    outside.workflow.waiting.add(TASK_TOKEN)
    steps.ask_for_review(outside, REFERENCE, TASK_TOKEN)
    assert outside.workflow.resumed == [(TASK_TOKEN, {"outcome": status.value, "emergency": False})]
    assert outside.records.writes == 0


def test_a_decision_that_falls_while_it_is_asked_again_is_not_lost(outside: FakePorts) -> None:
    # GIVEN a record in review, and an analyst who decides between our reading and our writing
    record = waiting()
    outside.records.put(record)
    outside.workflow.waiting.add("new-token")
    outside.records.before_write.append(lambda: outside.records.put(decided))
    decided = approved(record).model_copy(update={"version": record.version + 1})
    # WHEN the execution that was started anew asks
    steps.ask_for_review(outside, REFERENCE, "new-token")
    # THEN the decision stands, and the execution hears of it
    assert outside.records.load(REFERENCE) == decided
    assert outside.workflow.resumed == [("new-token", {"outcome": "accepted", "emergency": False})]


@pytest.mark.parametrize("emergency", [False, True])
def test_the_decision_is_carried_to_the_execution_that_waits(outside: FakePorts, *, emergency: bool) -> None:
    outside.records.put(approved(waiting(registered(emergency=emergency))))
    outside.workflow.waiting.add(TASK_TOKEN)
    assert steps.resume(outside, REFERENCE) == "resumed"
    assert outside.workflow.resumed == [(TASK_TOKEN, {"outcome": "accepted", "emergency": emergency})]
    record = outside.records.load(REFERENCE)
    assert record.task_token is None
    assert record.execution == EXECUTION


def test_a_decision_told_twice_is_carried_once(outside: FakePorts) -> None:
    outside.records.put(approved(waiting()))
    outside.workflow.waiting.add(TASK_TOKEN)
    assert [steps.resume(outside, REFERENCE) for _ in range(3)] == ["resumed", "nothing", "nothing"]
    assert len(outside.workflow.resumed) == 1
    assert outside.workflow.started == {}


def test_while_no_decision_fell_nobody_is_told(outside: FakePorts) -> None:
    outside.records.put(waiting())
    outside.workflow.waiting.add(TASK_TOKEN)
    assert steps.resume(outside, REFERENCE) == "nothing"
    assert outside.workflow.waiting == {TASK_TOKEN}


def test_a_dead_token_starts_another_execution_that_takes_the_record_up(outside: FakePorts) -> None:
    # GIVEN the execution that waited is gone
    outside.records.put(approved(waiting()))
    # WHEN the decision is carried
    assert steps.resume(outside, REFERENCE) == "restarted"
    # THEN another is started, once however often the decision is told before it begins
    assert steps.resume(outside, REFERENCE) in {"nothing", "restarted"}
    assert list(outside.workflow.started.values()) == [REFERENCE]
    # AND it goes on where the record stands
    assert steps.take_up(outside, REFERENCE, ANOTHER) == "push"
    assert steps.resume(outside, REFERENCE) == "nothing"
    assert list(outside.workflow.started.values()) == [REFERENCE]


def test_a_restart_that_fails_is_made_good_when_the_decision_is_told_again(outside: FakePorts) -> None:
    # GIVEN a dead token, and a state machine that answers but starts nothing just then
    outside.records.put(approved(waiting()))

    def goes_out() -> None:
        outside.workflow.is_out = True

    outside.records.before_write.append(goes_out)
    with pytest.raises(Unavailable):
        steps.resume(outside, REFERENCE)
    # WHEN it works again and the message comes again
    outside.workflow.is_out = False
    assert steps.resume(outside, REFERENCE) == "restarted"
    # THEN the record is not left behind
    assert list(outside.workflow.started.values()) == [REFERENCE]
    assert steps.take_up(outside, REFERENCE, ANOTHER) == "push"


def test_a_state_machine_that_is_out_leaves_the_token_for_the_next_time(outside: FakePorts) -> None:
    outside.records.put(approved(waiting()))
    outside.workflow.waiting.add(TASK_TOKEN)
    outside.workflow.is_out = True
    with pytest.raises(Unavailable):
        steps.resume(outside, REFERENCE)
    outside.workflow.is_out = False
    assert steps.resume(outside, REFERENCE) == "resumed"


def test_the_execution_may_be_quicker_with_its_next_step_than_the_note_of_it(outside: FakePorts) -> None:
    decided = approved(waiting())
    outside.records.put(decided)
    outside.workflow.waiting.add(TASK_TOKEN)
    pushed = in_portal(decided).model_copy(update={"version": decided.version + 1})
    outside.records.before_write.append(lambda: outside.records.put(pushed))
    assert steps.resume(outside, REFERENCE) == "resumed"
    assert outside.records.load(REFERENCE) == pushed


def test_a_dead_token_of_a_record_that_changes_just_now_is_tried_again(outside: FakePorts) -> None:
    decided = approved(waiting())
    outside.records.put(decided)
    changed = decided.model_copy(update={"version": decided.version + 1})
    outside.records.before_write.append(lambda: outside.records.put(changed))
    with pytest.raises(Outrun):
        steps.resume(outside, REFERENCE)
    assert steps.resume(outside, REFERENCE) == "restarted"


def test_a_record_that_never_had_an_execution_is_not_started_by_a_decision_told_late(
    outside: FakePorts,
) -> None:
    outside.records.put(in_status(Status.REJECTED))
    assert steps.resume(outside, REFERENCE) in {"nothing", "restarted"}
    assert outside.records.writes == 0


def test_a_busy_record_is_given_up_for_now_and_not_for_ever(outside: FakePorts) -> None:
    outside.records.put(registered())

    def somebody_writes() -> None:
        record = outside.records.load(REFERENCE)
        outside.records.put(record.model_copy(update={"version": record.version + 1}))

    outside.records.before_write.extend([somebody_writes] * 5)
    with pytest.raises(Unavailable, match="record"):
        steps.take_up(outside, REFERENCE, EXECUTION)
    assert len(outside.clock.slept) == 5
    assert steps.take_up(outside, REFERENCE, EXECUTION) == "review"
