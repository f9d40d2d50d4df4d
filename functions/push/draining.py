"""Takes in what waits for a portal that was out: emergencies first, then the oldest, as fast as it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.domain import backoff
from functions.domain import circuit as circuits
from functions.domain.circuit import Circuit, Pace
from functions.domain.errors import Outrun, Unavailable
from functions.domain.execution import outcome_of
from functions.domain.ports import BUSY, HeldOtherwise, Ports, TryLater
from functions.domain.record import Record, Status
from functions.observability import count, logger
from functions.push import breaker, pushing

RUN = timedelta(seconds=50)
"""How long one drainer works; the schedule sends the next one a minute after it."""

_LEASE = timedelta(seconds=80)
# The index trails the table by a moment: what was just taken in may still stand in it.
_INDEX_TRAILS = 0.2
_INDEX_TRIES = 10
_HEADS = 10


@dataclass
class Drained:
    """What a drainer did.

    Attributes:
        outcome: ``idle`` (nobody waits), ``elsewhere`` (another drainer is at work), ``not_yet`` (the portal
            was asked within the last minute), ``out`` (it still is), ``drained`` (nobody waits any more) or
            ``unfinished`` (others wait, for the next drainer).
        taken_in: how many grievances went in, or back to the analysts.
        troubled: those that the portal holds otherwise, or that failed: they stay, and hold up nobody.
        why: code of what the portal answered last that was no answer; None when it answered after that.
    """

    outcome: str = "idle"
    taken_in: int = 0
    troubled: list[str] = field(default_factory=list)
    why: str | None = None

    @property
    def portal_is_out(self) -> bool:
        """Whether it was found out, or was a moment ago; busy is not out."""
        lately = self.outcome == "not_yet" and self.why not in {None, BUSY}
        return lately or self.outcome == "out"


def drain(outside: Ports, *, fastest: float, at_once: bool = False) -> Drained:
    """Asks a portal that is out whether it is back; takes in what waits when it is.

    The head of the queue is looked up anew for each grievance, so that an emergency that comes in meanwhile
    is next.

    Args:
        outside: the ports.
        fastest: grievances a second that the portal is said to stand.
        at_once: whether to ask although it was asked within the last minute.
    """
    now = outside.clock.now()
    circuit = outside.portal_circuit.read()
    if circuits.is_drained(circuit, now=now):
        return Drained("elsewhere")
    if not circuit.is_open and not outside.records.waiting_for_portal(1):
        return Drained("idle")
    if not at_once and not circuits.probe_is_due(circuit, now=now):
        return Drained("not_yet", why=circuit.why)
    try:
        outside.portal_circuit.save(circuit, circuits.taken_over(circuit, until=now + _LEASE, now=now))
    except Outrun:
        return Drained("elsewhere")
    run = _Run(outside, Pace.of(fastest, circuit.pause_ms), now + RUN, probing=circuit.is_open)
    done = run.work()
    breaker.change(outside, _left(run, outside.clock.now()))
    breaker.note_why(done.why)
    return done


def _left(run: _Run, now: datetime) -> Callable[[Circuit], Circuit]:
    """How the circuit is left; what the portal asked for lastly holds for whoever comes next."""
    done, pace = run.done, run.pace

    def leave(circuit: Circuit) -> Circuit:
        if done.outcome == "drained":
            return circuits.closed(circuit)
        retry_after, asked_at = run.asked_to_wait
        circuit = circuits.left_alone(circuit, retry_after, at=asked_at)
        if done.outcome == "out":
            return circuits.left_open(circuit, at=now, why=done.why, pace=pace)
        return circuits.left_waiting(circuit, why=done.why, pace=pace)

    return leave


class _Run:
    """One drainer's work, from the head of the queue on.

    Attributes:
        pace: how fast it goes now.
        done: what it did so far.
        asked_to_wait: seconds of patience that the portal asked for when it answered last, and when that was.
    """

    def __init__(self, outside: Ports, pace: Pace, until: datetime, *, probing: bool) -> None:
        self._outside = outside
        self.pace = pace
        self._until = until
        self._probing = probing
        self._failures = 0
        self._taken_in: set[str] = set()
        self.done = Drained("unfinished")
        self.asked_to_wait: tuple[int | None, datetime] = (None, until)

    def work(self) -> Drained:
        """Takes one in after the other until nobody waits, the portal is out, or the time is over."""
        clock = self._outside.clock
        while clock.now() < self._until:
            began = clock.now()
            reference = self._next()
            if reference is None:
                self.done.outcome = "drained"
                break
            met = _take_in(self._outside, reference)
            if isinstance(met, TryLater):
                self._note(met)
                if self._is_out(met):
                    self.done.outcome = "out"
                    break
                if not self._waited(met):
                    break
                continue
            self._failures = 0
            self._note(None)
            if isinstance(met, Record):
                self._taken_in.add(reference)
                self.done.taken_in += 1
                self.pace = self.pace.faster()
            else:
                self.done.troubled.append(reference)
            self._pause(self.pace.pause - (clock.now() - began).total_seconds())
        return self.done

    def _note(self, met: TryLater | None) -> None:
        self.done.why = met.why if met else None
        self.asked_to_wait = (met.retry_after if met else None, self._outside.clock.now())

    def _pause(self, seconds: float) -> None:
        left = (self._until - self._outside.clock.now()).total_seconds()
        self._outside.clock.sleep(max(0.0, min(seconds, left)))

    def _next(self) -> str | None:
        """Who stands first in the queue now; None when nobody is left."""
        troubled = self.done.troubled
        for _ in range(_INDEX_TRIES):
            waiting = self._outside.records.waiting_for_portal(_HEADS + len(troubled))
            waiting = [reference for reference in waiting if reference not in troubled]
            if not waiting:
                return None
            heads = [reference for reference in waiting if reference not in self._taken_in]
            if heads:
                return heads[0]
            self._outside.clock.sleep(_INDEX_TRAILS)
        return None

    def _is_out(self, met: TryLater) -> bool:
        """Whether the portal is out: a probe needs to fail but once. Busy is not out, it is there."""
        self._failures += 1
        probed = self._probing and not self._taken_in and not met.is_busy
        return probed or self._failures >= circuits.OPENS_AFTER

    def _waited(self, met: TryLater) -> bool:
        """Waits before the next attempt; False where that is the next drainer's."""
        if met.is_busy:
            self.pace = self.pace.slower()
        fraction = self._outside.identifiers.fraction()
        wait = backoff.wait_seconds(self._failures - 1, fraction, at_least=met.retry_after or 0)
        if self._outside.clock.now() + timedelta(seconds=wait) >= self._until:
            return False
        self._pause(wait)
        return True


def _take_in(outside: Ports, reference: str) -> Record | TryLater | HeldOtherwise | None:
    """Has the portal take one; None when that fails by a fault of its own."""
    try:
        before = outside.records.load(reference)
        met = pushing.ask(outside, before)
    except Exception as error:  # noqa: BLE001 - one that cannot go in must not hold up the others
        count("PortalPushFailed")
        logger.exception("not taken in", error=type(error).__name__, reference=reference)
        return None
    if isinstance(met, HeldOtherwise):
        count("PortalConflict")
        logger.warning("the portal holds it otherwise", reference=reference)
    if isinstance(met, Record) and _was_refused(before, met):
        _tell(outside, met)
    return met


def _was_refused(before: Record, after: Record) -> bool:
    """Whether something of it was refused, which no event tells the execution that waits."""
    return after.status is Status.UNDER_REVIEW or after.recalls_refused != before.recalls_refused


def _tell(outside: Ports, record: Record) -> None:
    """Tells the execution how the record stands.

    Should that fail, the execution goes on waiting where it does, and their decision finds it there.
    """
    if record.task_token is None:
        return
    try:
        outside.workflow.resume(record.task_token, outcome_of(record))
    except Unavailable:
        logger.warning("the execution was not told", reference=record.reference)
