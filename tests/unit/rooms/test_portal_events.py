"""What the portal tells: applied once, kept while its id is not known, and matched in either order."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.adapters import bundled
from functions.adapters.portal import entry_of
from functions.domain import review
from functions.domain.clock import EMERGENCY_GRACE, GRACE
from functions.domain.errors import KeyReused, NotFound, Refused, Unavailable, WrongState
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.ports import RefusedByPortal
from functions.domain.record import EventType, Record, Status, TimerKind
from functions.domain.timers import run_out
from functions.push.pushing import enter
from functions.recall import portal_events
from functions.recall.portal_events import Outcome, match_kept
from tests.builders import (
    ANALYST,
    NOW,
    PORTAL_ID,
    REPORT,
    accepted,
    action_taken,
    forwarded,
    in_portal,
    in_status,
    officer,
    raised,
    reference_of,
    registered,
    request,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
OFFICES = bundled.registers().offices


def event(**changes: object) -> dict[str, Any]:
    body = {"reference": REFERENCE, "type": "action_taken", "at": NOW.isoformat(), "report": REPORT}
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def take(outside: FakePorts, body: object, webhook_id: str = "msg_1") -> Outcome:
    return portal_events.take(outside, request(body, webhook_id=webhook_id, path="/v1/portal/events"))


def kinds(record: Record) -> list[EventType]:
    return [one.type for one in record.events]


@pytest.mark.parametrize("key", [{"reference": REFERENCE}, {"reference": None, "portal_id": PORTAL_ID}])
def test_a_report_finds_its_record_by_either_name(outside: FakePorts, key: dict[str, Any]) -> None:
    outside.records.put(forwarded())

    outcome = take(outside, event(**key))

    assert json.loads(outcome.body) == {"reference": REFERENCE, "status": "action_taken"}
    assert not outcome.kept
    atr = outside.records.load(REFERENCE).atr
    assert atr is not None
    assert (atr.number, atr.report) == (1, REPORT)


def test_its_repeat_changes_nothing_and_its_key_with_another_report_is_a_conflict(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    first = take(outside, event())
    assert take(outside, event()) == first
    assert outside.records.writes == 1
    with pytest.raises(KeyReused):
        take(outside, event(report="Something else altogether was done there"))


EARLY = {"reference": None, "portal_id": PORTAL_ID}


@pytest.mark.parametrize("known", [False, True])
def test_the_repeat_of_what_was_kept_is_answered_as_it_was_first(outside: FakePorts, *, known: bool) -> None:
    first = take(outside, event(**EARLY))
    assert json.loads(first.body) == {"portal_id": PORTAL_ID, "status": "kept"}
    if known:
        outside.records.put(forwarded())
    assert take(outside, event(**EARLY)) == first
    assert first.kept


def test_the_repeat_of_what_was_applied_while_it_was_to_be_kept_is_answered_as_it_was_first(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the same event is delivered twice at once, and one delivery finds the id known
    keep = outside.pending_events.keep
    first: list[Outcome] = []

    def applied_first(*arguments: Any) -> None:  # noqa: ANN401 - handed through
        outside.records.put(forwarded())
        first.append(take(outside, event(**EARLY)))
        keep(*arguments)

    monkeypatch.setattr(outside.pending_events, "keep", applied_first)
    assert [take(outside, event(**EARLY))] == first
    assert not first[0].kept


def test_what_was_kept_and_not_matched_for_an_outage_is_matched_by_its_repeat(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the push has its answer, and has looked for kept events, before this one is kept
    keep = outside.pending_events.keep

    def push_first(*arguments: Any) -> None:  # noqa: ANN401 - handed through
        outside.records.put(forwarded())
        keep(*arguments)

    monkeypatch.setattr(outside.pending_events, "keep", push_first)
    # AND the table goes out before it is applied
    outside.records.before_write.append(_out)
    with pytest.raises(Unavailable):
        take(outside, event(**EARLY))
    # WHEN the portal sends it again THEN it is applied
    assert take(outside, event(**EARLY)).kept
    assert outside.records.load(REFERENCE).status is Status.ACTION_TAKEN
    assert outside.pending_events.kept == {}


def _out() -> None:
    raise Unavailable("table")


def test_what_comes_before_the_id_is_known_is_kept_and_applied_when_it_is(outside: FakePorts) -> None:
    # GIVEN a record of which the portal has not answered the push yet
    outside.records.put(accepted())
    # WHEN the portal reports under an id that we do not know
    first = take(outside, event(reference=None, portal_id="CMO/2026/0000001"))
    assert first.kept
    assert take(outside, event(reference=None, portal_id="CMO/2026/0000001")).kept
    assert outside.records.load(REFERENCE).status is Status.ACCEPTED
    # AND then the push has its answer
    enter(outside, REFERENCE, 0)
    assert match_kept(outside, "CMO/2026/0000001") == 1
    # THEN the report is on the record, once
    assert kinds(outside.records.load(REFERENCE)).count(EventType.ACTION_TAKEN) == 1
    assert outside.pending_events.kept == {}
    assert match_kept(outside, "CMO/2026/0000001") == 0


def test_the_push_that_learns_the_id_while_the_event_is_being_kept_misses_nothing(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the push gets its answer, and looks for what was kept, just before we keep the event
    outside.records.put(accepted())
    keep = outside.pending_events.keep

    def push_first(*arguments: Any) -> None:  # noqa: ANN401 - handed through
        enter(outside, REFERENCE, 0)
        assert match_kept(outside, "CMO/2026/0000001") == 0
        keep(*arguments)

    monkeypatch.setattr(outside.pending_events, "keep", push_first)
    # WHEN the event is taken
    assert take(outside, event(reference=None, portal_id="CMO/2026/0000001")).kept
    # THEN it is applied all the same
    assert outside.records.load(REFERENCE).status is Status.ACTION_TAKEN


def test_a_kept_event_that_comes_to_nothing_is_dropped_and_holds_back_no_other(outside: FakePorts) -> None:
    take(outside, event(reference=None, portal_id=PORTAL_ID, type="accepted", report=None), "one")
    outside.clock.advance(seconds=1)
    take(outside, event(reference=None, portal_id=PORTAL_ID), "two")
    closed = in_status(Status.CLOSED)
    outside.records.put(closed)

    assert match_kept(outside, PORTAL_ID) == 2

    assert outside.records.load(REFERENCE) == closed
    assert outside.pending_events.kept == {}


def test_a_report_of_what_no_officer_has_is_told_the_state(outside: FakePorts) -> None:
    outside.records.put(under_review())
    with pytest.raises(WrongState, match="under_review"):
        take(outside, event())
    with pytest.raises(NotFound):
        take(outside, event(reference="SSM-4821-903-7717"))


@pytest.mark.parametrize(
    ("to", "office"),
    [
        ({"department": "PRD"}, "PRD"),
        ({"district": "303"}, "303"),
        ({"district": "Basirhat"}, "303"),
        ({"police_office": "POL-RANAGHAT"}, "POL-RANAGHAT"),
        ({"department": "PRD", "district": "303"}, "PRD"),
    ],
)
def test_a_transfer_gives_it_to_the_other_office_and_keeps_the_clock(
    outside: FakePorts, to: dict[str, str], office: str
) -> None:
    before = forwarded()
    outside.records.put(before)

    take(outside, event(type="transferred", report=None, **to))

    after = outside.records.load(REFERENCE)
    assert after.assignment is not None
    assert (after.assignment.office, after.assignment.number, after.transfers) == (office, 2, 1)
    assert (after.due_at, after.timers) == (before.due_at, before.timers)
    assert after.status is Status.FORWARDED


@pytest.mark.parametrize(
    ("before", "status", "tells"),
    [
        (accepted(), Status.ACCEPTED, []),
        (in_portal(accepted()), Status.FORWARDED, ["RecordForwarded"]),
        (raised(), Status.ACCEPTED, ["EmergencyRaised"]),
        (accepted(under_review(registered(emergency=True))), Status.ACCEPTED, ["EmergencyRaised"]),
    ],
    ids=["answer late", "nobody found", "answer late, emergency", "nobody found, emergency"],
)
def test_a_transfer_may_overtake_our_own_push(
    outside: FakePorts, before: Record, status: Status, tells: list[str]
) -> None:
    outside.records.put(before)

    take(outside, event(type="transferred", report=None, department="PRD"))

    after = outside.records.load(REFERENCE)
    assert after.assignment is not None
    assert (after.assignment.office, after.transfers, after.status) == ("PRD", 1, status)
    assert [event.type for event in after.events[len(before.events) :]] == tells
    assert after.due_at == before.due_at
    # WHEN the portal's answer comes THEN it is with the office that the portal named
    carried = in_portal(after) if status is Status.ACCEPTED else after
    assert (carried.status, carried.assignment) == (Status.FORWARDED, after.assignment)
    assert TimerKind.BREACH in carried.timers


@pytest.mark.parametrize("before", [accepted(), raised()], ids=["ordinary", "emergency"])
def test_a_transfer_that_overtakes_the_lost_answer_to_our_push_lets_it_through(
    outside: FakePorts, before: Record
) -> None:
    # GIVEN the portal stored our push, and its answer was lost
    outside.records.put(before)
    outside.portal.drops = 1
    assert enter(outside, REFERENCE, 0)["outcome"] == "try_later"
    # WHEN it transfers the grievance before it is asked again
    take(outside, event(type="transferred", report=None, department="PRD", district="303"), "one")
    take(outside, event(type="transferred", report=None, department="FIN"), "two")
    # THEN it knows the push for the same one
    assert enter(outside, REFERENCE, 1)["outcome"] == "pushed"
    after = outside.records.load(REFERENCE)
    assert after.portal_id == outside.portal.entries[REFERENCE]
    # AND the officer whom the portal named is told, and watched from the first day's promise on
    told = after.events[-1]
    assert (after.status, told.type, told.data["office"]) == (
        Status.FORWARDED,
        EventType.RECORD_FORWARDED,
        "FIN",
    )
    assert after.subject is not None
    assert (after.subject.department, after.subject.district) == ("FIN", "303")
    assert after.timers[TimerKind.BREACH] == before.due_at
    assert TimerKind.REMINDER in after.timers


def test_a_transfer_that_overtakes_the_lost_answer_to_a_recall_lets_it_through(outside: FakePorts) -> None:
    # GIVEN the portal transferred the grievance and took a recall of it, and that answer was lost
    outside.records.put(accepted())
    enter(outside, REFERENCE, 0)
    outside.records.put(with_officer(outside.records.load(REFERENCE)))
    take(outside, event(type="transferred", report=None, department="PRD"), "one")
    outside.records.put(visited(action_taken(outside.records.load(REFERENCE)), meets_standard=False))
    outside.portal.drops = 1
    assert enter(outside, REFERENCE, 0)["outcome"] == "try_later"
    # WHEN it is transferred once more THEN the portal knows the recall for the same one
    take(outside, event(type="transferred", report=None, department="FIN"), "two")
    assert enter(outside, REFERENCE, 1)["outcome"] == "pushed"
    assert outside.records.load(REFERENCE).recalls_pushed == 1
    # AND it was posted for the office that had the grievance then
    record = outside.records.load(REFERENCE)
    assert [entry_of(record, one)["department"] for one in (None, *record.recalled)] == ["HFW", "PRD"]


def test_what_was_corrected_after_a_refusal_is_posted_as_it_stands_then(outside: FakePorts) -> None:
    # GIVEN a transfer came before the portal refused it
    outside.records.put(accepted())
    take(outside, event(type="transferred", report=None, department="PRD"))
    outside.portal.script.append(RefusedByPortal("no such department"))
    assert enter(outside, REFERENCE, 0)["outcome"] == "refused"
    # WHEN the analysts correct it
    registers = outside.registry.registers()
    refused = outside.records.load(REFERENCE)
    corrected = review.amend(
        refused,
        analyst_id=ANALYST,
        reason=None,
        amendments={"department": "FIN"},
        offices=registers.offices,
        levels=registers.service_levels,
        calendar=outside.registry.calendar(),
        at=outside.clock.now(),
    )
    outside.records.save(refused, corrected)
    # THEN that is what the portal gets
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    assert entry_of(outside.portal.pushes[-1])["department"] == "FIN"


@pytest.mark.parametrize("emergency", [False, True])
def test_what_is_past_its_time_when_it_is_transferred_goes_up_again(
    outside: FakePorts, *, emergency: bool
) -> None:
    # GIVEN one that went up to the last step, with which no clock runs
    outside.registry.officers += [officer(CMO_GRIEVANCE_CELL, Level.APEX)]
    late = forwarded(emergency=emergency)
    cell = (OFFICES[CMO_GRIEVANCE_CELL], officer(CMO_GRIEVANCE_CELL, Level.APEX))
    assert late.due_at is not None
    outside.clock.advance(seconds=(late.due_at - outside.clock.now()).total_seconds() + 60)
    late = run_out(late, outside.clock.now(), lambda _: cell)
    assert not late.timers.keys() & {TimerKind.REMINDER, TimerKind.BREACH, TimerKind.ESCALATION}
    outside.records.put(late)

    # WHEN the Cell gives it to a department
    take(outside, event(type="transferred", report=None, department="PRD"))

    # THEN its head gets it in turn, after the grace that a head has
    after = outside.records.load(REFERENCE)
    assert after.assignment is not None
    assert (after.assignment.office, after.assignment.level, after.escalation) == ("PRD", Level.NODAL, 0)
    grace = EMERGENCY_GRACE if emergency else GRACE
    assert after.timers[TimerKind.ESCALATION] == outside.clock.now() + grace


def test_a_transfer_to_an_office_without_officers_goes_to_the_cell(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    outside.registry.officers = [officer(CMO_GRIEVANCE_CELL, Level.APEX)]

    take(outside, event(type="transferred", report=None, department="PRD"))

    assignment = outside.records.load(REFERENCE).assignment
    assert assignment is not None
    assert (assignment.office, assignment.level) == (CMO_GRIEVANCE_CELL, Level.APEX)


@pytest.mark.parametrize("said", ["accepted", "reminder_sent"])
def test_what_the_portal_only_says_is_noted(outside: FakePorts, said: str) -> None:
    outside.records.put(forwarded())

    take(outside, event(type=said, report=None))

    after = outside.records.load(REFERENCE)
    assert after.portal_said == said
    assert after.status is Status.FORWARDED
    assert kinds(after) == kinds(forwarded())


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"reference": None}, ""),
        ({"report": None}, "/report"),
        ({"at": (NOW + timedelta(minutes=6)).isoformat()}, "/at"),
        ({"type": "transferred", "report": None}, ""),
        ({"type": "transferred", "report": None, "department": "NOPE"}, "/department"),
        ({"type": "transferred", "report": None, "district": "HFW"}, "/district"),
        ({"department": "PRD"}, ""),
        ({"reference": "SSM-4821-903-7718"}, "/reference"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_place(
    outside: FakePorts, changes: dict[str, Any], pointer: str
) -> None:
    outside.records.put(forwarded())
    with pytest.raises(Refused) as refused:
        take(outside, event(**changes))
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
    assert outside.records.writes == 0


@pytest.mark.parametrize("status", [Status.AWAITING_CALLBACK, Status.UNREACHABLE, Status.UNDER_REVIEW])
def test_a_transfer_of_what_no_office_has_is_told_the_state(outside: FakePorts, status: Status) -> None:
    outside.records.put(in_status(status).model_copy(update={"reference": REFERENCE}))
    with pytest.raises(WrongState, match=status.value):
        take(outside, event(type="transferred", report=None, department="PRD"))


def test_nothing_is_kept_for_a_record_that_is_only_registered(outside: FakePorts) -> None:
    outside.records.put(registered())
    with pytest.raises(WrongState):
        take(outside, event())
    assert outside.records.receipts == {}
