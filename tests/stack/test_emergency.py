"""Emergencies: told at once by every way, with or without an analyst or the portal, until it is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from selenium.webdriver.common.by import By

from functions.adapters.bundled import registers
from functions.domain.channel import Channel
from functions.domain.ladder import PAUSE
from functions.domain.record import EventType
from local import story
from tests.stack.browser import HEIGHT, WIDTH, browser, is_installed, press
from tests.stack.world import World, record

SECONDS = 20
"""In which everybody is to be told of an emergency."""
NODAL, HEAD, CELL = "+919000000081", "+919000000082", "+919000000111"
"""The sample officers' numbers: those of the department, and the CMO Grievance Cell's."""
CLIMBED = timedelta(hours=2)
"""Longer than any ladder here."""
LARGE_ENOUGH = 48
"""What a finger hits, in CSS pixels."""


def registered_at(state: dict[str, object]) -> datetime:
    timeline = state["timeline"]
    assert isinstance(timeline, list)
    return datetime.fromisoformat(timeline[0]["at"])


def at_night() -> timedelta:
    """How far ahead the next quiet hours are in which a ladder is climbed undisturbed by a reminder."""
    hours = registers().alert_rules.hours[Channel.SMS]
    ahead = timedelta(minutes=16)
    while True:
        began = datetime.now(UTC) + ahead
        is_quiet = not (hours.is_open(began) or hours.is_open(began + CLIMBED))
        reminded = (timedelta(hours=12), timedelta(hours=19, minutes=12))
        if is_quiet and not any(ahead - PAUSE < one < ahead + CLIMBED for one in reminded):
            return ahead
        ahead += timedelta(minutes=5)


def told_by(of: World, reference: str) -> dict[str, list[str]]:
    """Who was told of a record how often, by SMS, WhatsApp and telephone."""
    sent = [("sms", one["PhoneNumber"]) for one in of.sms(reference)]
    sent += [(one["channel"], one["to"]) for one in of.outbox(reference)]
    return {way: sorted(to for by, to in sent if by == way) for way in ("sms", "whatsapp", "voice")}


def until_told(of: World, reference: str, *numbers: str) -> None:
    """Waits until these were told by SMS, WhatsApp and telephone, nobody else and nobody twice."""
    everywhere = dict.fromkeys(("sms", "whatsapp", "voice"), sorted(numbers))
    of.until(lambda: told_by(of, reference), lambda told: told == everywhere, SECONDS)


def evidence(of: World, reference: str) -> list[story.Alert]:
    """What ``make story`` tells of the alerts that the ladder sent."""
    told = story.read(of.aws("dynamodb"), of.aws("stepfunctions"), of.stack, reference)
    climbed = {event.sequence for event in told.record.events if "rung" in event.data}
    return [alert for alert in told.alerts if alert.sequence in climbed]


def until_evident(of: World, reference: str, attempts: int) -> list[story.Alert]:
    """Waits until so many attempts have the provider's message id; all of them."""

    def sent() -> list[story.Alert]:
        return [one for one in evidence(of, reference) if one.message_id]

    return of.until(sent, lambda found: len(found) >= attempts, SECONDS)


def tried(of: World, reference: str) -> list[str]:
    """The notes in the timeline of who was tried."""
    timeline = of.state(reference)["timeline"]
    return [
        one["note"]
        for one in timeline
        if one["event"] == EventType.SLA_REMINDER_DUE and one["note"].startswith("Not acknowledged")
    ]


def link_to(of: World, reference: str, number: str) -> str:
    """The link in the latest SMS to that number."""
    texts = [one["Message"] for one in of.sms(reference) if one["PhoneNumber"] == number]
    found = re.search(r"https?://\S+/v1/ack\?t=\S+", texts[-1])
    assert found is not None
    return found.group()


def presses(of: World, monkeypatch: pytest.MonkeyPatch, link: str) -> str:
    """What is shown to whoever presses the button; without a browser, to whoever posts its form."""
    if not is_installed():
        return of.page("POST", link)[1]
    with browser(monkeypatch, javascript=False) as telephone:
        telephone.get(link)
        return press(telephone)


def test_an_emergency_reaches_officer_and_head_by_every_way_within_seconds(world: World) -> None:
    reference = world.registers(record(emergency=True))
    world.until_status(reference, "under_review")

    # WHEN an analyst approves it
    assert world.decides(reference).status == 200

    # THEN both are told by SMS, WhatsApp and telephone, each once, and by e-mail, which the district gets too
    until_told(world, reference, NODAL, HEAD)
    mails = world.until(lambda: world.mails(reference), lambda sent: len(sent) == 3, SECONDS)
    assert {one["To"][0] if isinstance(one["To"], list) else one["To"] for one in mails} >= {
        "nodal.phe@officers.wb.example",
        "head.phe@officers.wb.example",
    }


