"""Lets two addresses take turns under the same load, so that whatever drifts meets both."""

from __future__ import annotations

import statistics
import threading
import time  # noqa: TID251 - measures by the wall clock
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """One turn of one of them.

    Attributes:
        answers: How often each status came.
        seconds: How long the turn took.
        times: Of each answer, in seconds.
    """

    answers: Mapping[int, int]
    seconds: float
    times: Sequence[float]

    @property
    def rate(self) -> float:
        """Records kept a second; what was refused or failed counts for nothing."""
        return self.answers.get(201, 0) / self.seconds

    @property
    def median_time(self) -> float:
        """Half of the answers took no longer, in seconds."""
        return statistics.median(self.times) if self.times else 0.0


def load(post: Callable[[], int], clients: int, seconds: float) -> Round:
    """Has several clients post, each as soon as it has its answer.

    Args:
        post: Posts once and gives the status; 0 where nobody answered.
        clients: How many post at the same time.
        seconds: For how long they begin anew.
    """
    answers: Counter[int] = Counter()
    times: list[float] = []
    noting = threading.Lock()
    began = time.monotonic()

    def client() -> None:
        while time.monotonic() - began < seconds:
            asked = time.monotonic()
            status = post()
            took = time.monotonic() - asked
            with noting:
                answers[status] += 1
                times.append(took)

    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(client) for _ in range(clients)]:
            done.result()
    return Round(answers, time.monotonic() - began, times)


def alternate(turns: dict[str, Callable[[], Round]], count: int) -> dict[str, list[Round]]:
    """Lets each have its turn, one after the other, so many times; every other time in the other order."""
    rounds: dict[str, list[Round]] = {name: [] for name in turns}
    for number in range(count):
        names = list(turns) if number % 2 == 0 else list(reversed(turns))
        for name in names:
            rounds[name].append(turns[name]())
    return rounds


def median_rate(rounds: Sequence[Round]) -> float:
    """The median of the rounds' rates."""
    return statistics.median(one.rate for one in rounds)
