"""How long to wait before trying again."""

from __future__ import annotations

_FIRST = 2
_LONGEST = 60
# A dependency that was out for so many attempts is out for long: an execution's history holds 25,000
# events, and asking each minute would use them up within two days.
_PATIENT_AFTER = 20
_MOST_PATIENT = 600
LONGEST_ASKED = 900
"""Whoever asks to be left alone for longer than a quarter of an hour is mistaken."""


def wait_seconds(attempt: int, fraction: float, *, at_least: int = 0) -> int:
    """Exponential back-off with full jitter over its upper half.

    Args:
        attempt: 0 for the first wait; each further one is up to twice as long, up to a minute, and after some
            twenty attempts up to ten minutes.
        fraction: random, in [0, 1).
        at_least: seconds that the other side asked for, of which ``LONGEST_ASKED`` count.
    """
    longest = _MOST_PATIENT if attempt > _PATIENT_AFTER else _LONGEST
    ceiling = min(longest, _FIRST << min(attempt, 10))
    return max(min(at_least, LONGEST_ASKED), 1, round(ceiling / 2 + fraction * ceiling / 2))
