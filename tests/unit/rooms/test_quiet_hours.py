"""What is no emergency disturbs nobody at night: it waits in the record, and goes in the morning, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters import bundled
from functions.domain import forwarding, timers
from functions.domain.calendar import IST
from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.held_alerts import Readers
from functions.domain.office import Level
from functions.domain.record import EventType, HeldAlerts, Record, TimerKind
from functions.notify.alerting import tell
from functions.sla_timer.sweeping import run_out
from tests.builders import (
    ALERT_RULES,
    NOW,
    SUBJECT,
    action_taken,
    event_of,
    forwarded,
    officer,
    reference_of,
    upload,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
BASE = "https://ssm.wb.example"
NIGHT = datetime(2026, 11, 28, 22, 30, tzinfo=IST)
"""A Saturday's: the morning after it is no working day's."""
MORNING = datetime(2026, 11, 29, 8, 0, tzinfo=IST)
MINUTE = timedelta(minutes=1)
NODAL = officer(phone="+919000000061", email="nodal.hfw@officers.wb.example")
HEAD = officer(level=Level.HEAD, phone="+919000000062", email="head.hfw@officers.wb.example")
OTHERS = officer("PRD", phone="+919000000064", email="nodal.prd@officers.wb.example")


@pytest.fixture
def outside() -> FakePorts:
    return in_the_night()


def in_the_night() -> FakePorts:
    made = FakePorts()
    made.registry.officers = [NODAL, HEAD, OTHERS]
    made.clock.moment = NIGHT
    # Its other clocks are no part of this.
    made.records.put(forwarded().model_copy(update={"timers": {}}))
    return made


def told(outside: FakePorts, sequence: int | None = None, handed_on_at: datetime | None = None) -> int:
    number = sequence or event_of(outside.records.load(REFERENCE), EventType.RECORD_FORWARDED).sequence
    return tell(outside, BASE, REFERENCE, number, handed_on_at=handed_on_at)


def take_from_queue(outside: FakePorts) -> int:
    """What the room does with all that was handed on to it."""
    queue, outside.alert_queues.handed_on = outside.alert_queues.handed_on, []
    return sum(
        told(outside, sequence, at) for readers, _, sequence, at in queue if readers is Readers.OFFICERS
    )


def swept(outside: FakePorts, at: datetime) -> dict[str, int]:
    return run_out(outside, at)


def held(outside: FakePorts) -> tuple[HeldAlerts, ...]:
    return outside.records.load(REFERENCE).held_alerts


def phones(outside: FakePorts) -> list[str]:
    return [sms.phone for sms in outside.messaging.sms]


def test_at_night_the_mails_go_and_the_sms_wait(outside: FakePorts) -> None:
    assert told(outside) == 2
    assert [mail.to for mail in outside.messaging.mails] == [NODAL.email, HEAD.email]
    assert phones(outside) == []
    (waiting,) = held(outside)
    assert (waiting.sequence, waiting.until) == (
        event_of(forwarded(), EventType.RECORD_FORWARDED).sequence,
        MORNING,
    )
    assert outside.records.load(REFERENCE).timers[TimerKind.HELD_ALERTS] == MORNING


def test_they_go_when_the_hours_begin_on_a_sunday_too_and_once(outside: FakePorts) -> None:
    told(outside)
    outside.clock.moment = MORNING - MINUTE
    swept(outside, MORNING - MINUTE)
    assert outside.alert_queues.handed_on == []

    outside.clock.moment = MORNING
    swept(outside, MORNING)
    assert take_from_queue(outside) == 2
    assert phones(outside) == [NODAL.phone, HEAD.phone]
    assert len(outside.messaging.mails) == 2
    assert held(outside) == ()
    assert TimerKind.HELD_ALERTS not in outside.records.load(REFERENCE).timers

    # AND neither another sweep nor the event once more tells it again
    outside.clock.moment = MORNING + MINUTE
    swept(outside, MORNING + MINUTE)
    assert take_from_queue(outside) == 0
    assert told(outside) == 0
    assert len(outside.messaging.sms) == 2


def test_an_event_that_comes_again_at_night_is_held_once(outside: FakePorts) -> None:
    told(outside)
    writes = outside.records.writes
    for _ in range(3):
        outside.clock.advance(hours=2)
        assert told(outside) == 0
    assert len(held(outside)) == 1
    assert outside.records.writes == writes
    assert len(outside.messaging.mails) == 2


def test_a_day_time_event_is_not_held(outside: FakePorts) -> None:
    outside.clock.moment = NOW
    assert told(outside) == 4
    assert held(outside) == ()


def test_a_sweep_that_is_handed_a_later_time_lets_them_go(outside: FakePorts) -> None:
    told(outside)
    # WHEN it is still night by our clock
    swept(outside, MORNING + timedelta(hours=3))
    assert take_from_queue(outside) == 2
    assert held(outside) == ()


def test_a_later_time_of_another_night_holds_them_for_that_mornings_sweep(outside: FakePorts) -> None:
    told(outside)
    swept(outside, MORNING + timedelta(hours=18))
    # WHEN they are told only now, in the second night
    assert take_from_queue(outside) == 0
    assert [one.until for one in held(outside)] == [MORNING + timedelta(days=1)]
    swept(outside, MORNING + timedelta(days=1))
    assert take_from_queue(outside) == 2


def test_what_the_room_holds_anew_before_the_sweep_took_it_away_stays(outside: FakePorts) -> None:
    told(outside)
    second_night = MORNING + timedelta(hours=18)
    # GIVEN the room is quicker than the sweep that handed it on
    hand_on = outside.alert_queues.hand_on

    def at_once(*arguments: object) -> None:
        hand_on(*arguments)  # type: ignore[arg-type]  # as it was called
        take_from_queue(outside)

    outside.alert_queues.hand_on = at_once  # type: ignore[assignment, method-assign]  # where another comes between
    swept(outside, second_night)
    assert [one.until for one in held(outside)] == [MORNING + timedelta(days=1)]


def test_a_worker_that_dies_before_it_took_them_away_hands_them_on_again(outside: FakePorts) -> None:
    told(outside)

    def die() -> None:
        raise RuntimeError("dies")

    outside.records.before_write.append(die)
    assert swept(outside, MORNING)["failed"] == 1
    assert len(held(outside)) == 1
    outside.clock.moment = MORNING
    assert take_from_queue(outside) == 2
    # WHEN the next sweep comes
    assert swept(outside, MORNING + MINUTE)["failed"] == 0
    # THEN it is handed on once more, and the evidence knows
    assert Readers.OFFICERS in {readers for readers, *_ in outside.alert_queues.handed_on}
    assert take_from_queue(outside) == 0
    assert held(outside) == ()
    assert len(outside.messaging.sms) == 2


def test_a_queue_that_is_out_loses_nothing(outside: FakePorts) -> None:
    told(outside)
    outside.alert_queues.out = {Readers.OFFICERS}
    assert swept(outside, MORNING)["failed"] == 1
    assert len(held(outside)) == 1
    outside.alert_queues.out = set()
    outside.clock.moment = MORNING + MINUTE
    swept(outside, MORNING + MINUTE)
    assert take_from_queue(outside) == 2


def test_a_table_that_does_not_keep_them_has_the_event_come_again(outside: FakePorts) -> None:
    def throttled() -> None:
        raise Unavailable("table")

    outside.records.before_write.append(throttled)
    with pytest.raises(Unavailable):
        told(outside)
    assert held(outside) == ()
    assert told(outside) == 0
    assert len(held(outside)) == 1
    assert len(outside.messaging.mails) == 2


def test_a_channel_that_is_out_does_not_keep_the_others_from_being_held(outside: FakePorts) -> None:
    outside.messaging.out = {Channel.EMAIL}
    with pytest.raises(Unavailable):
        told(outside)
    assert len(held(outside)) == 1


def test_another_change_meanwhile_is_no_loss(outside: FakePorts) -> None:
    def another() -> None:
        record = outside.records.load(REFERENCE)
        outside.records.put(
            record.model_copy(update={"version": record.version + 1, "portal_said": "accepted"})
        )

    outside.records.before_write.append(another)
    told(outside)
    assert len(held(outside)) == 1
    assert outside.records.load(REFERENCE).portal_said == "accepted"


def changed_at_night(outside: FakePorts, change: Callable[[Record], Record]) -> None:
    told(outside)
    record = outside.records.load(REFERENCE)
    outside.records.save(record, change(record))
    outside.clock.moment = MORNING
    swept(outside, MORNING)


def test_of_an_assignment_that_another_replaced_nobody_is_told_in_the_morning(outside: FakePorts) -> None:
    office = bundled.registers().offices[OTHERS.office]
    subject = SUBJECT.model_copy(update={"department": office.code, "district": None})
    changed_at_night(
        outside,
        lambda record: forwarding.transferred(
            record, subject=subject, office=office, officer=OTHERS, at=NIGHT
        ),
    )
    assert take_from_queue(outside) == 0
    assert phones(outside) == []
    assert held(outside) == ()
    # AND the one who has it now is told of it by its own event
    assert told(outside) == 2
    assert phones(outside) == [OTHERS.phone]


def test_what_was_redressed_at_night_is_asked_of_nobody(outside: FakePorts) -> None:
    changed_at_night(outside, lambda record: action_taken(record, at=NIGHT))
    assert take_from_queue(outside) == 0
    assert phones(outside) == []
    assert held(outside) == ()


def test_that_time_was_missed_is_told_in_the_morning_whatever_came_of_it(outside: FakePorts) -> None:
    record = forwarded()
    late = timers.run_out(record, NIGHT + timedelta(days=30), lambda _: None)
    breach = event_of(late, EventType.SLA_BREACHED)
    outside.records.put(action_taken(late, at=NIGHT + timedelta(days=30)))
    outside.clock.moment = NIGHT + timedelta(days=30)
    assert told(outside, breach.sequence) == 1
    outside.clock.moment = MORNING + timedelta(days=30)
    swept(outside, outside.clock.moment)
    assert take_from_queue(outside) == 1
    assert phones(outside) == [NODAL.phone]


def test_who_was_succeeded_at_midnight_sleeps_on_and_so_does_the_successor(outside: FakePorts) -> None:
    following = officer(name="Next One (sample)", phone="+919000000099", email="next@wb.example")
    outside.registry.apply_officers([following, HEAD, OTHERS], upload())
    record = outside.records.load(REFERENCE)
    before = record.assignment
    assert before
    passed_on = record.model_copy(
        update={
            "assignment": before.model_copy(update={"number": 2, "holder": following.holder}),
            "events": (
                *record.events,
                event_of(record, EventType.RECORD_FORWARDED).model_copy(
                    update={
                        "sequence": len(record.events) + 1,
                        "data": {
                            **event_of(record, EventType.RECORD_FORWARDED).data,
                            "assignment": 2,
                            "former": NODAL.holder,
                        },
                    }
                ),
            ),
        }
    )
    outside.records.put(passed_on)
    assert told(outside) == 2
    assert {mail.to for mail in outside.messaging.mails} == {following.email, NODAL.email}
    assert phones(outside) == []
    outside.clock.moment = MORNING
    swept(outside, MORNING)
    assert take_from_queue(outside) == 2
    assert sorted(phones(outside)) == sorted([following.phone, NODAL.phone])


steps = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=9 * 60), st.sampled_from(["event", "sweep", "queue", "dies"])
    ),
    max_size=25,
)


@given(begins=st.integers(min_value=0, max_value=24 * 60 - 1), steps=steps)
def test_whatever_comes_in_whatever_order_each_goes_once_and_by_day(
    begins: int, steps: list[tuple[int, str]]
) -> None:
    outside = in_the_night()
    outside.clock.moment = NIGHT.replace(hour=0, minute=0) + timedelta(minutes=begins)
    hours = ALERT_RULES.hours[Channel.SMS]

    def act(what: str) -> None:
        before = len(outside.messaging.sms)
        match what:
            case "event":
                told(outside)
            case "queue":
                take_from_queue(outside)
            case _:
                if what == "dies" and held(outside):
                    outside.records.before_write.append(die)
                swept(outside, outside.clock.now())
                outside.records.before_write.clear()
        assert hours.is_open(outside.clock.now()) or len(outside.messaging.sms) == before

    act("event")
    for minutes, what in steps:
        outside.clock.advance(minutes=minutes)
        act(what)
    # WHEN the sweep and the queue go on by day
    outside.clock.moment = hours.earliest(outside.clock.now() + timedelta(days=1))
    act("sweep")
    act("queue")
    act("sweep")
    act("queue")
    assert sorted(phones(outside)) == sorted([NODAL.phone, HEAD.phone])
    assert len(outside.messaging.mails) == 2
    assert held(outside) == ()


def die() -> None:
    raise RuntimeError("dies")
