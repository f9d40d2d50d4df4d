"""The clock that watches the officer: reminder, breach, escalation, and what stops them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from tests.stack.world import World

LATER = timedelta(hours=24, minutes=5)


def test_an_emergency_that_is_not_redressed_is_reminded_breached_and_climbs_to_the_cell(world: World) -> None:
    # GIVEN an emergency with its officer
    reference = world.forwarded(emergency=True)
    # What asks somebody to act is told only while it is with him.
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)

    # WHEN half of its time is over
    world.sweeps(timedelta(hours=12, minutes=5))
    # THEN the officer is reminded, and tried once more since he had not acknowledged it
    assert world.happened(reference)[-1] == "SlaReminderDue"
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 4)
    assert world.state(reference)["sla"]["breached"] is False

    # WHEN the 24 hours are over, and the sweep comes twice
    world.sweeps(LATER)
    world.sweeps(LATER)
    # THEN the breach is told once and it is with the head of the office
    state = world.state(reference)
    assert Counter(world.happened(reference))["SlaBreached"] == 1
    assert state["sla"] == {**state["sla"], "breached": True, "escalation": 1}
    assert state["assignee"]["level"] == "head"

    # WHEN the head does not move either
    world.sweeps(LATER + timedelta(hours=2, minutes=5))
    # THEN the CMO Grievance Cell has it, and it climbs no further
    world.sweeps(LATER + timedelta(days=5))
    state = world.state(reference)
    assert state["assignee"] == {**state["assignee"], "office": "CMO", "level": "apex"}
    assert state["sla"]["escalation"] == 2
    assert Counter(world.happened(reference))["Escalated"] == 2
    assert Counter(world.happened(reference))["SlaBreached"] == 1

    # AND everybody was told: officer and head of the emergency, the officer of the reminder, on the first
    # rung and of the breach, the head and the cell that it is with them now
    sms = world.until(lambda: world.sms(reference), lambda sent: len(sent) >= 7)
    assert len(sms) == 7
    assert world.until(lambda: world.mails(reference), lambda sent: len(sent) >= 6)


def test_two_sweeps_at_once_double_nothing(world: World) -> None:
    references = [world.forwarded(emergency=True) for _ in range(3)]

    results = world.at_once([lambda: world.sweeps(LATER)] * 2)

    assert all(result["failed"] == 0 for result in results)
    for reference in references:
        happened = Counter(world.happened(reference))
        assert (happened["SlaBreached"], happened["Escalated"]) == (1, 1)


def test_an_ordinary_grievance_is_due_at_the_close_of_a_working_day(world: World) -> None:
    reference = world.forwarded()
    state = world.state(reference)
    due = datetime.fromisoformat(state["sla"]["due_at"])
    left = due - datetime.now(due.tzinfo)

    # An hour before it is due nothing is breached, an hour after it is.
    world.sweeps(left - timedelta(hours=1))
    assert world.state(reference)["sla"]["breached"] is False
    world.sweeps(left + timedelta(hours=1))
    assert world.state(reference)["sla"]["breached"] is True


def test_a_sweep_handed_a_later_time_puts_no_clock_off(world: World) -> None:
    # GIVEN a sweep that was once handed a time far ahead
    world.sweeps(timedelta(days=40))
    # WHEN an emergency comes after it and its own time is over
    reference = world.forwarded(emergency=True)
    world.sweeps(LATER)
    # THEN it is seen
    assert world.state(reference)["sla"]["breached"] is True


def test_an_old_link_only_informs_after_an_escalation(world: World) -> None:
    reference = world.forwarded(emergency=True)
    links = world.until(lambda: world.links(reference), lambda found: len(found) == 2)
    world.sweeps(LATER)

    status, page = world.page("POST", links[0])

    assert status == 409
    assert "<form" not in page
    assert world.state(reference)["acknowledged_at"] is None

    # the head's new link acknowledges
    new = world.until(lambda: world.links(reference)[2:], lambda found: len(found) == 1)[0]
    assert world.page("POST", new)[0] == 200
    assert world.state(reference)["acknowledged_at"] is not None


def test_action_taken_stops_the_officers_clock(world: World) -> None:
    reference = world.forwarded(emergency=True)
    assert world.reports_action(reference=reference).status == 200

    world.sweeps(timedelta(hours=12, minutes=5))

    assert "SlaReminderDue" not in world.happened(reference)
    # but not the citizen's: the promise is broken when nobody has checked the redress by then
    world.sweeps(LATER)
    state = world.state(reference)
    assert state["sla"]["breached"] is True
    assert state["sla"]["escalation"] == 0
    assert state["status"] == "action_taken"
