"""Into the portal, once whatever happens in between."""

from datetime import timedelta
from io import StringIO

import pytest

from functions.domain import overdue, review
from functions.domain.errors import NotFound
from functions.domain.ports import Accepted, HeldOtherwise, RefusedByPortal, TryLater
from functions.domain.record import EventType, Record, Status, TimerKind
from functions.push.pushing import RefusedTooLate, enter
from functions.sla_timer.sweeping import run_out
from functions.validate.steps import take_up
from tests.builders import (
    ANALYST,
    EXECUTION,
    NOW,
    PORTAL_ID,
    accepted,
    action_taken,
    forwarded,
    in_portal,
    in_status,
    numbered,
    raised,
    reference_of,
    registered,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
EMERGENCY = accepted(under_review(registered(emergency=True)))


def test_an_accepted_grievance_is_entered_under_the_portals_id(outside: FakePorts) -> None:
    outside.records.put(accepted())
    assert enter(outside, REFERENCE, 0) == {"outcome": "pushed", "wait_seconds": 0, "attempt": 0}
    record = outside.records.load(REFERENCE)
    assert record.portal_id == PORTAL_ID
    assert record.status is Status.ACCEPTED
    assert record.events[-1].type is EventType.PUSHED_TO_PORTAL


def test_a_step_that_comes_again_does_not_ask_the_portal_again(outside: FakePorts) -> None:
    outside.records.put(accepted())
    outcomes = [enter(outside, REFERENCE, 0)["outcome"] for _ in range(2)]
    assert outcomes == ["pushed", "pushed"]
    assert len(outside.portal.pushes) == 1
    assert outside.records.writes == 1


def test_an_answer_that_was_lost_is_found_by_the_next_attempt(outside: FakePorts) -> None:
    # GIVEN the portal kept it, and its answer never came
    outside.records.put(accepted())
    outside.portal.entries[REFERENCE] = PORTAL_ID
    outside.portal.script.append(TryLater(retry_after=None, why="no-answer"))
    assert enter(outside, REFERENCE, 0)["outcome"] == "try_later"
    # WHEN it is tried again THEN it has the id that was given first
    assert enter(outside, REFERENCE, 1)["outcome"] == "pushed"
    assert outside.records.load(REFERENCE).portal_id == PORTAL_ID


def test_a_portal_that_is_out_is_tried_later_and_nothing_changes(outside: FakePorts) -> None:
    outside.records.put(accepted())
    outside.portal.script.append(TryLater(retry_after=None, why="status-503"))
    result = enter(outside, REFERENCE, 3)
    assert (result["outcome"], result["attempt"], result["why"]) == ("try_later", 4, "status-503")
    assert 8 <= result["wait_seconds"] <= 16
    assert outside.records.load(REFERENCE) == accepted()


def test_nobody_else_asks_while_the_portal_wants_to_be_left_alone(outside: FakePorts) -> None:
    first, second = accepted(), numbered(accepted(), 2)
    outside.records.put(first, second)
    outside.portal.script.append(TryLater(retry_after=300, why="status-429"))
    enter(outside, first.reference, 0)
    outside.clock.advance(seconds=100)
    # WHEN another one comes THEN it waits for as long as is left, and is not counted as an attempt
    met = enter(outside, second.reference, 0)
    assert (met["outcome"], met["attempt"], met["why"]) == ("try_later", 0, "left-alone")
    assert 200 <= met["wait_seconds"] <= 210
    assert len(outside.portal.pushes) == 1
    outside.clock.advance(seconds=200)
    assert enter(outside, second.reference, 0)["outcome"] == "pushed"


def test_a_portal_that_asks_to_be_left_alone_for_days_is_asked_after_a_quarter_of_an_hour(
    outside: FakePorts,
) -> None:
    outside.records.put(accepted())
    outside.portal.script.append(TryLater(retry_after=100_000, why="status-503"))
    enter(outside, REFERENCE, 0)
    outside.clock.advance(minutes=15)
    assert enter(outside, REFERENCE, 1)["outcome"] == "pushed"


@pytest.mark.parametrize("asked", [61, 90, 900])
def test_the_portal_is_left_alone_for_as_long_as_it_asks(outside: FakePorts, asked: int) -> None:
    outside.records.put(accepted())
    outside.portal.script.append(TryLater(retry_after=asked, why="status-429"))
    assert enter(outside, REFERENCE, 0)["wait_seconds"] == asked


def test_what_the_portal_refuses_is_back_with_the_analysts_with_its_reason(outside: FakePorts) -> None:
    outside.records.put(accepted())
    outside.portal.script.append(RefusedByPortal("district is not served"))
    outside.clock.advance(minutes=5)
    assert enter(outside, REFERENCE, 0)["outcome"] == "refused"
    record = outside.records.load(REFERENCE)
    assert record.status is Status.UNDER_REVIEW
    (finding,) = record.findings
    assert finding.code == "portal-refused"
    assert "district is not served" in finding.text
    assert record.due_at == accepted().due_at
    assert record.review is not None
    assert record.review.asked_at == NOW + timedelta(minutes=5)


def test_what_the_portal_holds_otherwise_is_left_for_somebody_to_look_at(outside: FakePorts) -> None:
    outside.records.put(accepted())
    outside.portal.script.extend([HeldOtherwise()] * 9)
    results = [enter(outside, REFERENCE, attempt) for attempt in range(9)]
    # It is no outage: others go in meanwhile, and it is not asked about each minute.
    assert {result["outcome"] for result in results} == {"try_later"}
    assert {result["why"] for result in results} == {"status-409"}
    assert min(result["wait_seconds"] for result in results) >= 600
    assert outside.records.load(REFERENCE) == accepted()


def test_the_portal_of_these_tests_takes_nothing_else_under_a_key_that_it_knows(outside: FakePorts) -> None:
    record = accepted()
    outside.records.put(record)
    outside.portal.drops = 1
    assert enter(outside, REFERENCE, 0)["why"] == "no-answer"
    caller = record.caller.model_copy(update={"name": "Another"})
    outside.records.put(record.model_copy(update={"caller": caller}))
    assert enter(outside, REFERENCE, 1)["why"] == "status-409"
    outside.records.put(record)
    assert enter(outside, REFERENCE, 2)["outcome"] == "pushed"


def test_an_emergency_that_the_portal_refuses_rests_with_the_analysts_until_they_decide(
    outside: FakePorts,
) -> None:
    outside.records.put(raised())
    outside.portal.script.extend([RefusedByPortal("no")] * 9)
    outside.clock.advance(minutes=30)
    enter(outside, REFERENCE, 0)
    deadline = outside.records.load(REFERENCE).timers[TimerKind.REVIEW_DEADLINE]
    assert deadline == NOW + timedelta(minutes=45)

    # WHEN nobody decides it for hours, and whoever is in charge is started anew
    for _ in range(20):
        outside.clock.advance(minutes=16)
        run_out(outside, outside.clock.now())
        if take_up(outside, REFERENCE, EXECUTION) == "raise_emergency":
            enter(outside, REFERENCE, 0)

    # THEN it was pushed once, and the supervisor told once
    assert len(outside.portal.pushes) == 1
    record = outside.records.load(REFERENCE)
    assert record.status is Status.UNDER_REVIEW
    assert [overdue.message_of(event) is not None for event in record.events].count(True) == 1


def test_an_emergency_that_is_refused_before_anybody_has_it_is_raised_all_the_same(
    outside: FakePorts,
) -> None:
    outside.records.put(EMERGENCY)
    outside.portal.script.append(RefusedByPortal("no"))
    assert enter(outside, REFERENCE, 0)["outcome"] == "refused"
    record = outside.records.load(REFERENCE)
    assert [event.type for event in record.events][-2:] == [
        EventType.EMERGENCY_RAISED,
        EventType.REVIEW_REQUESTED,
    ]
    assert outside.records.writes == 1


def test_an_emergency_that_was_raised_while_the_portal_refused_it_is_raised_once(outside: FakePorts) -> None:
    outside.records.put(EMERGENCY)
    meanwhile = with_officer(EMERGENCY).model_copy(update={"version": EMERGENCY.version + 1})
    outside.portal.while_answering.append(lambda: outside.records.put(meanwhile))
    outside.portal.script.append(RefusedByPortal("no"))
    enter(outside, REFERENCE, 0)
    events = [event.type for event in outside.records.load(REFERENCE).events]
    assert events.count(EventType.EMERGENCY_RAISED) == 1


def test_an_emergency_that_is_refused_while_nobody_holds_any_post_goes_on_until_somebody_does(
    outside: FakePorts,
) -> None:
    somebody, outside.registry.officers = outside.registry.officers, []
    outside.records.put(EMERGENCY)
    outside.portal.script.extend([RefusedByPortal("no")] * 2)
    enter(outside, REFERENCE, 0)
    assert outside.records.load(REFERENCE).assignment is None
    outside.clock.advance(minutes=15)
    run_out(outside, outside.clock.now())
    outside.registry.officers = somebody
    enter(outside, REFERENCE, 0)
    record = outside.records.load(REFERENCE)
    assert (record.status, record.assignment is not None) == (Status.UNDER_REVIEW, True)
    assert [finding.code for finding in record.findings] == ["portal-refused"]


def test_a_refusal_whose_step_comes_again_is_still_a_refusal(outside: FakePorts) -> None:
    # GIVEN the refusal was kept, and the step's own answer was lost
    outside.records.put(accepted())
    outside.portal.script.append(RefusedByPortal("no"))
    first = enter(outside, REFERENCE, 0)
    # WHEN the step comes again THEN the execution does not take it for pushed and leave it behind
    assert enter(outside, REFERENCE, 0) == first
    assert len(outside.portal.pushes) == 1
    assert outside.records.writes == 1


@pytest.mark.parametrize("status", [Status.UNDER_REVIEW, Status.REJECTED, Status.DUPLICATE])
def test_what_is_not_in_the_portal_is_never_called_pushed(outside: FakePorts, status: Status) -> None:
    outside.records.put(in_status(status))
    assert enter(outside, REFERENCE, 0)["outcome"] != "pushed"
    assert outside.portal.pushes == []


@pytest.mark.parametrize("record", [in_portal(), forwarded(), forwarded(emergency=True)])
def test_what_the_portal_has_is_not_pushed_again(outside: FakePorts, record: Record) -> None:
    outside.records.put(record)
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    assert outside.portal.pushes == []


def test_an_officer_named_while_the_portal_answers_is_kept(outside: FakePorts) -> None:
    # GIVEN routing and push run side by side for an emergency
    outside.records.put(EMERGENCY)
    meanwhile = with_officer(EMERGENCY).model_copy(update={"version": EMERGENCY.version + 1})
    outside.portal.while_answering.append(lambda: outside.records.put(meanwhile))
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    record = outside.records.load(REFERENCE)
    # THEN both facts stand, and the second forwarded it
    assert record.status is Status.FORWARDED
    assert [event.type for event in record.events][-3:] == [
        EventType.EMERGENCY_RAISED,
        EventType.PUSHED_TO_PORTAL,
        EventType.RECORD_FORWARDED,
    ]


def test_an_officer_named_between_reading_and_writing_is_kept(outside: FakePorts) -> None:
    outside.records.put(EMERGENCY)
    meanwhile = with_officer(EMERGENCY).model_copy(update={"version": EMERGENCY.version + 1})
    outside.records.before_write.append(lambda: outside.records.put(meanwhile))
    enter(outside, REFERENCE, 0)
    assert outside.records.load(REFERENCE).status is Status.FORWARDED


@pytest.mark.parametrize("answer", [Accepted("CMO/2026/0000002"), RefusedByPortal("no")])
def test_a_twin_that_was_quicker_with_the_portal_is_right(
    outside: FakePorts, answer: Accepted | RefusedByPortal
) -> None:
    outside.records.put(accepted())
    pushed = in_portal().model_copy(update={"version": 2})
    outside.portal.while_answering.append(lambda: outside.records.put(pushed))
    outside.portal.script.append(answer)
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    assert outside.records.load(REFERENCE) == pushed


def test_refused_and_decided_again_it_goes_to_the_portal_again(outside: FakePorts) -> None:
    outside.records.put(raised())
    outside.portal.script.append(RefusedByPortal("no"))
    enter(outside, REFERENCE, 0)
    record = outside.records.load(REFERENCE)
    outside.records.save(record, review.approve(record, analyst_id=ANALYST, reason=None, at=NOW))
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    assert outside.records.load(REFERENCE).status is Status.FORWARDED


def test_what_does_not_exist_is_not_pushed(outside: FakePorts) -> None:
    with pytest.raises(NotFound):
        enter(outside, REFERENCE, 0)


def recalled(record: Record | None = None) -> Record:
    return visited(action_taken(record or forwarded()), meets_standard=False)


def test_a_recall_is_pushed_once_under_its_own_due_date(outside: FakePorts) -> None:
    record = recalled()
    outside.records.put(record)
    outside.portal.entries[REFERENCE] = PORTAL_ID

    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"

    assert outside.portal.recalls == [record.recalled[0]]
    after = outside.records.load(REFERENCE)
    assert (after.recalls_pushed, after.status) == (1, Status.RECALLED)
    assert after.events[-1].data["recall"] == 1
    assert TimerKind.STEP not in after.timers


def test_recalls_that_piled_up_are_pushed_in_their_order(outside: FakePorts) -> None:
    record = recalled(recalled())
    outside.records.put(record)
    outside.portal.entries[REFERENCE] = PORTAL_ID

    enter(outside, REFERENCE, 0)

    assert [recall.number for recall in outside.portal.recalls] == [1, 2]
    assert outside.records.load(REFERENCE).recalls_pushed == 2


def test_a_grievance_that_was_recalled_before_the_portal_had_it_is_entered_first(outside: FakePorts) -> None:
    outside.records.put(recalled(with_officer(EMERGENCY)))

    enter(outside, REFERENCE, 0)

    assert len(outside.portal.pushes) == 2
    assert len(outside.portal.recalls) == 1
    after = outside.records.load(REFERENCE)
    assert after.portal_id is not None
    assert (after.recalls_pushed, after.status) == (1, Status.RECALLED)


def test_a_recall_that_the_portal_refuses_is_noted_with_its_reason_and_asked_for_no_more(
    outside: FakePorts, logged: StringIO
) -> None:
    record = recalled()
    outside.records.put(record)
    outside.portal.script.append(RefusedByPortal("it was disposed of"))

    # The execution goes on and ends: nobody can do more about it by asking again.
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"
    assert enter(outside, REFERENCE, 0)["outcome"] == "pushed"

    assert len(outside.portal.pushes) == 1
    after = outside.records.load(REFERENCE)
    assert (after.findings[0].code, after.recalls_refused) == ("recall-refused", (1,))
    assert "it was disposed of" in after.findings[0].text
    # What the officer owes is as it was, and no event was made up for the bus.
    assert (after.status, after.due_at, after.events) == (record.status, record.due_at, record.events)
    assert TimerKind.STEP not in after.timers
    assert TimerKind.BREACH in after.timers
    # AND the log names it, without the portal's words
    assert "the portal refuses a recall" in logged.getvalue()
    assert "disposed" not in logged.getvalue()


def test_a_refused_recall_does_not_keep_the_next_one_from_the_portal(outside: FakePorts) -> None:
    outside.records.put(recalled(recalled()))
    outside.portal.entries[REFERENCE] = PORTAL_ID
    outside.portal.script.append(RefusedByPortal("no"))

    enter(outside, REFERENCE, 0)

    assert [recall.number for recall in outside.portal.recalls] == [1, 2]
    after = outside.records.load(REFERENCE)
    assert (after.recalls_pushed, after.recalls_refused) == (2, (1,))


def test_a_recall_that_another_worker_saw_refused_is_noted_once(outside: FakePorts) -> None:
    outside.records.put(recalled())
    outside.portal.script.extend([RefusedByPortal("no")] * 2)

    def other_worker() -> None:
        enter(outside, REFERENCE, 0)

    outside.portal.while_answering.append(other_worker)

    enter(outside, REFERENCE, 0)

    after = outside.records.load(REFERENCE)
    assert [finding.code for finding in after.findings].count("recall-refused") == 1


def test_what_was_acted_upon_before_the_portal_refused_it_is_loud(outside: FakePorts) -> None:
    acted_upon = recalled(with_officer(EMERGENCY))
    outside.records.put(acted_upon)
    outside.portal.script.append(RefusedByPortal("unknown"))

    with pytest.raises(RefusedTooLate):
        enter(outside, REFERENCE, 0)

    assert outside.records.load(REFERENCE) == acted_upon


def test_of_two_workers_that_push_a_recall_one_notes_it(outside: FakePorts) -> None:
    outside.records.put(recalled())
    outside.portal.entries[REFERENCE] = PORTAL_ID

    def other_worker() -> None:
        enter(outside, REFERENCE, 0)

    outside.portal.while_answering.append(other_worker)

    enter(outside, REFERENCE, 0)

    after = outside.records.load(REFERENCE)
    assert after.recalls_pushed == 1
    assert [event.data.get("recall") for event in after.events].count(1) == 2, "its recall and its push"
