"""Held alerts: none is lost, and each stays until it was handed on, whatever happens meanwhile."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from functions.domain import timers
from functions.domain.held_alerts import due, held, released
from functions.domain.record import HeldAlerts, Record, Status, TimerKind
from tests.builders import NOW, REACHED, action_taken, forwarded, in_status, with_officer

MORNING = NOW + timedelta(hours=12)
sequences = st.integers(min_value=1, max_value=5)
spans = st.timedeltas(timedelta(seconds=1), timedelta(days=2))


def waiting(record: Record) -> dict[int, datetime]:
    return {one.sequence: one.until for one in record.held_alerts}


def test_an_event_that_comes_again_is_held_once() -> None:
    once = held(forwarded(), 6, until=MORNING, now=NOW)
    assert waiting(once) == {6: MORNING}
    assert held(once, 6, until=MORNING, now=NOW) is once
    assert held(once, 6, until=MORNING + timedelta(hours=1), now=NOW) is once


def test_the_clock_runs_out_with_the_first_of_them() -> None:
    record = held(
        held(forwarded(), 5, until=MORNING, now=NOW), 6, until=MORNING - timedelta(hours=1), now=NOW
    )
    assert record.timers[TimerKind.HELD_ALERTS] == MORNING - timedelta(hours=1)
    assert [one.sequence for one in due(record, MORNING)] == [6, 5]
    left = released(record, due(record, MORNING - timedelta(hours=1)))
    assert waiting(left) == {5: MORNING}
    assert left.timers[TimerKind.HELD_ALERTS] == MORNING


def test_with_the_last_of_them_the_clock_stops_and_no_other_does() -> None:
    record = forwarded()
    after = released(held(record, 6, until=MORNING, now=NOW), [HeldAlerts(sequence=6, until=MORNING)])
    assert after == record
    assert after.timers


def test_what_was_held_anew_while_it_was_handed_on_is_not_taken_away() -> None:
    before = held(forwarded(), 6, until=MORNING, now=NOW)
    handed_on = due(before, MORNING)
    # WHEN whoever it was handed on to finds that it has to wait again
    again = held(before, 6, until=MORNING + timedelta(days=1), now=MORNING)
    assert waiting(released(again, handed_on)) == {6: MORNING + timedelta(days=1)}


@pytest.mark.parametrize("status", sorted(REACHED))
def test_the_domain_lets_no_held_alert_go_by_itself(status: Status) -> None:
    record = held(in_status(status), 1, until=MORNING, now=NOW)
    after = timers.run_out(record, MORNING + timedelta(days=400), lambda _: None)
    assert after.held_alerts == record.held_alerts
    assert after.timers[TimerKind.HELD_ALERTS] == MORNING


def test_nothing_that_happens_to_the_record_takes_them_away() -> None:
    record = held(forwarded(), 6, until=MORNING, now=NOW)
    for after in (action_taken(record), with_officer(record.model_copy(update={"status": Status.ACCEPTED}))):
        assert waiting(after) == {6: MORNING}
        assert after.timers[TimerKind.HELD_ALERTS] == MORNING


@given(st.lists(st.tuples(sequences, spans), max_size=8))
def test_the_clock_is_always_that_of_the_earliest(entries: list[tuple[int, timedelta]]) -> None:
    record = forwarded()
    for sequence, span in entries:
        record = held(record, sequence, until=NOW + span, now=NOW)
    clock = min((one.until for one in record.held_alerts), default=None)
    assert record.timers.get(TimerKind.HELD_ALERTS) == clock


class Night(RuleBasedStateMachine):
    """Events that are held and come again, sweeps that die before they took away what they handed on."""

    @initialize()
    def begin(self) -> None:
        """An evening."""
        self.record = forwarded()
        self.now = NOW
        self.owed: set[int] = set()
        self.told: set[int] = set()

    @rule(sequence=sequences, span=spans)
    def hold(self, sequence: int, span: timedelta) -> None:
        """An event is told, or told once more."""
        self.record = held(self.record, sequence, until=self.now + span, now=self.now)
        self.owed.add(sequence)

    @rule(span=spans)
    def pass_time(self, span: timedelta) -> None:
        """The night passes."""
        self.now += span

    @rule(dies=st.booleans(), again=st.none() | spans)
    def sweep(self, again: timedelta | None, *, dies: bool) -> None:
        """What is due is handed on, told or held anew, and taken away."""
        found = due(self.record, self.now)
        for one in found:
            if again is not None:
                self.record = held(self.record, one.sequence, until=self.now + again, now=self.now)
            else:
                self.owed.discard(one.sequence)
        if not dies:
            self.record = released(self.record, found)

    @invariant()
    def nothing_is_lost(self) -> None:
        """What nobody was told is held."""
        assert self.owed <= {one.sequence for one in self.record.held_alerts}
        assert len(waiting(self.record)) == len(self.record.held_alerts)


TestNight = Night.TestCase
