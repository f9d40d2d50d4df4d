"""The ladder as the clock climbs it: whatever comes twice, late, out of order or at the same time."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from functions.changing import change
from functions.domain import forwarding, ladder, review, succession
from functions.domain.acknowledgement import LIFETIME, Link, digest_of
from functions.domain.assignment import awaits_redress
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.ladder import PAUSE
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.record import Event, EventType, Record, Status, TimerKind
from functions.route.acknowledging import acknowledge
from functions.sla_timer.sweeping import run_out
from tests.builders import (
    ANALYST,
    NOW,
    SUBJECT,
    accepted,
    action_taken,
    forwarded,
    in_portal,
    officer,
    raised,
    reference_of,
    under_review,
    visited,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
TOKEN = "dG9rZW4tb2YtdGhlLWxpbms"


def rung_events(record: Record) -> list[Event]:
    return [event for event in record.events if "rung" in event.data]


def climbed(outside: FakePorts) -> list[tuple[object, object, object]]:
    """Who was tried: rung, office, level."""
    record = outside.records.load(REFERENCE)
    return [(one.data["rung"], one.data["office"], one.data["level"]) for one in rung_events(record)]


def sweeps(outside: FakePorts, quarters: int, of: datetime = NOW) -> None:
    """The sweep comes at each of so many quarters of an hour."""
    for number in range(1, quarters + 1):
        assert run_out(outside, of + number * PAUSE)["failed"] == 0


def linked(outside: FakePorts, *, level: Level = Level.NODAL, office: str = "HFW", number: int = 1) -> str:
    """A link of that officer's, of an assignment; its token."""
    token = f"{TOKEN}-{level}-{office}-{number}"
    outside.links.keep(
        Link(
            digest=digest_of(token),
            reference=REFERENCE,
            assignment=number,
            level=level,
            office=office,
            channel=Channel.SMS,
            expires_at=NOW + LIFETIME,
        )
    )
    return token


def presses(outside: FakePorts, token: str) -> None:
    """The officer acknowledges by that link."""
    assert acknowledge(outside, token).status == 200


def without(outside: FakePorts, office: str, level: Level) -> None:
    """Nobody holds that post any more."""
    outside.registry.officers = [
        one for one in outside.registry.officers if (one.office, one.level) != (office, level)
    ]


@pytest.mark.parametrize("record", [raised(), forwarded(emergency=True), under_review(raised())])
def test_the_ladder_is_the_registrys(outside: FakePorts, record: Record) -> None:
    outside.records.put(record)
    sweeps(outside, 6)
    assert climbed(outside) == [(1, "HFW", "nodal"), (2, "HFW", "head"), (4, "CMO", "apex")]


def test_an_office_with_an_apex_of_its_own_has_a_rung_more(outside: FakePorts) -> None:
    outside.records.put(forwarded(emergency=True))
    outside.registry.officers.append(officer(level=Level.APEX))
    sweeps(outside, 6)
    assert climbed(outside) == [
        (1, "HFW", "nodal"),
        (2, "HFW", "head"),
        (3, "HFW", "apex"),
        (4, "CMO", "apex"),
    ]


def test_a_vacant_post_is_passed_over_loudly(outside: FakePorts, logged: StringIO) -> None:
    outside.records.put(forwarded(emergency=True))
    without(outside, "HFW", Level.HEAD)

    sweeps(outside, 1)
    assert "nobody holds the post" not in logged.getvalue()
    sweeps(outside, 2)

    assert climbed(outside) == [(1, "HFW", "nodal"), (4, "CMO", "apex")]
    assert '"message":"nobody holds the post"' in logged.getvalue()
    assert '"post":"head"' in logged.getvalue()


def test_an_apex_that_an_office_never_had_is_no_vacancy(outside: FakePorts, logged: StringIO) -> None:
    outside.records.put(forwarded(emergency=True))
    sweeps(outside, 6)
    assert "nobody holds the post" not in logged.getvalue()


def test_where_nobody_holds_any_post_it_is_told_each_time_and_somebody_looked_for_again(
    outside: FakePorts, logged: StringIO
) -> None:
    outside.records.put(forwarded(emergency=True))
    outside.registry.officers = []

    sweeps(outside, 2)

    assert climbed(outside) == []
    assert logged.getvalue().count("nobody holds the post") == 2 * 3
    # WHEN the Cell has somebody
    outside.registry.officers = [officer("CMO", Level.APEX)]
    assert run_out(outside, NOW + 3 * PAUSE)["failed"] == 0
    assert climbed(outside) == [(4, "CMO", "apex")]
    assert TimerKind.ACKNOWLEDGEMENT not in outside.records.load(REFERENCE).timers


def test_two_sweeps_at_once_try_one_rung(outside: FakePorts) -> None:
    outside.records.put(forwarded(emergency=True))
    outside.records.before_write.append(lambda: sweeps(outside, 1))

    assert run_out(outside, NOW + PAUSE)["failed"] == 0

    assert climbed(outside) == [(1, "HFW", "nodal")]
    assert outside.records.writes == 1


