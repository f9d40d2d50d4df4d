"""The sweep: whatever is due falls due, once, and one failure holds back no other."""

from datetime import datetime, timedelta
from io import StringIO

import pytest

from functions.domain import review
from functions.domain.errors import Refused, Unavailable
from functions.domain.office import Level
from functions.domain.record import EventType, Record, Status, TimerKind
from functions.sla_timer import handler, sweeping
from functions.sla_timer.sweeping import run_out
from tests.builders import (
    ANALYST,
    CONTEXT,
    NOW,
    accepted,
    forwarded,
    numbered,
    reference_of,
    registered,
    settings,
    under_review,
)
from tests.fakes import FakePorts

DEADLINE = NOW + timedelta(minutes=15)


def emergency(number: int, at: datetime = NOW) -> Record:
    return numbered(under_review(registered(emergency=True, at=at)), number)


def rejected(record: Record) -> Record:
    return review.reject(record, analyst_id=ANALYST, reason="A reason", at=NOW)


def accepted_events(outside: FakePorts) -> list[int]:
    return [
        [event.type for event in record.events].count(EventType.RECORD_ACCEPTED)
        for record in outside.records.kept.values()
    ]


def test_fifteen_minutes_are_fifteen_minutes(outside: FakePorts) -> None:
    outside.records.put(emergency(1), emergency(2))
    assert run_out(outside, DEADLINE - timedelta(seconds=1)) == {"due": 0, "failed": 0}
    assert outside.records.writes == 0
    assert run_out(outside, DEADLINE) == {"due": 2, "failed": 0}
    assert {record.status for record in outside.records.kept.values()} == {Status.ACCEPTED}


def test_ordinary_records_and_later_emergencies_go_on_waiting(outside: FakePorts) -> None:
    ordinary, late = numbered(under_review(), 1), emergency(2, NOW + timedelta(minutes=1))
    outside.records.put(ordinary, late, emergency(3))
    assert run_out(outside, DEADLINE)["due"] == 1
    assert outside.records.load(ordinary.reference) == ordinary
    assert outside.records.load(late.reference) == late


def test_a_second_sweep_doubles_nothing(outside: FakePorts) -> None:
    outside.records.put(*(emergency(number) for number in range(5)))
    run_out(outside, DEADLINE)
    assert run_out(outside, DEADLINE) == {"due": 0, "failed": 0}
    assert accepted_events(outside) == [1] * 5


def test_two_sweeps_at_once_double_nothing(outside: FakePorts) -> None:
    # GIVEN another sweep runs whole between the first one's reading and writing
    outside.records.put(*(emergency(number) for number in range(5)))
    met: list[dict[str, int]] = []
    outside.records.before_write.append(lambda: met.append(run_out(outside, DEADLINE)))
    assert run_out(outside, DEADLINE) == {"due": 5, "failed": 0}
    assert met == [{"due": 5, "failed": 0}]
    assert accepted_events(outside) == [1] * 5
    assert outside.records.writes == 5


def test_a_sweep_after_an_outage_misses_nothing(outside: FakePorts) -> None:
    outside.records.put(emergency(1), emergency(2, NOW + timedelta(days=3)))
    assert run_out(outside, NOW + timedelta(days=30)) == {"due": 2, "failed": 0}


def test_the_longest_overdue_goes_first(outside: FakePorts) -> None:
    outside.records.put(emergency(1, NOW + timedelta(minutes=5)), emergency(2), emergency(3, NOW))
    order = outside.records.with_timer_due(NOW + timedelta(hours=1))
    assert order[-1] == reference_of("CC-20261124-000001")


def test_a_record_that_fails_keeps_its_clock_and_holds_back_no_other(
    outside: FakePorts, logged: StringIO
) -> None:
    outside.records.put(*(emergency(number) for number in range(3)))

    def the_table_is_out() -> None:
        raise Unavailable("table")

    outside.records.before_write.append(the_table_is_out)
    assert run_out(outside, DEADLINE) == {"due": 3, "failed": 1}
    assert sorted(accepted_events(outside)) == [0, 1, 1]
    assert '"error":"Unavailable"' in logged.getvalue()
    assert run_out(outside, DEADLINE) == {"due": 1, "failed": 0}
    assert accepted_events(outside) == [1] * 3


def test_a_decision_that_fell_while_the_clock_ran_out_stands(outside: FakePorts) -> None:
    waiting = emergency(1)
    decided = rejected(waiting).model_copy(update={"version": waiting.version + 1})
    outside.records.put(waiting)
    outside.records.before_write.append(lambda: outside.records.put(decided))
    assert run_out(outside, DEADLINE)["failed"] == 0
    assert outside.records.load(waiting.reference) == decided