def test_at_night_an_emergency_climbs_the_ladder_until_somebody_acknowledges_it(
    resting: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = resting
    # GIVEN an emergency that no analyst decides, in the night
    reference = world.registers(record(emergency=True))
    world.until_status(reference, "under_review")
    night = at_night()

    # WHEN its fifteen minutes are over
    world.sweeps(night)

    # THEN officer and head are told at once, by every way
    until_told(world, reference, NODAL, HEAD)

    # WHEN nobody acknowledges it, and the sweep comes again each quarter of an hour
    expected: list[Sequence[tuple[str, str]]] = [
        [("nodal", "sms"), ("nodal", "voice")],
        [("head", way) for way in Channel],
        [("apex of CMO", way) for way in Channel],
    ]
    so_far: list[tuple[str, str]] = []
    for number, rung in enumerate(expected):
        world.sweeps(night + timedelta(minutes=1) + number * PAUSE)
        world.sweeps(night + timedelta(minutes=1) + number * PAUSE)
        so_far = sorted([*so_far, *rung])
        # THEN one rung is tried each time, and each attempt is evidence, with time and the provider's id
        found = until_evident(world, reference, len(so_far))
        assert sorted((one.to, one.channel) for one in found) == so_far
        assert all(one.sent_at is not None for one in found)
        assert len(tried(world, reference)) == number + 1
    assert [note.rpartition(": ")[2] for note in tried(world, reference)] == [
        "the officer is tried once more, by other ways",
        "the head of the office is tried",
        "the CMO Grievance Cell is tried",
    ]
    # AND it stays with whom it is with
    assert world.state(reference)["assignee"]["level"] == "nodal"

    # WHEN the Cell opens its link and presses the button
    shown = presses(world, monkeypatch, link_to(world, reference, CELL))
    # THEN it is acknowledged, by the Cell
    assert "Receipt acknowledged" in shown
    assert "প্রাপ্তি স্বীকার করা হল" in shown
    state = world.state(reference)
    assert state["acknowledged_at"] is not None
    assert (state["timeline"][-1]["event"], state["timeline"][-1]["by"]) == (
        "AlertAcknowledged",
        "cmo-grievance-cell",
    )

    # AND later sweeps tell nobody more
    world.until_quiet()
    before = told_by(world, reference)
    for number in range(3, 6):
        world.sweeps(night + timedelta(minutes=1) + number * PAUSE)
    world.until_quiet()
    assert told_by(world, reference) == before
    assert len(evidence(world, reference)) == len(so_far)
    assert len(tried(world, reference)) == len(expected)


def test_an_acknowledgement_before_the_first_quarter_is_over_leaves_the_ladder_unclimbed(
    world: World,
) -> None:
    reference = world.forwarded(emergency=True)
    until_told(world, reference, NODAL, HEAD)

    assert world.page("POST", link_to(world, reference, HEAD))[0] == 200
    for number in range(1, 4):
        world.sweeps(number * PAUSE + timedelta(minutes=1))
    world.until_quiet()

    assert tried(world, reference) == []
    until_told(world, reference, NODAL, HEAD)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_is_read_and_pressed_on_a_cheap_telephone(
    world: World, monkeypatch: pytest.MonkeyPatch, *, javascript: bool
) -> None:
    reference = world.forwarded()
    world.until(lambda: world.links(reference), lambda links: len(links) == 2)
    with browser(monkeypatch, javascript=javascript) as telephone:
        # WHEN the officer opens the link, twice
        for _ in range(2):
            telephone.get(link_to(world, reference, NODAL))
        # THEN nothing is acknowledged yet, all fits the screen, and the button is there
        assert world.state(reference)["acknowledged_at"] is None
        box = telephone.find_element(By.TAG_NAME, "button").rect
        assert box["height"] >= LARGE_ENOUGH
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH
        assert box["y"] + box["height"] <= HEIGHT
        assert telephone.find_element(By.TAG_NAME, "main").rect["width"] <= WIDTH

        # WHEN he presses the button
        shown = press(telephone)

        # THEN it is acknowledged
        assert "Receipt acknowledged" in shown
        state = world.state(reference)
        assert state["acknowledged_at"] is not None
        assert state["timeline"][-1]["by"] == "nodal-officer"

        # AND whoever opens the link again, or the head's, is told so and has nothing to press
        for number in (NODAL, HEAD):
            telephone.get(link_to(world, reference, number))
            assert "acknowledged earlier" in telephone.find_element(By.TAG_NAME, "main").text
            assert telephone.find_elements(By.TAG_NAME, "button") == []


def test_whoever_only_looks_at_a_link_changes_nothing(world: World) -> None:
    reference = world.forwarded()
    (link, *_) = world.until(lambda: world.links(reference), lambda links: len(links) == 2)
    before = world.state(reference)

    for method in ("HEAD", "GET", "HEAD", "GET", "OPTIONS"):
        world.page(method, link)

    assert world.state(reference) == before
    # AND pressing twice is no error
    assert [world.page("POST", link)[0] for _ in range(2)] == [200, 200]


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
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 4)
    # told that it was registered, and that it is turned down
    world.until(lambda: world.sms_to_citizens(reference), lambda sent: len(sent) == 2)