def test_an_acknowledgement_while_the_sweep_writes_stops_the_ladder(outside: FakePorts) -> None:
    outside.records.put(forwarded(emergency=True))
    token = linked(outside)
    outside.records.before_write.append(lambda: presses(outside, token))

    assert run_out(outside, NOW + PAUSE)["failed"] == 0
    sweeps(outside, 6)

    assert climbed(outside) == []
    assert outside.records.load(REFERENCE).acknowledged_at is not None


def test_a_sweep_while_the_officer_presses_leaves_the_acknowledgement(outside: FakePorts) -> None:
    outside.records.put(forwarded(emergency=True))
    token = linked(outside)
    outside.records.before_write.append(lambda: sweeps(outside, 1))

    assert acknowledge(outside, token).status == 200
    sweeps(outside, 6)

    assert climbed(outside) == [(1, "HFW", "nodal")]


@pytest.mark.parametrize(
    ("level", "office"),
    [(Level.NODAL, "HFW"), (Level.HEAD, "HFW"), (Level.APEX, CMO_GRIEVANCE_CELL)],
)
def test_whoever_was_told_may_acknowledge_and_nobody_more_is_tried(
    outside: FakePorts, level: Level, office: str
) -> None:
    outside.records.put(forwarded(emergency=True))
    sweeps(outside, 2)

    assert acknowledge(outside, linked(outside, level=level, office=office)).status == 200
    sweeps(outside, 9)

    assert climbed(outside) == [(1, "HFW", "nodal"), (2, "HFW", "head")]


def test_a_registry_that_is_out_puts_no_rung_off_for_ever(outside: FakePorts) -> None:
    outside.records.put(forwarded(emergency=True))

    def out(_: str) -> list[object]:
        raise OSError

    known = outside.registry.officers_of
    outside.registry.officers_of = out  # type: ignore[assignment,method-assign]  # the registry is out
    assert run_out(outside, NOW + PAUSE)["failed"] == 1
    outside.registry.officers_of = known  # type: ignore[method-assign]  # and back
    sweeps(outside, 1)

    assert climbed(outside) == [(1, "HFW", "nodal")]


_BEGINS_ANEW = frozenset({EventType.EMERGENCY_RAISED, EventType.ESCALATED, EventType.ATR_RECALLED})


def begins_a_ladder(event: Event, number: int) -> bool:
    """Whether an event gives the emergency to somebody anew, after the assignment of that number."""
    if event.type is EventType.RECORD_FORWARDED:
        return event.data["assignment"] != number
    return event.type in _BEGINS_ANEW


