"""The circuit before the CMO Grievance Portal: who may ask it now, when it was out.

Closed, every grievance goes in by itself. After repeated failure it opens: grievances wait in a queue,
emergencies first, and a drainer alone asks the portal, once a minute, until it answers; then the drainer
takes the queue in, in order, and closes the circuit when nobody waits any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain.model import Moment, Value

OPENS_AFTER = 5
"""Failures in a row, of whichever grievances, after which the portal counts as out."""

PROBE_EVERY = timedelta(minutes=1)
"""How often a portal that is out is asked whether it is back."""

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
    """

    version: int = 0
    failures: int = 0
    opened_at: Moment | None = None
    probed_at: Moment | None = None
    drained_until: Moment | None = None

    @property
    def is_open(self) -> bool:
        """Whether grievances wait for the drainer instead of asking the portal themselves."""
        return self.opened_at is not None


def failed(circuit: Circuit, *, at: datetime) -> Circuit:
    """The circuit after one more attempt that failed."""
    failures = circuit.failures + 1
    opens = circuit.opened_at is None and failures >= OPENS_AFTER
    return circuit.model_copy(update={"failures": failures, "opened_at": at if opens else circuit.opened_at})


def succeeded(circuit: Circuit) -> Circuit:
    """The circuit after an attempt that the portal answered; an open one is the drainer's to close."""
    return circuit.model_copy(update={"failures": 0}) if circuit.failures else circuit


def is_drained(circuit: Circuit, *, now: datetime) -> bool:
    """Whether a drainer is at work."""
    return circuit.drained_until is not None and circuit.drained_until > now


def probe_is_due(circuit: Circuit, *, now: datetime) -> bool:
    """Whether the drainer may ask a portal that is out."""
    asked = circuit.probed_at or circuit.opened_at
    return asked is None or now >= asked + PROBE_EVERY - _SLACK


def taken_over(circuit: Circuit, *, until: datetime, now: datetime) -> Circuit:
    """The circuit with a drainer at work, who asks the portal now."""
    return circuit.model_copy(update={"probed_at": now, "drained_until": until})


def left_open(circuit: Circuit, *, at: datetime) -> Circuit:
    """The drainer has gone, and the portal is out."""
    return circuit.model_copy(update={"opened_at": circuit.opened_at or at, "drained_until": None})


def left_waiting(circuit: Circuit) -> Circuit:
    """The drainer's time is over while others wait: the next one goes on at once, and in order."""
    return circuit.model_copy(update={"failures": 0, "probed_at": None, "drained_until": None})


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
    def of(cls, fastest: float) -> Pace:
        """The pace to begin with."""
        return cls(fastest, fastest)

    @property
    def pause(self) -> float:
        """Seconds from one grievance to the next."""
        return 1 / self.rate

    def slower(self) -> Pace:
        """After the portal asked for patience: half as fast."""
        return Pace(self.fastest, self.rate / 2)

    def faster(self) -> Pace:
        """After the portal took one: a little faster again."""
        return Pace(self.fastest, min(self.fastest, self.rate * 1.1))
