"""Emergencies: told at once, ahead of the portal, and with or without an analyst."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.stack.world import World, record


def registered_at(state: dict[str, object]) -> datetime:
    timeline = state["timeline"]
    assert isinstance(timeline, list)
    return datetime.fromisoformat(timeline[0]["at"])


def test_an_emergency_is_with_the_officer_while_the_portal_is_down(world: World) -> None:
    # GIVEN a portal that does not answer
    world.portal_misbehaves("down")
    reference = world.registers(record(emergency=True))
    world.until_status(reference, "under_review")

    # WHEN the analyst approves the emergency
    assert world.decides(reference).status == 200

    # THEN officer and head are told at once, and the district by mail, though the portal has nothing of it
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    world.until(lambda: world.mails(reference), lambda sent: len(sent) == 3)
    state = world.state(reference)
    assert state["status"] == "accepted"
    assert state["portal_id"] is None
    assert state["assignee"]["level"] == "nodal"
    assert "EmergencyRaised" in world.happened(reference)
    # AND redress is due 24 hours by the clock after the call was registered
    assert datetime.fromisoformat(state["sla"]["due_at"]) - registered_at(state) == timedelta(hours=24)
    # AND the officer can acknowledge already
    assert world.page("POST", world.links(reference)[0])[0] == 200

    # WHEN the portal is back
    world.portal_misbehaves("ok")

    # THEN it gets the emergency, once and flagged, and nobody is told a second time
    state = world.until_status(reference, "forwarded")
    assert state["acknowledged_at"] is not None
    (entry,) = world.portal_entries(reference)
    assert entry["emergency"] is True
    assert len(world.sms(reference)) == 2


def test_an_emergency_that_no_analyst_decides_goes_ahead_after_fifteen_minutes(world: World) -> None:
    # GIVEN an emergency that waits for an analyst
    reference = world.registers(record(emergency=True))
    world.until_status(reference, "under_review")

    # WHEN fourteen minutes have passed
    world.sweeps(timedelta(minutes=14))
    # THEN it still waits
    assert world.state(reference)["status"] == "under_review"

    # WHEN sixteen minutes have passed, told by two sweeps
    world.sweeps(timedelta(minutes=16))
    world.sweeps(timedelta(minutes=16))

    # THEN it goes on by itself, once, marked so
    state = world.until_status(reference, "forwarded")
    accepted = [entry for entry in state["timeline"] if entry["event"] == "RecordAccepted"]
    assert len(accepted) == 1
    assert accepted[0]["by"] == "system"
    assert "unreviewed" in accepted[0]["note"]
    # AND the analyst who comes too late is told the state
    late = world.decides(reference, "reject", reason="not ours")
    assert late.status == 409
    assert "forwarded" in late.body["detail"]


def test_emergencies_are_first_in_the_analysts_queue(world: World) -> None:
    ordinary = world.registers(record())
    emergency = world.registers(record(emergency=True))
    for reference in (ordinary, emergency):
        world.until_status(reference, "under_review")

    items = world.waiting_for_review()

    waiting = [item["reference"] for item in items]
    assert waiting.index(emergency) < waiting.index(ordinary)
    for reference in (ordinary, emergency):
        assert world.decides(reference, "reject", reason="of a test").status == 200


def test_officers_stand_down_when_their_emergency_comes_back_and_is_turned_down(world: World) -> None:
    # GIVEN an emergency that officers know of, and that the portal refuses when it is back
    world.portal_misbehaves("down")
    reference = world.registers(record(emergency=True))
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    world.portal_misbehaves("refuse", "no such matter")
    world.until_status(reference, "under_review")

    # WHEN the analysts turn it down
    assert world.until(
        lambda: world.decides(reference, "reject", reason="no emergency").status, lambda status: status == 200
    )

    # THEN both are told, and the citizen
    assert world.state(reference)["status"] == "rejected"
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 4 + 1)
