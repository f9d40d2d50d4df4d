"""Day by day: both sides read to the end, what may be mended mended, the rest told, and nothing twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import forwarding
from functions.domain.errors import Refused, Unavailable
from functions.domain.ports import Accepted, HeldOtherwise, PortalPage, RefusedByPortal, TryLater
from functions.domain.reconciliation import Difference, DifferenceKind
from functions.domain.record import EventType, Record, Status, TimerKind
from functions.reconcile import handler, reading
from functions.reconcile.contract import read_days, read_time
from functions.reconcile.mending import MOST_PUSHES, Outcome, Result
from functions.reconcile.reconciling import reconcile
from functions.reconcile.reporting import MOST_IN_MAIL, DayReport, mail_of
from tests.builders import (
    NOW,
    PRIVATE,
    accepted,
    action_taken,
    forwarded,
    in_status,
    numbered,
    reference_of,
    registered,
    under_review,
    visited,
)
from tests.fakes import FakePorts

DAY = date(2026, 11, 24)
LATER = NOW + timedelta(hours=20)
CELL = "grievance-cell@wb.example"


class World:
    """Records that were pushed into a portal, an evening later."""

    def __init__(self, outside: FakePorts) -> None:
        self.outside = outside
        self.portal = outside.portal
        outside.clock.moment = LATER

    def pushed(self, number: int, record: Record | None = None) -> str:
        """A record that the portal holds with all its recalls; its reference."""
        record = numbered(record or forwarded(), number)
        answer = self.portal.push(record, None)
        for recall in record.recalled[: record.recalls_pushed]:
            self.portal.push(record, recall)
        self.portal.pushes.clear()
        self.outside.records.put(record.model_copy(update={"portal_id": answer.portal_id}))  # type: ignore[union-attr]
        return record.reference

    def recalled(self, number: int) -> str:
        """A record that was recalled, which the portal knows."""
        record = visited(action_taken(), meets_standard=False)
        return self.pushed(number, record.model_copy(update={"recalls_pushed": 1}))

    def loses(self, reference: str, *, remembers_key: bool = False) -> None:
        """The portal loses an entry."""
        self.portal.listing = [entry for entry in self.portal.listing if entry.reference != reference]
        if not remembers_key:
            del self.portal.entries[reference]

    def alters(self, reference: str, **changes: Any) -> None:  # noqa: ANN401 - a field each
        """The portal lists something else."""
        self.portal.listing = [
            replace(entry, **changes) if entry.reference == reference else entry
            for entry in self.portal.listing
        ]

    def runs(self, *days: date, until: timedelta = timedelta(minutes=10)) -> list[dict[str, Any]]:
        """A run; the reports that it kept, in the order of the days."""
        self.outside.uploads.results.clear()
        self.outside.clock.advance(minutes=30)
        now = self.outside.clock.now()
        reconcile(self.outside, days or (DAY,), now=now, until=now + until, tell=CELL)
        return [json.loads(body) for body in self.outside.uploads.results.values()]

    def found(self) -> list[tuple[str, str, str]]:
        """A run; kind, reference and outcome of what it found."""
        (report,) = self.runs()
        return [(one["kind"], one["reference"], one["outcome"]) for one in report["differences"]]

    def record(self, reference: str) -> Record:
        """The record as it stands."""
        return self.outside.records.load(reference)


@pytest.fixture
def world(outside: FakePorts) -> World:
    return World(outside)


def test_where_all_is_well_nothing_is_told_or_changed(world: World) -> None:
    references = [world.pushed(number) for number in range(5)] + [world.recalled(6)]
    (report,) = world.runs()
    assert report == {
        "day": "2026-11-24",
        "report": report["report"],
        "read": True,
        "not_read": None,
        "pushed": 6,
        "listed": 6,
        "malformed": 0,
        "counts": {},
        "mended": 0,
        "left": 0,
        "stopped_by": None,
        "began": report["began"],
        "differences": [],
    }
    assert len(references) == 6
    assert world.outside.messaging.mails == []
    assert world.outside.records.writes == 0
    assert world.portal.pushes == []


def test_the_report_stands_in_the_bucket_under_its_day_and_time(world: World) -> None:
    (report,) = world.runs()
    began = world.outside.clock.now()
    (key,) = world.outside.uploads.results
    assert key == report["report"] == f"results/reconciliation/2026-11-24/{began:%Y-%m-%dT%H%M%S.%fZ}.json"


def test_what_the_portal_lost_is_entered_again_under_its_new_id(world: World) -> None:
    reference = world.pushed(1)
    old = world.record(reference).portal_id
    world.loses(reference)
    assert world.found() == [("missing_there", reference, "entered_again")]
    after = world.record(reference)
    assert after.portal_id not in {None, old}
    assert after.portal_id == world.portal.entries[reference]
    assert after.events[-1].type is EventType.PUSHED_TO_PORTAL
    # AND what the portal tells of either id is known to be this record's
    by_id = world.outside.records.by_portal_id
    assert {by_id(str(old)), by_id(str(after.portal_id))} == {reference}
    assert world.found() == []


def test_its_recalls_are_pushed_anew_by_an_execution_of_its_own(world: World) -> None:
    reference = world.recalled(1)
    world.loses(reference)
    world.runs()
    after = world.record(reference)
    assert (after.recalls, after.recalls_pushed) == (1, 0)
    assert forwarding.needs_push(after)
    assert TimerKind.STEP in after.timers


def test_an_entry_under_another_id_is_believed_when_the_portal_says_so_itself(world: World) -> None:
    # GIVEN it was entered again once, and we died before the new id was kept
    reference = world.recalled(1)
    world.portal.entries[reference] = "CMO/2026/other"
    world.alters(reference, portal_id="CMO/2026/other")
    assert world.found() == [("other_id", reference, "entered_again")]
    after = world.record(reference)
    assert (after.portal_id, after.recalls_pushed) == ("CMO/2026/other", 1)
    assert world.found() == []


def test_a_portal_that_says_it_holds_what_it_does_not_list_is_not_believed(world: World) -> None:
    reference = world.pushed(1)
    before = world.record(reference)
    world.loses(reference, remembers_key=True)
    for _ in range(2):
        assert world.found() == [("missing_there", reference, "not_listed")]
    assert world.record(reference) == before


def test_what_was_listed_late_is_entered_again_and_nothing_changes(world: World) -> None:
    # GIVEN a list that leaves an entry out once
    reference = world.pushed(1)
    before = world.record(reference)
    world.portal.list_script.append(PortalPage([], 0, None))
    assert world.found() == [("missing_there", reference, "entered_again")]
    assert world.record(reference) == before


def test_a_list_that_cannot_be_read_again_leaves_it_open(world: World) -> None:
    reference = world.pushed(1)
    world.portal.list_script.append(PortalPage([], 0, None))
    world.portal.list_script.extend([TryLater(None, "status-500")] * 4)
    assert world.found() == [("missing_there", reference, "unconfirmed")]


def test_recalls_that_the_portal_lost_are_entered_again(world: World) -> None:
    reference = world.recalled(1)
    before = world.record(reference)
    world.alters(reference, recalls=frozenset())
    assert world.found() == [("recalls_missing_there", reference, "entered_again")]
    assert [one.number for one in world.portal.recalls] == [1, 1]
    assert world.record(reference) == before
    assert world.found() == []


def test_a_lost_answer_is_adopted(world: World) -> None:
    record = numbered(accepted(), 1)
    world.portal.push(record, None)
    world.portal.pushes.clear()
    world.outside.records.put(record)
    assert world.found() == [("missing_here", record.reference, "adopted")]
    after = world.record(record.reference)
    assert after.portal_id == world.portal.entries[record.reference]
    assert after.events[-1].type is EventType.PUSHED_TO_PORTAL
    assert world.portal.pushes == []
    assert world.found() == []


def test_a_race_with_our_own_push_is_harmless(world: World) -> None:
    # GIVEN the execution's own push gets its answer while the lost one is adopted
    record = numbered(accepted(), 1)
    portal_id = world.portal.push(record, None).portal_id  # type: ignore[union-attr]
    world.outside.records.put(record)

    def push_it() -> None:
        before = world.record(record.reference)
        world.outside.records.save(before, forwarding.pushed(before, portal_id=portal_id, at=LATER))

    world.outside.records.before_write.append(push_it)
    assert world.found() == [("missing_here", record.reference, "settled_meanwhile")]
    events = [event.type for event in world.record(record.reference).events]
    assert events.count(EventType.PUSHED_TO_PORTAL) == 1


def test_an_id_of_another_record_is_never_taken(world: World) -> None:
    taken = world.pushed(1)
    record = numbered(accepted(), 2)
    world.portal.push(record, None)
    world.outside.records.put(record)
    world.alters(record.reference, portal_id=world.portal.entries[taken])
    assert world.found() == [("missing_here", record.reference, "id_of_another")]
    assert world.record(record.reference).portal_id is None


def test_an_id_of_another_record_is_not_taken_for_what_is_entered_again_either(world: World) -> None:
    taken, reference = world.pushed(1), world.pushed(2)
    before = world.record(reference)
    world.loses(reference)
    world.portal.script.append(Accepted(world.portal.entries[taken]))
    assert world.found() == [("missing_there", reference, "id_of_another")]
    assert world.record(reference) == before


def test_two_runs_at_once_enter_it_again_once(world: World) -> None:
    # GIVEN another run keeps the new id while this one is about to
    reference = world.pushed(1)
    world.loses(reference)

    def keep_it() -> None:
        before = world.record(reference)
        new_id = world.portal.entries[reference]
        after = forwarding.entered_again(before, portal_id=new_id, recalls_pushed=0, at=LATER)
        world.outside.records.save(before, after)

    world.outside.records.before_write.append(keep_it)
    assert world.found() == [("missing_there", reference, "settled_meanwhile")]
    events = [event.type for event in world.record(reference).events]
    assert events.count(EventType.PUSHED_TO_PORTAL) == 2


def test_a_recall_that_is_answered_and_not_listed_is_not_believed(world: World) -> None:
    reference = world.recalled(1)
    world.alters(reference, recalls=frozenset())
    world.portal.script.append(Accepted(world.portal.entries[reference]))
    assert world.found() == [("recalls_missing_there", reference, "not_listed")]


def test_what_nobody_may_mend_is_told_each_time(world: World) -> None:
    altered, doubled, rejected = world.pushed(1), world.pushed(2), numbered(in_status(Status.REJECTED), 3)
    world.alters(altered, fields={**world.portal.listing[0].fields, "emergency": True, "summary": "other"})
    world.portal.listing.append(replace(world.portal.listing[1], portal_id="CMO/2026/double", key="by hand"))
    world.portal.push(rejected, None)
    world.outside.records.put(rejected)
    stranger = reference_of("nobody's")
    world.portal.listing.append(replace(world.portal.listing[0], reference=stranger, portal_id="CMO/2026/9"))
    for _ in range(2):
        (report,) = world.runs()
        assert report["left"] == 4
        seen = {one["reference"]: one for one in report["differences"]}
        assert {reference: one["kind"] for reference, one in seen.items()} == {
            altered: "differing",
            doubled: "double",
            rejected.reference: "not_expected",
            stranger: "unknown_here",
        }
        assert seen[altered]["fields"] == ["emergency", "summary"]
        assert seen[doubled]["listed_as"] == [world.record(doubled).portal_id, "CMO/2026/double"]
        assert seen[rejected.reference]["status"] == "rejected"
    assert world.outside.records.writes == 0
    assert len(world.outside.messaging.mails) == 2


def test_what_changed_a_moment_ago_is_left_alone(world: World) -> None:
    reference = world.pushed(1)
    world.loses(reference)
    world.outside.clock.advance(minutes=-30)
    world.outside.clock.moment = NOW
    now = NOW + timedelta(minutes=14)
    (report,) = reconcile(world.outside, [DAY], now=now, until=LATER, tell=CELL)
    assert report.results == []


def test_what_waits_for_a_portal_that_is_out_is_on_its_way(world: World) -> None:
    world.outside.records.put(forwarding.parked(accepted(), task_token="token", at=NOW))
    assert world.found() == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (RefusedByPortal("no"), "refused"),
        (HeldOtherwise(), "held_otherwise"),
        (TryLater(9, "busy"), "put_off"),
    ],
)
def test_what_the_portal_does_not_take_is_left(world: World, answer: Any, outcome: str) -> None:  # noqa: ANN401
    reference = world.pushed(1)
    before = world.record(reference)
    world.loses(reference)
    world.portal.script.append(answer)
    assert world.found() == [("missing_there", reference, outcome)]
    assert world.record(reference) == before


def test_pushing_again_stops_at_the_first_try_later(world: World) -> None:
    references = [world.pushed(number) for number in range(4)]
    for reference in references:
        world.loses(reference)
    world.portal.script.append(TryLater(None, "no-answer"))
    (report,) = world.runs()
    assert [one["outcome"] for one in report["differences"]] == ["put_off"] * 4
    assert report["stopped_by"] == "no-answer"
    assert len(world.portal.pushes) == 1
    assert {outcome for _, _, outcome in world.found()} == {"entered_again"}


def test_so_many_are_pushed_again_in_one_run_and_the_next_takes_the_rest(world: World) -> None:
    world.portal.per_page = 100
    for number in range(MOST_PUSHES + 5):
        world.loses(world.pushed(number))
    outcomes = [outcome for _, _, outcome in world.found()]
    assert (outcomes.count("entered_again"), outcomes.count("put_off")) == (MOST_PUSHES, 5)
    assert [outcome for _, _, outcome in world.found()] == ["entered_again"] * 5
    assert world.found() == []


def test_a_busy_portal_is_asked_again_for_its_list(world: World) -> None:
    world.pushed(1)
    world.portal.list_script.extend([TryLater(7, "status-429")] * 3)
    assert world.found() == []
    assert len(world.outside.clock.slept) == 3
    assert min(world.outside.clock.slept) == 7


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([TryLater(None, "no-answer")] * 4, "no-answer"),
        ([PortalPage([], 0, "2"), *[TryLater(None, "status-500")] * 4], "status-500"),
        ([PortalPage([], 0, "2"), PortalPage([], 0, "3"), PortalPage([], 0, "2")], "cursor-repeats"),
        ([PortalPage([], 0, f"{n}") for n in range(12)], "too-many-pages"),
    ],
)
def test_a_list_that_cannot_be_read_is_no_difference(
    world: World, monkeypatch: pytest.MonkeyPatch, answers: list[Any], why: str
) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 10)
    world.loses(world.pushed(1))
    world.portal.list_script.extend(answers)
    (report,) = world.runs()
    assert (report["read"], report["not_read"], report["differences"]) == (False, why, [])
    assert world.outside.records.writes == 0
    (mail,) = world.outside.messaging.mails
    assert "1 day could not be read" in mail.subject
    assert f"2026-11-24: the portal's list could not be read ({why})" in mail.text


def test_a_day_that_is_not_reached_in_time_is_told(world: World) -> None:
    yesterday = DAY - timedelta(days=1)
    world.pushed(1)
    first, second = world.runs(DAY, yesterday, until=timedelta())
    assert (first["not_read"], second["not_read"]) == ("out-of-time", "out-of-time")


def test_pushing_again_ends_in_time(world: World) -> None:
    for number in range(3):
        world.loses(world.pushed(number))
    world.portal.while_answering.append(lambda: world.outside.clock.advance(minutes=11))
    (report,) = world.runs()
    assert [one["outcome"] for one in report["differences"]] == ["unconfirmed", "put_off", "put_off"]
    assert report["stopped_by"] == "out-of-time"


def test_a_portal_that_asks_for_long_patience_is_not_waited_for_so_long(world: World) -> None:
    world.portal.list_script.append(TryLater(900, "status-429"))
    world.runs()
    assert world.outside.clock.slept == [20]


def test_entries_that_cannot_be_read_are_counted_and_told(world: World) -> None:
    world.portal.list_script.append(PortalPage([], 3, None))
    (report,) = world.runs()
    assert report["malformed"] == 3
    (mail,) = world.outside.messaging.mails
    assert "entries that cannot be read: 3" in mail.text


def test_a_table_that_is_out_is_no_difference(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.pushed(1)

    def out(_: object) -> None:
        raise Unavailable("table")

    monkeypatch.setattr(world.outside.records, "load_many", out)
    with pytest.raises(Unavailable):
        world.runs()
    assert world.outside.messaging.mails == []


def test_the_mail_tells_the_first_fifty_what_is_left_before_what_was_mended(world: World) -> None:
    world.portal.per_page = 100
    altered = [world.pushed(number) for number in range(100, 100 + MOST_IN_MAIL + 2)]
    lost = world.pushed(1)
    for reference in altered:
        world.alters(reference, portal_id=None)
    world.loses(lost)
    world.runs()
    (mail,) = world.outside.messaging.mails
    assert mail.to == CELL
    assert "52 to be looked at, 1 mended" in mail.subject
    for form in (mail.text, mail.html):
        assert sum(reference in form for reference in altered) == MOST_IN_MAIL
        assert lost not in form
        assert "and 3 more" in form
        assert all(key in form for key in world.outside.uploads.results)
        assert "2026-11-24" in form


def test_neither_report_nor_mail_nor_log_tells_what_the_citizen_said(world: World, logged: StringIO) -> None:
    for number in range(3):
        reference = world.pushed(number)
        fields = {**world.portal.listing[-1].fields, "summary": PRIVATE[4], "complainant.phone": PRIVATE[0]}
        world.alters(reference, fields=fields)
    world.loses(world.pushed(9))
    world.runs()
    told = "".join(world.outside.uploads.results.values()) + logged.getvalue()
    told += "".join(mail.subject + mail.text + mail.html for mail in world.outside.messaging.mails)
    assert "held against the portal" in told
    assert "complainant.phone" in told
    assert not [text for text in PRIVATE if text in told or json.dumps(text)[1:-1] in told]


@pytest.mark.parametrize("kind", DifferenceKind)
@pytest.mark.parametrize("outcome", Outcome)
def test_the_mail_has_words_for_whatever_was_found(kind: DifferenceKind, outcome: Outcome) -> None:
    result = Result(Difference(kind, reference_of()), outcome)
    mail = mail_of(CELL, [DayReport(DAY, NOW, results=[result])])
    assert mail.text.count(reference_of()) == mail.html.count(reference_of()) == 1
    assert not [name for name in DifferenceKind if name in mail.text and "_" in name]


Fault = Callable[[World, int], None]


def nothing(world: World, number: int) -> None:
    world.pushed(number)


def a_loss(world: World, number: int) -> None:
    world.loses(world.pushed(number))


def a_loss_of_recalls(world: World, number: int) -> None:
    world.alters(world.recalled(number), recalls=frozenset())


def a_loss_of_what_was_recalled(world: World, number: int) -> None:
    world.loses(world.recalled(number))


def a_lost_answer(world: World, number: int) -> None:
    record = numbered(accepted(under_review(registered(emergency=number % 2 == 0))), number)
    world.portal.push(record, None)
    world.outside.records.put(record)


def another_id(world: World, number: int) -> None:
    reference = world.pushed(number)
    world.portal.entries[reference] = f"CMO/2026/other-{number}"
    world.alters(reference, portal_id=f"CMO/2026/other-{number}")


def an_alteration(world: World, number: int) -> None:
    reference = world.pushed(number)
    (entry,) = [one for one in world.portal.listing if one.reference == reference]
    world.alters(reference, fields={**entry.fields, "due_at": None})


def a_double(world: World, number: int) -> None:
    reference = world.pushed(number)
    (entry,) = [one for one in world.portal.listing if one.reference == reference]
    world.portal.listing.append(replace(entry, portal_id=f"CMO/2026/double-{number}", key=None))


MENDABLE = (a_loss, a_loss_of_recalls, a_loss_of_what_was_recalled, a_lost_answer, another_id)
UNMENDABLE = (an_alteration, a_double)


@given(st.lists(st.sampled_from([nothing, *MENDABLE, *UNMENDABLE]), max_size=8))
def test_after_a_run_only_what_nobody_may_mend_is_found(faults: list[Fault]) -> None:
    world = World(FakePorts())
    for number, fault in enumerate(faults):
        fault(world, number)
    (first,) = world.runs()
    assert len(first["differences"]) == sum(fault is not nothing for fault in faults)
    assert first["left"] == sum(fault in UNMENDABLE for fault in faults)
    writes = world.outside.records.writes
    (second,) = world.runs()
    assert len(second["differences"]) == second["left"] == first["left"]
    assert world.outside.records.writes == writes


# --- what is asked for


def nightly(time: str) -> dict[str, Any]:
    return {"source": "aws.events", "detail-type": "Scheduled Event", "time": time, "resources": []}


@pytest.mark.parametrize("time", ["2026-11-24T21:30:00Z", "2026-11-25T17:00:00Z"])
def test_each_night_yesterday_and_the_two_days_before_it(time: str) -> None:
    days = read_days(nightly(time), datetime.fromisoformat(time))
    assert days == [date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 22)]


def test_by_hand_a_day_or_a_span() -> None:
    assert read_days({"day": "2026-11-24"}, LATER) == [DAY]
    assert read_days({"from": "2026-11-24", "to": "2026-11-24", "time": "x"}, LATER) == [DAY]
    month = read_days({"from": "2026-10-25", "to": "2026-11-24"}, LATER)
    assert (len(month), month[0], month[-1]) == (31, DAY, date(2026, 10, 25))
    # 01:00 in India is another day than in Greenwich
    assert read_days({"day": "2026-11-25"}, datetime(2026, 11, 24, 19, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("event", "pointer"),
    [
        ({}, ""),
        ({"dya": "2026-11-24"}, ""),
        ({"day": "2026-11-24", "to": "2026-11-24"}, ""),
        ({"from": "2026-11-24"}, ""),
        ({"from": "2026-10-24", "to": "2026-11-24"}, ""),
        ({"from": "2026-11-24", "to": "2026-11-23"}, "/to"),
        ({"from": "2026-11-24", "to": "2026-11-26"}, "/to"),
        ({"day": "2026-11-26"}, "/day"),
        ({"day": "24.11.2026"}, "/day"),
        ({"day": "20261124"}, "/day"),
        ({"day": 20261124}, "/day"),
        ({"day": None}, "/day"),
        ({"from": "yesterday", "to": "2026-11-24"}, "/from"),
    ],
)
def test_what_is_no_such_day_is_said_so(event: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Refused) as refused:
        read_days(event, LATER)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_the_time_is_the_events_else_the_clocks() -> None:
    assert read_time({}, NOW, may_be_ahead=False) == NOW
    assert read_time(nightly("2026-11-24T04:00:00Z"), NOW, may_be_ahead=False) == NOW - timedelta(minutes=45)
    ahead = {"time": "2026-11-24T05:00:00Z"}
    assert read_time(ahead, NOW, may_be_ahead=True) == NOW + timedelta(minutes=15)
    for event in (ahead, {"time": "noon"}, {"time": "2026-11-24T05:00:00"}):
        with pytest.raises(Refused, match="/time"):
            read_time(event, NOW, may_be_ahead=False)


def test_the_function_answers_with_each_days_figures(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.loses(world.pushed(1))
    settings = SimpleNamespace(stage="production", grievance_cell_mail=CELL)
    monkeypatch.setattr(handler, "ports", lambda: world.outside)
    monkeypatch.setattr(handler, "settings", lambda: settings)
    context = SimpleNamespace(
        function_name="function",
        memory_limit_in_mb=512,
        invoked_function_arn="arn",
        aws_request_id="id",
        get_remaining_time_in_millis=lambda: 900_000,
    )
    assert handler.reconcile_days({"probe": True}, context) == {"ready": True}
    answer = handler.reconcile_days({"day": "2026-11-24"}, context)
    (figures,) = answer["days"]
    assert (figures["counts"], figures["mended"], figures["left"]) == ({"missing_there": 1}, 1, 0)
    assert [mail.to for mail in world.outside.messaging.mails] == [CELL]
    with pytest.raises(Refused):
        handler.reconcile_days({"day": "2026-11-24", "time": "2027-01-01T00:00:00Z"}, context)
