"""Whatever the registry: a matter goes up to whoever holds the next post, and a vacant one is never silent.

One grievance that nobody redresses, and an emergency that nobody acknowledges, under a registry drawn at
random that changes while its clocks run. Whom it ought to be with is read from the files' own cells.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from functions import officers
from functions.domain.calendar import IST
from functions.domain.record import Event, EventType, Record, TimerKind
from functions.intake.registering import register
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS, OFFICERS
from functions.route.assigning import assign
from functions.sla_timer.sweeping import run_out
from tests import registries
from tests.builders import NOW, accepted, in_portal, request, under_review, upload
from tests.fakes import FakePorts
from tests.registries import A_DAY, CELL, LADDERS, TODAY, Row, grievance, highest_rank, holder, office_of

MISSING = "OfficerMissing"
_NOT_THE_OFFICERS = frozenset({TimerKind.STEP, TimerKind.HELD_ALERTS, TimerKind.PROMISE})
_SWEEPS_BEFORE_THE_CELL_IS_FILLED = 12
_SWEEPS = 40
SOMEBODY_AT_THE_TOP = Row(CELL, "apex", 9, "Secretary", False, TODAY, None)

Post = tuple[str, str]


class Climb:
    """A record, and all that its clocks do to it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.outside = FakePorts()
        self.outside.registry.officers = []
        self.rows = rows
        self.counted: list[str] = []
        self.reference = ""

    @property
    def record(self) -> Record:
        """As it stands."""
        return self.outside.records.load(self.reference)

    def puts_in_force(self, rows: Sequence[Row]) -> bool:
        """Whether a file of officers is in force now."""
        version = f"v{len(self.outside.uploads.files)}"
        self.outside.uploads.files[OFFICERS, version] = registries.as_csv(
            [row.cells for row in rows], COLUMNS[OFFICERS]
        )
        uploaded = upload(version, at=self.outside.clock.now())
        applied = apply(self.outside, "cell@wb.example", OFFICERS, version, uploaded) is Outcome.APPLIED
        self.rows = rows if applied else self.rows
        return applied

    def begins(self, subject: dict[str, Any], *, emergency: bool) -> bool:
        """Whether the grievance found an officer."""
        body = grievance(1, subject, emergency=emergency)
        body["call"]["started_at"] = NOW.isoformat()
        self.reference = json.loads(register(self.outside, request(body)).answer)["reference"]
        self.outside.records.put(in_portal(accepted(under_review(self.record))))
        assign(self.outside, self.reference)
        return self.record.assignment is not None

    def next_clock(self) -> datetime | None:
        """When one of the officer's clocks runs out; None where none runs."""
        running = [at for kind, at in self.record.timers.items() if kind not in _NOT_THE_OFFICERS]
        return min(running, default=None)

    def fills_the_cell(self, others: Sequence[Row]) -> None:
        """Somebody is named for the Cell; where the others would be refused, by a file of the fewest rows."""
        assert self.record.assignment is not None
        today = self.outside.clock.now().astimezone(IST).date()
        # The office that has it keeps a nodal officer for the day: else every file is refused.
        office = self.record.assignment.office
        needed = [
            SOMEBODY_AT_THE_TOP,
            Row(office, "nodal", 8, highest_rank(office), False, today, today),
        ]
        assert self.puts_in_force([*others, *needed]) or self.puts_in_force(needed)

    def holds(self, post: Post, at: datetime) -> Row | None:
        """Who holds a post at a moment."""
        return holder(self.rows, *post, at.astimezone(IST).date())

    def sweeps(self, now: datetime) -> None:
        """Lets the clocks run out, and looks at what that did."""
        before = self.record
        assert before.assignment is not None
        self.outside.clock.moment = max(now, self.outside.clock.moment)
        self.counted.clear()
        assert run_out(self.outside, now)["failed"] == 0
        new = self.record.events[len(before.events) :]
        due = {kind for kind, at in before.timers.items() if at <= now}
        if due & {TimerKind.BREACH, TimerKind.ESCALATION}:
            self._went_up(before, new, now)
        if TimerKind.ACKNOWLEDGEMENT in due and not any(event.type is EventType.ESCALATED for event in new):
            self._was_tried(before, new, now)

    def _went_up(self, before: Record, new: Sequence[Event], now: datetime) -> None:
        assert before.assignment is not None
        office, level = before.assignment.office, before.assignment.level
        ways = {"nodal": [(office, "head"), (CELL, "apex")], "head": [(CELL, "apex")], "apex": []}[level]
        to = next((post for post in ways if self.holds(post, now)), None)
        went = [event for event in new if event.type is EventType.ESCALATED]
        vacant = ways.index(to) if to else len(ways)
        assert self.counted.count(MISSING) >= vacant
        if to is None:
            assert went == []
            # Nobody is above today: while there is somebody to look for, he is looked for again.
            assert (TimerKind.ESCALATION in self.record.timers) is bool(ways)
            return
        (event,) = went
        assert (event.data["office"], event.data["level"]) == to
        given, present = self.record.assignment, self.holds(to, now)
        assert given is not None
        assert present is not None
        person = self.outside.registry.holders_of(to[0])[given.holder or ""]
        assert (given.office, given.level, person.phone) == (*to, present.phone)

    def _was_tried(self, before: Record, new: Sequence[Event], now: datetime) -> None:
        assert before.assignment is not None
        office, level = before.assignment.office, before.assignment.level
        posts: dict[int, Post] = {1: (office, level), 4: (CELL, "apex")}
        if level == "nodal":
            posts[2] = (office, "head")
        if (
            level != "apex"
            and office != CELL
            and any((row.office, row.level) == (office, "apex") for row in self.rows)
        ):
            posts[3] = (office, "apex")
        if posts[1] == posts[4]:
            del posts[4]
        left = [number for number in sorted(posts) if number > before.rung]
        to = next((number for number in left if self.holds(posts[number], now)), None)
        tried = [event.data["rung"] for event in new if "rung" in event.data]
        assert tried == ([to] if to else [])
        assert self.counted.count(MISSING) >= (left.index(to) if to else len(left))
        last = to is not None and posts[to] == (CELL, "apex")
        assert (TimerKind.ACKNOWLEDGEMENT in self.record.timers) is (bool(left) and not last)


@settings(max_examples=80)
@given(
    rows=st.lists(registries.rows(), max_size=14),
    days=st.integers(0, 12),
    later=st.lists(registries.rows(), max_size=10),
    subject=registries.subjects.filter(lambda subject: office_of(subject, ()) in LADDERS),
    emergency=st.booleans(),
)
def test_a_matter_that_nobody_redresses_comes_to_the_cell_as_soon_as_it_has_somebody(
    rows: list[Row], days: int, later: list[Row], subject: dict[str, Any], *, emergency: bool
) -> None:
    # GIVEN an office whose head, at the least, is there today and for some days
    office = office_of(subject, ())
    head = Row(office, "head", 7, highest_rank(office), False, TODAY, TODAY + days * A_DAY)
    climb = Climb([*rows, head])
    assert climb.puts_in_force(climb.rows)
    assert climb.begins(subject, emergency=emergency)
    with patch.object(officers, "count", climb.counted.append):
        for number in range(_SWEEPS):
            if number == _SWEEPS_BEFORE_THE_CELL_IS_FILLED:
                climb.fills_the_cell(later)
            moment = climb.next_clock()
            if moment is None:
                break
            climb.sweeps(moment)
    given_to = climb.record.assignment
    assert given_to is not None
    assert climb.next_clock() is None
    assert (given_to.office, given_to.level) == (CELL, "apex")
