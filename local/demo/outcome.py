"""What became of the calls, and whether all of them are accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel

from local.client import Answer
from local.demo.calls import Sample
from local.demo.sent import Message

FORWARDED = frozenset({"forwarded", "action_taken", "recalled", "closed"})
"""With an officer; what is further on was forwarded too."""
OPEN = frozenset({"registered", "under_review", "accepted"})

_TAKEN_IN = frozenset({200, 201})
_REFUSED = range(400, 500)


class Assignee(BaseModel):
    """Whom a record is with."""

    office: str
    officer: str


class ServiceLevel(BaseModel):
    """By when it is to be redressed."""

    due_at: datetime | None
    breached: bool = False


class Step(BaseModel):
    """An entry of the timeline."""

    at: datetime
    event: str
    by: str
    note: str


class State(BaseModel):
    """What the demo shows of a record's public state."""

    status: str
    emergency: bool
    assignee: Assignee | None
    sla: ServiceLevel
    timeline: tuple[Step, ...]


@dataclass
class Call:
    """A call that was played, as far as it came.

    Attributes:
        number: 1, 2, … in the order of playing.
        answer: To the record; None when nobody answered.
        state: Of the record, as it was read last.
        decision: The answer to the analyst's decision, once it was taken.
        messages: What was sent about it.
        missing: Whom the alerts have not reached yet, in words.
    """

    number: int
    sample: Sample
    answer: Answer | None
    state: State | None = None
    decision: Answer | None = None
    messages: list[Message] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def reference(self) -> str | None:
        """The record's reference; None when it was not taken in."""
        if self.answer is None or self.answer.status not in _TAKEN_IN:
            return None
        return str(self.answer.body["reference"])

    @property
    def is_taken_up(self) -> bool:
        """Whether it is with the data analysts or further on."""
        return self.state is not None and self.state.status != "registered"

    @property
    def has_arrived(self) -> bool:
        """Whether it is where it is expected, as far as its state tells."""
        return self.state is not None and self.state.status == self.sample.expect

    def difference(self) -> str | None:
        """What differs from what is expected, in words; None when all is well."""
        status = self.answer.status if self.answer else "nothing"
        wanted = self.sample.refusal or 201
        if status != wanted:
            return f"it was answered {status}, expected was {wanted}"
        if self.sample.refusal is not None:
            return None
        if self.decision is not None and self.decision.status != 200:  # noqa: PLR2004 - HTTP's OK
            return f"the analyst's decision was answered {self.decision.status}"
        if not self.has_arrived:
            reached = self.state.status if self.state else "unreadable"
            return f"it is {reached}, expected was {self.sample.expect}"
        if self.missing:
            return f"not alerted: {', '.join(self.missing)}"
        return None


@dataclass(frozen=True)
class Conservation:
    """Nothing is lost on the way: what was posted is in or refused, and what is in is somewhere."""

    posted: int
    taken_in: int
    refused: int
    forwarded: int
    rejected: int
    duplicate: int
    open: int

    @property
    def holds(self) -> bool:
        """Whether both sums are right."""
        return self._in_holds and self._posted_holds

    @property
    def lines(self) -> tuple[str, str]:
        """The two sums; ``!=`` where one is wrong."""
        where = f"{self.forwarded} + rejected {self.rejected} + duplicate {self.duplicate} + open {self.open}"
        return (
            f"in {self.taken_in} {_sign(self._in_holds)} forwarded {where}",
            f"posted {self.posted} {_sign(self._posted_holds)} in {self.taken_in} + refused {self.refused}",
        )

    @property
    def _in_holds(self) -> bool:
        return self.taken_in == self.forwarded + self.rejected + self.duplicate + self.open

    @property
    def _posted_holds(self) -> bool:
        return self.posted == self.taken_in + self.refused


def conserve(answers: Iterable[int | None], statuses: Iterable[str | None]) -> Conservation:
    """Adds up.

    Args:
        answers: The status code that each post was answered with, None where nobody answered.
        statuses: Where each record that was taken in stands as read back, None where it could not be read.
            A status that nobody knows counts nowhere, so that the sum fails.
    """
    codes, words = list(answers), list(statuses)
    return Conservation(
        posted=len(codes),
        taken_in=sum(code in _TAKEN_IN for code in codes),
        refused=sum(code in _REFUSED for code in codes if code is not None),
        forwarded=sum(word in FORWARDED for word in words),
        rejected=words.count("rejected"),
        duplicate=words.count("duplicate"),
        open=sum(word in OPEN for word in words),
    )


def _sign(holds: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    return "=" if holds else "!="
