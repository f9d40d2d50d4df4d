"""THE table: nothing happens to a record but what a row of it allows, and nothing is left behind."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from functions.adapters.bundled import registers
from functions.domain import (
    feedback,
    forwarding,
    ladder,
    lifecycle,
    overdue,
    redress,
    refusal,
    review,
    second_look,
    succession,
    timers,
)
from functions.domain.acknowledgement import Link, LinkState, state_of
from functions.domain.assignment import awaits_redress
from functions.domain.calendar import Calendar
from functions.domain.errors import Conflict, WrongState
from functions.domain.ladder import Rung
from functions.domain.lifecycle import BIRTH, TABLE, Rule, advance
from functions.domain.office import Level, Office, Officer
from functions.domain.record import (
    OFFICER_CLOCKS,
    Actor,
    CallbackOutcome,
    Event,
    EventType,
    Kind,
    Record,
    Status,
    TimerKind,
)
from functions.domain.service_level import EMERGENCY, Term
from tests import builders
from tests.builders import ANALYST, NOW, REACHED, in_status, officer, registered

ROWS = {(row.status, row.event, row.to): row for row in TABLE}
CASES = {(row.status, row.event) for row in TABLE}
TERMINAL = frozenset({Status.REJECTED, Status.DUPLICATE})
OFFICE = registers().offices["HFW"]


def row_of(status: Status, event: Event) -> Rule:
    """The row by which an event happened; where there are several, its own fields tell."""
    rows = [row for row in TABLE if (row.status, row.event) == (status, event.type)]
    if len(rows) > 1 and event.type is EventType.CALLBACK_COMPLETED:
        reached = event.data["outcome"] == CallbackOutcome.REACHED
        rows = [row for row in rows if (row.to is Status.CALLED_BACK) == reached]
    elif len(rows) > 1:
        rows = [row for row in rows if (row.to is Status.ACTION_TAKEN) == event.data["reopened"]]
    (row,) = rows
    return row


def above(record: Record) -> tuple[Office, Officer] | None:
    """Who is next above the officer that has the record."""
    if record.assignment is None or record.assignment.level is Level.APEX:
        return None
    level = Level.HEAD if record.assignment.level is Level.NODAL else Level.APEX
    return OFFICE, officer(level=level)


def next_rung(record: Record) -> Rung | None:
    """Who is tried next: every post is held, and the office has an apex."""
    return next(iter(ladder.left(record, has_apex=True)), None)


def _without(kinds: Collection[TimerKind], timers: Mapping[TimerKind, datetime]) -> dict[TimerKind, datetime]:
    return {kind: due for kind, due in timers.items() if kind not in kinds}


def term_of(record: Record) -> Term | None:
    return review.term_of(record, registers().service_levels, Calendar())


def happen(record: Record, row: Rule, *, by: Actor | None = None, at: datetime = NOW) -> Record:
    started = {kind: at + timedelta(minutes=15) for kind in row.starts}
    return advance(record, row.event, at=at, by=by or min(row.by), note="A note", to=row.to, timers=started)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.status}-{row.event}")
def test_every_row_can_happen_to_a_record_that_the_product_makes(row: Rule) -> None:
    # GIVEN a record that came into the row's state by the product's own functions
    before = in_status(row.status)
    # WHEN the row's event happens
    after = happen(before, row)
    # THEN it stands where the row says, the event is its last, and nothing else was lost
    assert after.status is row.to
    assert after.events[:-1] == before.events
    assert after.events[-1].type is row.event
    assert after.events[-1].sequence == len(before.events) + 1
    assert row.starts <= after.timers.keys()
    assert not (row.ends - row.starts) & after.timers.keys()


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("event", sorted(EventType))
def test_whatever_the_table_does_not_name_is_a_wrong_state(status: Status, event: EventType) -> None:
    record = in_status(status)
    assert lifecycle.allows(record, event) is ((status, event) in CASES)
    if (status, event) in CASES:
        return
    with pytest.raises(WrongState, match=status.value):
        advance(record, event, at=NOW, by=Actor.SYSTEM, note="A note")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.status}-{row.event}")
def test_only_whom_the_row_names_may_make_it_happen(row: Rule) -> None:
    for actor in set(Actor) - row.by:
        with pytest.raises(ValueError, match="may not"):
            happen(in_status(row.status), row, by=actor)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.status}-{row.event}")
def test_a_clock_that_the_row_does_not_name_is_not_started(row: Rule) -> None:
    foreign = set(TimerKind) - row.starts
    for kind in foreign:
        with pytest.raises(ValueError, match="may not start"):
            advance(
                in_status(row.status),
                row.event,
                at=NOW,
                by=min(row.by),
                note="A note",
                to=row.to,
                timers={kind: NOW},
            )


def test_no_two_rows_speak_of_the_same_case() -> None:
    assert len(ROWS) == len(TABLE)


def test_every_kind_of_record_comes_into_the_world_in_a_known_state() -> None:
    assert set(BIRTH) == set(Kind)
    for kind in Kind:
        assert registered(kind=kind).status is BIRTH[kind]


def test_every_state_of_the_table_is_reached_from_birth() -> None:
    reached = set(BIRTH.values())
    while more := {row.to for row in TABLE if row.status in reached} - reached:
        reached |= more
    assert {row.status for row in TABLE} <= reached
    assert reached == REACHED


def test_what_is_decided_against_stays_so() -> None:
    assert not {row.status for row in TABLE} & TERMINAL


def test_the_clocks_of_a_state_are_stopped_on_every_way_out() -> None:
    officers = {TimerKind.REMINDER, TimerKind.BREACH, TimerKind.ESCALATION, TimerKind.ACKNOWLEDGEMENT}
    for row in TABLE:
        if row.to in TERMINAL:
            assert row.ends == set(TimerKind) - {TimerKind.HELD_ALERTS}
        if row.event is EventType.ALERT_ACKNOWLEDGED:
            assert row.ends == {TimerKind.ACKNOWLEDGEMENT}
        if row.status is Status.UNDER_REVIEW and row.to is not Status.UNDER_REVIEW:
            assert TimerKind.REVIEW_DEADLINE in row.ends
        if row.to in {Status.ACTION_TAKEN, Status.CLOSED} and row.to is not row.status:
            assert officers <= row.ends
        if row.to is Status.CLOSED and row.status is not Status.CLOSED:
            assert TimerKind.PROMISE in row.ends


class _GrievanceWorld(RuleBasedStateMachine):
    """A record among everybody who may act on it, in any order and at any time."""

    record: Record
    now: datetime
    before: Record

    @initialize(kind=st.sampled_from(Kind), emergency=st.booleans())
    def a_call_comes_in(self, *, kind: Kind, emergency: bool) -> None:
        self.now = NOW
        self.record = registered(kind=kind, emergency=emergency and kind is Kind.GRIEVANCE)
        self.before = self.record

    def _tries(self, event: EventType, after: Record | None) -> None:
        """Notes what came of an attempt; None when it was refused as a wrong state."""
        self.before = self.record
        assert (after is not None) is ((self.record.status, event) in CASES)
        if after is not None:
            self.record = after

    @rule(minutes=st.integers(0, 40) | st.integers(0, 60 * 24 * 20))
    def time_passes_and_the_sweep_comes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.before = self.record
        swept = timers.run_out(self.record, self.now, above, next_rung)
        assert timers.run_out(swept, self.now, above, next_rung) is swept
        self.record = swept
        assert all(due > self.now for kind, due in swept.timers.items() if kind is not TimerKind.STEP)

    @rule()
    def the_checks_run(self) -> None:
        try:
            after = review.ask(
                self.record,
                findings=self.record.findings,
                term=term_of(self.record),
                calendar=Calendar(),
                at=self.now,
            )
        except WrongState:
            after = None
        self._tries(EventType.REVIEW_REQUESTED, after)

    @rule(named=st.booleans())
    def the_portal_refuses_it(self, *, named: bool) -> None:
        if self.record.status is Status.ACCEPTED and self.record.portal_id is None:
            to = (OFFICE, officer()) if named else None
            after = refusal.given_back(self.record, "no", to=to, calendar=Calendar(), at=self.now)
            self._tries(EventType.REVIEW_REQUESTED, after)

    @rule(analyst_id=st.sampled_from([ANALYST, "DA-99"]))
    def an_analyst_rejects_where_it_takes_two(self, analyst_id: str) -> None:
        proposal = self.record.review.rejection_proposed if self.record.review else None
        try:
            after = second_look.reject(self.record, analyst_id=analyst_id, reason="A reason", at=self.now)
        except WrongState:
            self._tries(EventType.RECORD_REJECTED, None)
        except Conflict:
            assert proposal is not None
            assert proposal.analyst_id == analyst_id
        else:
            self._tries(EventType.RECORD_REJECTED, after)
            confirmed = proposal is not None and proposal.analyst_id != analyst_id
            assert (after.status is Status.REJECTED) == confirmed

    @rule(decision=st.sampled_from(["approve", "amend", "reject", "duplicate"]))
    def an_analyst_decides(self, decision: str) -> None:
        event = EventType.RECORD_ACCEPTED
        try:
            if decision == "approve":
                after = review.approve(self.record, analyst_id=ANALYST, reason=None, at=self.now)
            elif decision == "amend" and self.record.subject is not None:
                after = review.amend(
                    self.record,
                    analyst_id=ANALYST,
                    reason=None,
                    amendments={"district": "303"},
                    offices=registers().offices,
                    levels=(EMERGENCY,),
                    calendar=Calendar(),
                    at=self.now,
                )
            elif decision == "duplicate":
                event = EventType.RECORD_MARKED_DUPLICATE
                after = review.mark_duplicate(
                    self.record,
                    analyst_id=ANALYST,
                    reason=None,
                    duplicate_of=builders.reference_of("CC-1"),
                    at=self.now,
                )
            else:
                event = EventType.RECORD_REJECTED
                after = review.reject(self.record, analyst_id=ANALYST, reason="A reason", at=self.now)
        except WrongState:
            self._tries(event, None)
        else:
            self._tries(event, after)

    @precondition(lambda self: forwarding.needs_push(self.record))
    @rule()
    def the_portal_takes_it(self) -> None:
        self._tries(
            EventType.PUSHED_TO_PORTAL, forwarding.pushed(self.record, portal_id="CMO/2026/1", at=self.now)
        )

    @precondition(lambda self: forwarding.needs_routing(self.record))
    @rule(level=st.sampled_from(Level))
    def it_is_given_to_an_officer(self, level: Level) -> None:
        self.before = self.record
        self.record = forwarding.assigned(
            self.record, office=OFFICE, officer=officer(level=level), at=self.now
        )

    @rule()
    def the_officer_reports(self) -> None:
        try:
            after = redress.action_taken(
                self.record, at=self.now, officer=None, report="Done.", received_at=self.now
            )
        except WrongState:
            after = None
        self._tries(EventType.ACTION_TAKEN, after)

    @rule(meets_standard=st.booleans(), routed=st.booleans())
    def a_field_team_reports(self, *, meets_standard: bool, routed: bool) -> None:
        charge = (OFFICE, officer()) if routed else None
        try:
            after = builders.visited(self.record, meets_standard=meets_standard, again_to=charge, at=self.now)
        except WrongState:
            after = None
        self._tries(EventType.FIELD_REPORTED, after)

    @precondition(lambda self: self.record.subject is not None)
    @rule()
    def the_portal_gives_it_to_another_office(self) -> None:
        assert self.record.subject is not None
        self.before = self.record
        may = self.record.status in {Status.ACCEPTED, Status.FORWARDED, Status.RECALLED}
        try:
            self.record = forwarding.transferred(
                self.record, subject=self.record.subject, office=OFFICE, officer=officer(), at=self.now
            )
        except WrongState:
            assert not may
            return
        assert may
        assert self.record.transfers == self.before.transfers + 1
        assert self.record.due_at == self.before.due_at
        # However late it is by now: somebody watches the new office, unless the portal's answer is awaited.
        if self.record.due_at is not None and self.record.status is not Status.ACCEPTED:
            assert self.record.timers.keys() & {TimerKind.BREACH, TimerKind.ESCALATION}

    @precondition(lambda self: awaits_redress(self.record))
    @rule()
    def another_officer_holds_the_post(self) -> None:
        assert self.record.assignment is not None
        self.before = self.record
        successor = officer(level=self.record.assignment.level, name=f"Officer {len(self.record.events)}")
        self.record = succession.succeeded(self.record, office=OFFICE, officer=successor, at=self.now)
        # The time for redress runs on; who has it now has a quarter of an hour to acknowledge.
        mine = {TimerKind.ACKNOWLEDGEMENT}
        assert _without(mine, self.record.timers) == _without(mine, self.before.timers)

    @precondition(lambda self: self.record.assignment is not None)
    @rule(level=st.sampled_from([Level.NODAL, Level.HEAD]), age=st.integers(0, 1))
    def a_link_is_pressed(self, level: Level, age: int) -> None:
        assert self.record.assignment is not None
        link = Link(
            digest="d",
            reference=self.record.reference,
            assignment=self.record.assignment.number - age,
            level=level,
            expires_at=self.now + timedelta(days=1),
        )
        self.before = self.record
        if state_of(link, self.record, self.now) is LinkState.ASK:
            self.record = forwarding.acknowledged(
                self.record, level=level, assignment=link.assignment, at=self.now
            )

    @rule(outcome=st.sampled_from(CallbackOutcome))
    def the_number_is_called_back(self, outcome: CallbackOutcome) -> None:
        waits, events = self.record.status is Status.AWAITING_CALLBACK, len(self.record.events)
        self.before = self.record
        try:
            self.record = builders.called(outcome, record=self.record, at=self.now)
        except WrongState:
            assert not waits
        else:
            assert waits
            assert (len(self.record.events) > events) == (self.record.status is not Status.AWAITING_CALLBACK)

    @rule(satisfied=st.booleans())
    def the_citizen_is_asked(self, *, satisfied: bool) -> None:
        try:
            after = feedback.received(
                self.record, agent_id="A-17", satisfied=satisfied, rating=None, remark=None, at=self.now
            )
        except WrongState:
            after = None
        self._tries(EventType.FEEDBACK_RECEIVED, after)

    @invariant()
    def events_are_numbered_without_a_gap(self) -> None:
        assert [event.sequence for event in self.record.events] == list(range(1, len(self.record.events) + 1))
        assert self.record.events[0].type is EventType.RECORD_REGISTERED

    @invariant()
    def no_event_is_ever_lost_or_altered(self) -> None:
        assert self.record.events[: len(self.before.events)] == self.before.events

    @invariant()
    def the_events_alone_lead_where_the_record_stands(self) -> None:
        status = BIRTH[self.record.kind]
        for event in self.record.events[1:]:
            status = row_of(status, event).to
        assert self.record.status is status

    @invariant()
    def no_clock_outlives_its_end(self) -> None:
        status, running = BIRTH[self.record.kind], {TimerKind.STEP}
        for event in self.record.events[1:]:
            row = row_of(status, event)
            status, running = row.to, (running - row.ends) | row.starts
        # A call that nobody answered starts the next one's clock, and is no event.
        running |= {TimerKind.CALLBACK} if status is Status.AWAITING_CALLBACK else set()
        assert set(self.record.timers) <= running

    @invariant()
    def the_analysts_clock_runs_while_it_waits_for_them_and_no_longer(self) -> None:
        since = next(
            (event for event in reversed(self.record.events) if event.type is EventType.REVIEW_REQUESTED),
            None,
        )
        later = self.record.events[since.sequence :] if since else ()
        told = any(overdue.message_of(event) for event in later)
        waits = self.record.status is Status.UNDER_REVIEW and not told
        assert (TimerKind.REVIEW_DEADLINE in self.record.timers) == waits

    @invariant()
    def only_an_emergency_goes_ahead_unreviewed_and_of_others_the_supervisor_is_told(self) -> None:
        unreviewed = any(event.data.get("unreviewed") for event in self.record.events)
        told = any(overdue.message_of(event) for event in self.record.events)
        assert self.record.is_emergency or not unreviewed
        # Of an emergency he is told where it waits since the portal refused it.
        refused = any(finding.code == forwarding.PORTAL_REFUSED for finding in self.record.findings)
        assert refused or not (self.record.is_emergency and told)

    @invariant()
    def what_the_portal_said_last_is_all_that_is_told_of_its_refusals(self) -> None:
        codes = [finding.code for finding in self.record.findings]
        assert codes.count(forwarding.PORTAL_REFUSED) <= 1

    @invariant()
    def nothing_watches_an_officer_who_has_reported(self) -> None:
        watching = OFFICER_CLOCKS & self.record.timers.keys()
        reported = {Status.ACTION_TAKEN, Status.CLOSED}
        assert not watching or self.record.status not in reported | TERMINAL

    @invariant()
    def the_ladder_is_climbed_for_unacknowledged_emergencies_alone(self) -> None:
        if TimerKind.ACKNOWLEDGEMENT in self.record.timers:
            assert ladder.is_unacknowledged(self.record)
        assert self.record.rung == 0 or self.record.is_emergency

    @invariant()
    def a_breach_is_told_once_for_each_due_date(self) -> None:
        told = [event for event in self.record.events if event.type is EventType.SLA_BREACHED]
        assert len(told) <= 1 + self.record.recalls
        assert self.record.breached == bool(told)

    @invariant()
    def what_is_in_the_portal_and_with_an_officer_is_forwarded(self) -> None:
        complete = self.record.portal_id is not None and self.record.assignment is not None
        assert complete or self.record.status is not Status.FORWARDED
        assert not complete or self.record.status is not Status.ACCEPTED

    @invariant()
    def what_is_decided_against_is_never_touched_again(self) -> None:
        if self.before.status in TERMINAL:
            assert self.record == self.before

    @invariant()
    def the_record_survives_its_being_written_and_read(self) -> None:
        assert Record.model_validate_json(self.record.model_dump_json()) == self.record


TestGrievanceWorld = _GrievanceWorld.TestCase
TestGrievanceWorld.settings = settings(
    max_examples=120, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