class _Emergency(RuleBasedStateMachine):
    """An emergency among all who may act on it, at any time, twice, and in any order."""

    @initialize(has_apex=st.booleans(), in_the_portal=st.booleans())
    def an_emergency_is_raised(self, *, has_apex: bool, in_the_portal: bool) -> None:
        self.outside = FakePorts()
        self.now = NOW
        self.has_apex = has_apex
        if has_apex:
            self.outside.registry.officers.append(officer(level=Level.APEX))
        self.outside.records.put(forwarded(emergency=True) if in_the_portal else raised())
        self.all_officers = list(self.outside.registry.officers)

    @property
    def record(self) -> Record:
        return self.outside.records.load(REFERENCE)

    def _happens(self, decide: Callable[[Record], Record]) -> None:
        change(self.outside, REFERENCE, decide)

    @rule(minutes=st.integers(0, 40) | st.integers(0, 60 * 30), twice=st.booleans())
    def time_passes_and_the_sweep_comes(self, minutes: int, *, twice: bool) -> None:
        self.now += timedelta(minutes=minutes)
        self.outside.clock.moment = self.now
        before = len(rung_events(self.record))
        if twice:
            self.outside.records.before_write.append(lambda: self._sweep(self.now))
        self._sweep(self.now)
        self.outside.records.before_write.clear()
        assert len(rung_events(self.record)) <= before + 1

    @rule(minutes=st.integers(0, 60 * 30))
    def a_sweep_comes_again_that_was_held_up(self, minutes: int) -> None:
        before = self.record
        self._sweep(max(NOW, self.now - timedelta(minutes=minutes)))
        # Whatever it finds due was due at the latest sweep as well
        assert rung_events(self.record) == rung_events(before)

    def _sweep(self, at: datetime) -> None:
        assert run_out(self.outside, at)["failed"] == 0

    @rule(
        who=st.sampled_from(
            [
                (Level.NODAL, "HFW"),
                (Level.HEAD, "HFW"),
                (Level.APEX, "HFW"),
                (Level.APEX, CMO_GRIEVANCE_CELL),
            ]
        ),
        age=st.integers(0, 1),
        while_the_sweep_writes=st.booleans(),
    )
    def somebody_presses(self, who: tuple[Level, str], age: int, *, while_the_sweep_writes: bool) -> None:
        number = self.record.assignment_number - age
        token = linked(self.outside, level=who[0], office=who[1], number=number)
        if while_the_sweep_writes:
            self.outside.records.before_write.append(lambda: self._sweep(self.now))
        status = acknowledge(self.outside, token).status
        self.outside.records.before_write.clear()
        after = self.record
        if status == 200 and after.assignment_number == number:
            assert after.acknowledged_at is not None
            assert TimerKind.ACKNOWLEDGEMENT not in after.timers

    @precondition(lambda self: self.record.status in {Status.FORWARDED, Status.RECALLED})
    @rule()
    def the_portal_gives_it_to_another_office(self) -> None:
        office = self.outside.registry.registers().offices["320"]
        self._happens(
            lambda record: forwarding.transferred(
                record, subject=SUBJECT, office=office, officer=officer("320"), at=self.now
            )
        )

    @precondition(lambda self: awaits_redress(self.record))
    @rule()
    def another_officer_holds_the_post(self) -> None:
        before = self.record.assignment
        assert before is not None
        office = self.outside.registry.registers().offices[before.office]
        successor = officer(before.office, before.level, name=f"Officer {self.record.version}")
        self._happens(
            lambda record: succession.succeeded(record, office=office, officer=successor, at=self.now)
        )

    @precondition(lambda self: self.record.status is Status.ACCEPTED)
    @rule()
    def the_portal_takes_it(self) -> None:
        self._happens(in_portal)

    @precondition(lambda self: self.record.status is Status.ACCEPTED)
    @rule()
    def the_portal_refuses_it(self) -> None:
        self._happens(
            lambda record: review.ask(
                record,
                findings=(forwarding.refused_by_portal("no"),),
                term=None,
                calendar=Calendar(),
                at=self.now,
            )
        )

    @precondition(lambda self: self.record.status is Status.UNDER_REVIEW)
    @rule(rejects=st.booleans())
    def an_analyst_decides(self, *, rejects: bool) -> None:
        if rejects:
            self._happens(lambda one: review.reject(one, analyst_id=ANALYST, reason="No", at=self.now))
        else:
            self._happens(lambda one: accepted(one, at=self.now))

    @precondition(lambda self: self.record.status in {Status.ACCEPTED, Status.FORWARDED, Status.RECALLED})
    @rule()
    def action_is_reported(self) -> None:
        self._happens(lambda one: action_taken(one, at=self.now))

    @precondition(lambda self: self.record.status is Status.ACTION_TAKEN)
    @rule(meets_standard=st.booleans())
    def the_field_team_visits(self, *, meets_standard: bool) -> None:
        office = self.outside.registry.registers().offices["HFW"]
        self._happens(
            lambda one: visited(one, meets_standard=meets_standard, again_to=(office, officer()), at=self.now)
        )

    @rule(empty=st.sets(st.sampled_from([("HFW", Level.HEAD), ("HFW", Level.APEX), ("320", Level.HEAD)])))
    def posts_fall_vacant(self, empty: set[tuple[str, Level]]) -> None:
        self.outside.registry.officers = [
            one for one in self.all_officers if (one.office, one.level) not in empty
        ]

    def _ladders(self) -> list[list[Event]]:
        """The events of each ladder, which begins with that by which somebody got the emergency."""
        ladders: list[list[Event]] = []
        number = 0
        for event in self.record.events:
            if begins_a_ladder(event, number):
                ladders.append([])
                number = int(event.data["assignment"] or 0)
            if ladders:
                ladders[-1].append(event)
        return ladders

    @invariant()
    def each_ladder_is_climbed_from_below_and_no_rung_twice(self) -> None:
        for events in self._ladders():
            numbers = [event.data["rung"] for event in events if "rung" in event.data]
            assert numbers == sorted(set(numbers))  # type: ignore[type-var]  # an event's data is untyped

    @invariant()
    def between_two_tellings_lies_a_quarter_of_an_hour(self) -> None:
        for events in self._ladders():
            told = [events[0], *(event for event in events if "rung" in event.data)]
            for one, other in itertools.pairwise(told):
                assert other.at - one.at >= PAUSE

    @invariant()
    def nobody_is_tried_after_an_acknowledgement_or_a_report(self) -> None:
        over = {EventType.ALERT_ACKNOWLEDGED, EventType.ACTION_TAKEN, EventType.RECORD_REJECTED}
        for events in self._ladders():
            ends = next((place for place, event in enumerate(events) if event.type in over), len(events))
            assert not [event for event in events[ends:] if "rung" in event.data]

    @invariant()
    def the_clock_runs_exactly_while_somebody_is_to_be_tried(self) -> None:
        record = self.record
        runs = TimerKind.ACKNOWLEDGEMENT in record.timers
        if not ladder.left(record, has_apex=True):
            assert not runs
            return
        assert ladder.is_unacknowledged(record)
        # What the Cell got because its time was over has no ladder: nobody is above
        if record.events and self._ladders()[-1][0].data.get("escalation") != 2:
            assert runs

    @invariant()
    def a_ladder_moves_no_assignment(self) -> None:
        for event in self.record.events:
            if "rung" in event.data:
                given = [one for one in self.record.events[: event.sequence] if begins_a_ladder(one, 0)]
                assert event.data["assignment"] == given[-1].data["assignment"]


TestEmergency = _Emergency.TestCase
TestEmergency.settings = settings(
    max_examples=100, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
