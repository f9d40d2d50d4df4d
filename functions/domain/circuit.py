"""The circuit before the CMO Grievance Portal: who may ask it now, when it was out.

Closed, every grievance goes in by itself. After repeated failure it opens: grievances wait in a queue,
emergencies first, and a drainer alone asks the portal, once a minute, until it answers; then the drainer
takes the queue in, in order, and closes the circuit when nobody waits any more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain import backoff
from functions.domain.model import Moment, Value

OPENS_AFTER = 5
"""Failures in a row, of whichever grievances, after which the portal counts as out."""

PROBE_EVERY = timedelta(minutes=1)
"""How often a portal that is out is asked whether it is back."""

SLOWEST = 0.1
"""Grievances a second that go in however often the portal asks for patience: one in ten seconds."""

# The schedule that asks is not exact to the second.
_SLACK = timedelta(seconds=10)


class Circuit(Value):
    """How the portal was found lately.

    Attributes:
        version: how often it was written; guards each write.
        failures: how many attempts failed since one succeeded.
        opened_at: since when the portal counts as out; None while the circuit is closed.
        probed_at: when the drainer asked last.
        drained_until: until when a drainer is at work; None when none is.
        why: code of the last failure; None since an attempt succeeded.
        not_before: until when the portal asked to be left alone.
        pause_ms: from one grievance to the next, as the last drainer came to go; None for as fast as it may.
    """

    version: int = 0
    failures: int = 0
    opened_at: Moment | None = None
    probed_at: Moment | None = None
    drained_until: Moment | None = None
    why: str | None = None
    not_before: Moment | None = None
    pause_ms: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether grievances wait for the drainer instead of asking the portal themselves."""
        return self.opened_at is not None


def failed(
    circuit: Circuit, *, at: datetime, why: str | None = None, retry_after: int | None = None
) -> Circuit:
    """The circuit after one more attempt that failed.

    Args:
        circuit: before it.
        at: now.
        why: a code.
        retry_after: seconds that the portal asked to be left alone for; None when it asked for none.
    """
    failures = circuit.failures + 1
    opens = circuit.opened_at is None and failures >= OPENS_AFTER
    opened_at = at if opens else circuit.opened_at
    changed = circuit.model_copy(update={"failures": failures, "opened_at": opened_at, "why": why})
    return left_alone(changed, retry_after, at=at)


def left_alone(circuit: Circuit, retry_after: int | None, *, at: datetime) -> Circuit:
    """The circuit of a portal that asked for so many seconds of patience; what it asked before holds too."""
    if retry_after is None:
        return circuit
    until = at + timedelta(seconds=min(retry_after, backoff.LONGEST_ASKED))
    return circuit.model_copy(update={"not_before": max(until, circuit.not_before or until)})


def seconds_left_alone(circuit: Circuit, *, now: datetime) -> int:
    """For how many seconds the portal asked not to be asked; 0 when it may be."""
    left = circuit.not_before - now if circuit.not_before else timedelta()
    return max(0, math.ceil(left.total_seconds()))


def succeeded(circuit: Circuit) -> Circuit:
    """The circuit after an attempt that the portal answered; an open one is the drainer's to close."""
    return circuit.model_copy(update={"failures": 0, "why": None}) if circuit.failures else circuit


def is_drained(circuit: Circuit, *, now: datetime) -> bool:
    """Whether a drainer is at work."""
    return circuit.drained_until is not None and circuit.drained_until > now


def probe_is_due(circuit: Circuit, *, now: datetime) -> bool:
    """Whether the drainer may ask a portal that is out."""
    if seconds_left_alone(circuit, now=now):
        return False
    asked = circuit.probed_at or circuit.opened_at
    return asked is None or now >= asked + PROBE_EVERY - _SLACK


def taken_over(circuit: Circuit, *, until: datetime, now: datetime) -> Circuit:
    """The circuit with a drainer at work, who asks the portal now."""
    return circuit.model_copy(update={"probed_at": now, "drained_until": until})


def left_open(circuit: Circuit, *, at: datetime, why: str | None = None, pace: Pace | None = None) -> Circuit:
    """The drainer has gone, and the portal is out."""
    kept = {"why": why, "pause_ms": pace.pause_ms if pace else circuit.pause_ms}
    opened_at = circuit.opened_at or at
    return circuit.model_copy(update={**kept, "opened_at": opened_at, "drained_until": None})


def left_waiting(circuit: Circuit, *, why: str | None = None, pace: Pace | None = None) -> Circuit:
    """The drainer's time is over while others wait: the next one goes on at once, in order, and as fast."""
    kept = {"why": why, "pause_ms": pace.pause_ms if pace else circuit.pause_ms}
    return circuit.model_copy(update={**kept, "failures": 0, "probed_at": None, "drained_until": None})


def closed(circuit: Circuit) -> Circuit:
    """Nobody waits: grievances go in by themselves again."""
    return Circuit(version=circuit.version)


@dataclass(frozen=True)
class Pace:
    """How fast the drainer goes: never faster than it may, slower when the portal asks for patience.

    Attributes:
        fastest: grievances a second that the portal is said to stand.
        rate: grievances a second now.
    """

    fastest: float
    rate: float

    @classmethod
    def of(cls, fastest: float, pause_ms: int | None = None) -> Pace:
        """The pace to begin with: that of the drainer before, where one is kept."""
        return cls(fastest, fastest if pause_ms is None else min(fastest, 1000 / pause_ms))

    @property
    def pause(self) -> float:
        """Seconds from one grievance to the next."""
        return 1 / self.rate

    @property
    def pause_ms(self) -> int | None:
        """The pause as the next drainer is told it; None at the fastest."""
        return None if self.rate >= self.fastest else math.ceil(1000 * self.pause)

    def slower(self) -> Pace:
        """After the portal asked for patience: half as fast."""
        return Pace(self.fastest, max(self.rate / 2, min(SLOWEST, self.rate)))

    def faster(self) -> Pace:
        """After the portal took one: a little faster again."""
        return Pace(self.fastest, min(self.fastest, self.rate * 1.1))
