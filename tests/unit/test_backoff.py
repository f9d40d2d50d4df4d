"""How long to wait before trying again."""

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.backoff import wait_seconds

attempts = st.integers(0, 10_000)
fractions = st.floats(0, 1, exclude_max=True)


@given(attempts, fractions, st.integers(0, 3600))
def test_a_wait_is_whole_seconds_at_least_what_was_asked_and_at_most_a_minute(
    attempt: int, fraction: float, asked: int
) -> None:
    wait = wait_seconds(attempt, fraction, at_least=asked)
    assert isinstance(wait, int)
    assert max(1, asked) <= wait <= max(60, asked)


@given(attempts, fractions)
def test_later_attempts_never_wait_less(attempt: int, fraction: float) -> None:
    assert wait_seconds(attempt, fraction) <= wait_seconds(attempt + 1, fraction)


def test_waits_double_up_to_a_minute() -> None:
    assert [wait_seconds(attempt, 0.999_999) for attempt in range(7)] == [2, 4, 8, 16, 32, 60, 60]


def test_jitter_spreads_over_the_upper_half() -> None:
    assert {wait_seconds(9, number / 100) for number in range(100)} >= set(range(30, 60))
