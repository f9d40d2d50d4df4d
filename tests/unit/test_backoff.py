"""How long to wait before trying again."""

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.backoff import wait_seconds

attempts = st.integers(0, 10_000)
fractions = st.floats(0, 1, exclude_max=True)


@given(attempts, fractions, st.integers(0, 900))
def test_a_wait_is_whole_seconds_and_at_least_what_was_asked(
    attempt: int, fraction: float, asked: int
) -> None:
    wait = wait_seconds(attempt, fraction, at_least=asked)
    assert isinstance(wait, int)
    assert max(1, asked) <= wait <= max(600, asked)


@given(attempts, fractions, st.integers(901, 10**9))
def test_whoever_asks_for_more_than_a_quarter_of_an_hour_is_mistaken(
    attempt: int, fraction: float, asked: int
) -> None:
    assert wait_seconds(attempt, fraction, at_least=asked) == 900


@given(st.integers(0, 20), fractions)
def test_the_first_twenty_waits_are_a_minute_at_most(attempt: int, fraction: float) -> None:
    assert wait_seconds(attempt, fraction) <= 60


@given(st.integers(21, 10_000), fractions)
def test_what_is_out_for_long_is_asked_every_ten_minutes_at_most(attempt: int, fraction: float) -> None:
    assert 300 <= wait_seconds(attempt, fraction) <= 600


@given(attempts, fractions)
def test_later_attempts_never_wait_less(attempt: int, fraction: float) -> None:
    assert wait_seconds(attempt, fraction) <= wait_seconds(attempt + 1, fraction)


def test_waits_double_up_to_a_minute() -> None:
    assert [wait_seconds(attempt, 0.999_999) for attempt in range(7)] == [2, 4, 8, 16, 32, 60, 60]


def test_jitter_spreads_over_the_upper_half() -> None:
    assert {wait_seconds(9, number / 100) for number in range(100)} >= set(range(30, 60))
