"""Waiting: how often is asked, and for how long."""

from __future__ import annotations

import pytest

from local import waiting
from local.waiting import wait_until


class Clock:
    """Time that passes by sleeping alone."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Lets it pass."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    return clock


def test_who_asks_in_vain_stops_when_the_time_is_over(clock: Clock) -> None:
    assert wait_until(lambda: False, 1, 0.25) is False
    assert clock.slept == [0.25] * 5


def test_a_yes_ends_it_at_once(clock: Clock) -> None:
    assert wait_until(lambda: clock.now > 0.6, 60, 0.25) is True
    assert clock.now == 0.75


def test_the_pause_grows_to_the_longest_and_no_further(clock: Clock) -> None:
    assert wait_until(lambda: clock.now > 10, 60, 0.05, 0.5) is True
    assert clock.slept[0] == 0.05
    assert clock.slept == sorted(clock.slept)
    assert clock.slept[-1] == 0.5