@pytest.mark.parametrize(
    ("stage", "ahead", "taken"),
    [
        ("production", timedelta(minutes=5), True),
        ("production", timedelta(minutes=5, seconds=1), False),
        ("staging", timedelta(days=1), False),
        ("local", timedelta(days=30), True),
        ("production", timedelta(days=-3), True),
    ],
)
def test_now_is_the_events_time_and_lies_ahead_only_at_home(
    outside: FakePorts,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    ahead: timedelta,
    taken: bool,  # noqa: FBT001 - a parameter of the table above
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(STAGE=stage))
    outside.records.put(emergency(1))
    event = {"time": (outside.clock.now() + ahead).isoformat().replace("+00:00", "Z")}
    if not taken:
        with pytest.raises(Refused, match="future"):
            handler.sweep(event, CONTEXT)
        assert outside.records.writes == 0
        return
    assert handler.sweep(event, CONTEXT) == {"due": int(ahead > timedelta(minutes=15)), "failed": 0}


RUNNING, DEAD = "arn:running", "arn:dead"


def resting(execution: str | None) -> Record:
    record = accepted().model_copy(update={"execution": execution})
    assert record.timers[TimerKind.STEP] == NOW + timedelta(seconds=90)
    return record


@pytest.mark.parametrize("execution", [DEAD, None])
def test_a_record_that_no_execution_carries_is_started_again_once(
    outside: FakePorts, execution: str | None
) -> None:
    outside.records.put(resting(execution))
    outside.clock.advance(seconds=90)

    run_out(outside, outside.clock.now())
    run_out(outside, outside.clock.now())

    after = outside.records.load(reference_of())
    assert after.execution is None
    assert outside.workflow.started == {f"{after.reference}-{after.version}": after.reference}


def test_a_record_that_is_carried_is_only_looked_at_again(outside: FakePorts) -> None:
    outside.records.put(resting(RUNNING))
    outside.workflow.running.add(RUNNING)
    outside.clock.advance(seconds=90)

    run_out(outside, outside.clock.now())

    after = outside.records.load(reference_of())
    assert after.execution == RUNNING
    assert outside.workflow.started == {}
    assert after.timers[TimerKind.STEP] > outside.clock.now()


def test_a_sweep_that_is_handed_a_later_time_does_not_put_the_watch_off(outside: FakePorts) -> None:
    outside.records.put(resting(RUNNING))
    outside.workflow.running.add(RUNNING)

    run_out(outside, NOW + timedelta(days=8))

    assert outside.records.load(reference_of()).timers[TimerKind.STEP] <= NOW + timedelta(hours=1)


def test_a_start_that_fails_is_made_good_by_the_next_look(outside: FakePorts) -> None:
    outside.records.put(resting(None))
    outside.clock.advance(seconds=90)
    outside.workflow.is_out = True
    assert run_out(outside, outside.clock.now())["failed"] == 1
    outside.workflow.is_out = False
    outside.clock.advance(seconds=90)

    assert run_out(outside, outside.clock.now())["failed"] == 0

    assert list(outside.workflow.started.values()) == [reference_of()]


def test_the_ladder_is_the_registrys(outside: FakePorts) -> None:
    record = forwarded(emergency=True)
    outside.records.put(record)
    for hours in (25, 28, 40):
        run_out(outside, NOW + timedelta(hours=hours))
    climbed = [
        (event.data["office"], event.data["level"])
        for event in outside.records.load(record.reference).events
        if event.type is EventType.ESCALATED
    ]
    assert climbed == [("HFW", "head"), ("CMO", "apex")]


def test_an_office_without_a_head_is_passed_over(outside: FakePorts) -> None:
    record = forwarded(emergency=True)
    outside.records.put(record)
    outside.registry.officers = [one for one in outside.registry.officers if one.level is not Level.HEAD]

    run_out(outside, NOW + timedelta(hours=25))

    after = outside.records.load(record.reference)
    assert after.assignment is not None
    assert (after.assignment.office, after.escalation) == ("CMO", 2)


def test_of_very_many_one_sweep_handles_the_longest_overdue_and_the_next_the_rest(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "_MOST", 2)
    outside.records.put(*(emergency(number, NOW + timedelta(minutes=number)) for number in range(3)))
    later = DEADLINE + timedelta(minutes=5)

    run_out(outside, later)
    assert accepted_events(outside) == [1, 1, 0]
    run_out(outside, later)
    assert accepted_events(outside) == [1, 1, 1]
