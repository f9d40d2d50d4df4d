"""How long to wait before trying again."""

from __future__ import annotations

_FIRST = 2
_LONGEST = 60


def wait_seconds(attempt: int, fraction: float, *, at_least: int = 0) -> int:
    """Exponential back-off with full jitter over its upper half.

    Args:
        attempt: 0 for the first wait; each further one is up to twice as long, up to a minute.
        fraction: random, in [0, 1).
        at_least: seconds that the other side asked for.
    """
    ceiling = min(_LONGEST, _FIRST << min(attempt, 10))
    return max(at_least, 1, round(ceiling / 2 + fraction * ceiling / 2))
