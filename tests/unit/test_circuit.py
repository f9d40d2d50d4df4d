"""The circuit before the portal: when it opens, who may ask, how fast the drainer goes."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from functions.domain import circuit as circuits
from functions.domain.circuit import OPENS_AFTER, PROBE_EVERY, SLOWEST, Circuit, Pace
from tests.builders import NOW


def _after(*answers: bool) -> Circuit:
    circuit = Circuit()
    for answered in answers:
        circuit = circuits.succeeded(circuit) if answered else circuits.failed(circuit, at=NOW)
    return circuit


@given(answers=st.lists(st.booleans(), max_size=40))
def test_it_opens_at_the_first_run_of_failures_that_is_long_enough(answers: list[bool]) -> None:
    runs = "".join("." if answered else "x" for answered in answers)
    assert _after(*answers).is_open == ("x" * OPENS_AFTER in runs)


def test_since_when_it_is_open_does_not_move() -> None:
    circuit = _after(*[False] * OPENS_AFTER)
    later = circuits.failed(circuit, at=NOW + timedelta(hours=1))
    assert later.opened_at == NOW


def test_an_answer_to_an_attempt_under_way_does_not_close_it() -> None:
    assert circuits.succeeded(_after(*[False] * OPENS_AFTER)).is_open


@given(waits=st.lists(st.integers(1, 600), min_size=1, max_size=60))
def test_a_portal_that_is_out_is_asked_once_a_minute_however_often_the_drainer_comes(
    waits: list[int],
) -> None:
    circuit = circuits.left_open(Circuit(), at=NOW)
    asked, now = [NOW], NOW
    for seconds in waits:
        now += timedelta(seconds=seconds)
        if circuits.probe_is_due(circuit, now=now):
            asked.append(now)
            circuit = circuits.taken_over(circuit, until=now + timedelta(seconds=80), now=now)
            circuit = circuits.left_open(circuit, at=now)
    # A schedule is not exact to the second.
    least = PROBE_EVERY - timedelta(seconds=10)
    assert all(later - earlier >= least for earlier, later in pairwise(asked))
    assert now - asked[-1] < PROBE_EVERY


def test_one_drainer_works_at_a_time_until_its_time_is_over() -> None:
    until = NOW + timedelta(seconds=80)
    circuit = circuits.taken_over(Circuit(), until=until, now=NOW)
    assert circuits.is_drained(circuit, now=NOW)
    assert circuits.is_drained(circuit, now=until - timedelta(seconds=1))
    # One that died is in nobody's way for long.
    assert not circuits.is_drained(circuit, now=until)
    for left in (
        circuits.left_open(circuit, at=NOW),
        circuits.left_waiting(circuit),
        circuits.closed(circuit),
    ):
        assert not circuits.is_drained(left, now=NOW)


def test_the_next_drainer_goes_on_at_once_where_one_left_others_waiting() -> None:
    out = circuits.left_open(Circuit(), at=NOW - timedelta(hours=1))
    left = circuits.left_waiting(circuits.taken_over(out, until=NOW, now=NOW))
    assert left.is_open
    assert circuits.probe_is_due(left, now=NOW + timedelta(seconds=1))


@given(fastest=st.floats(0.1, 50), busy=st.lists(st.booleans(), max_size=100))
def test_the_pace_is_never_faster_than_the_portal_stands_and_never_stops(
    fastest: float, busy: list[bool]
) -> None:
    pace = Pace.of(fastest)
    for asked_for_patience in busy:
        before = pace.rate
        pace = pace.slower() if asked_for_patience else pace.faster()
        assert 0 < pace.rate <= fastest
        # However busy it is: one in ten seconds still goes in.
        slowest = min(SLOWEST, fastest)
        assert (pace.rate < before or before == slowest) if asked_for_patience else pace.rate >= before
        assert pace.rate >= slowest
    assert pace.pause >= 1 / fastest


@given(fastest=st.floats(0.1, 50), busy=st.integers(0, 30))
def test_a_pace_is_kept_for_the_next_drainer(fastest: float, busy: int) -> None:
    pace = Pace.of(fastest)
    for _ in range(busy):
        pace = pace.slower()
    kept = Pace.of(fastest, pace.pause_ms)
    assert kept.rate <= pace.rate * 1.001
    assert kept.rate >= pace.rate * 0.97
    # A portal that is said to stand less since is not asked more.
    assert Pace.of(fastest / 2, pace.pause_ms).rate <= fastest / 2


def test_a_portal_that_asks_for_patience_is_asked_by_nobody_until_then() -> None:
    circuit = circuits.failed(Circuit(), at=NOW, why="status-429", retry_after=300)
    until = NOW + timedelta(seconds=300)
    assert circuits.seconds_left_alone(circuit, now=until - timedelta(milliseconds=900)) == 1
    assert not circuits.seconds_left_alone(circuit, now=until)
    # An answer that was under way, or a shorter time, does not cut it short; that nobody waits does.
    shorter = circuits.failed(circuits.succeeded(circuit), at=NOW, why="status-429", retry_after=1)
    assert circuits.seconds_left_alone(shorter, now=until - timedelta(seconds=1))
    assert not circuits.seconds_left_alone(circuits.closed(circuit), now=NOW)
    assert not circuits.probe_is_due(circuits.left_open(circuit, at=NOW), now=NOW + timedelta(minutes=2))
    assert circuits.probe_is_due(circuits.left_open(circuit, at=NOW), now=until)
