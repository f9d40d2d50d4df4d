"""Citizens are answered: who is turned down, who is linked to a lead, and again when that is redressed."""

from __future__ import annotations

import json
from typing import Any

from functions.adapters.messages import render
from tests.stack.test_privacy import log_lines
from tests.stack.world import World, record

CALLERS = {
    "+919830061001": "Hindi Speaker Specimen",
    "+919830061002": "First Linked Specimen",
    "+919830061003": "Second Linked Specimen",
}
HINDI, FIRST, SECOND = CALLERS


def under_review(world: World, phone: str, language: str) -> str:
    body = record()
    body["call"]["language"] = language
    body["caller"] |= {"phone": phone, "name": CALLERS[phone]}
    reference = world.registers(body)
    world.until_status(reference, "under_review")
    return reference


def sent(world: World, reference: str, phone: str) -> list[str]:
    """Texts of the SMS to that number that name the record, sorted."""
    return sorted(sms["Message"] for sms in world.sms(reference) if sms["PhoneNumber"] == phone)


def text(template: str, reference: str, lead: str = "") -> str:
    return render(f"{template}.sms.j2", {"reference": reference, "lead": lead})


def until_sent(world: World, reference: str, phone: str, *texts: str) -> None:
    world.until(lambda: sent(world, reference, phone), lambda found: len(found) >= len(texts))
    assert sent(world, reference, phone) == sorted(texts)


def repeat_events(world: World, *references: str) -> None:
    """Publishes every event of these records once more."""
    told: list[dict[str, Any]] = [event for reference in references for event in world.told(reference)]
    for event in told:
        answer = world.aws("events").put_events(
            Entries=[
                {
                    "EventBusName": "ssm-local",
                    "Source": "ssm",
                    "DetailType": event["detail-type"],
                    "Detail": json.dumps(event["detail"]),
                }
            ]
        )
        assert answer["FailedEntryCount"] == 0


def assert_no_log_names_a_caller(world: World) -> None:
    needles = [*CALLERS.values(), *(phone.removeprefix("+91") for phone in CALLERS)]
    lines = list(log_lines(world))
    assert any("alerted" in line for line in lines), "the logs that were searched are not ours"
    assert [line for line in lines if any(needle in line for needle in needles)] == []


def test_who_is_turned_down_is_told_in_the_language_of_the_call(world: World) -> None:
    reference = under_review(world, HINDI, "hi")

    assert world.decides(reference, "reject", reason="before the court").status == 200

    until_sent(world, reference, HINDI, text("hi/citizen_rejected", reference))
    (sms,) = world.sms(reference)
    assert "9137091370" in sms["Message"]
    assert "court" not in sms["Message"]
    assert_no_log_names_a_caller(world)


def test_who_is_linked_to_a_lead_is_told_so_and_told_again_when_that_is_closed(world: World) -> None:
    # GIVEN two callers on a matter that an officer has already
    lead = world.forwarded()
    linked = {FIRST: under_review(world, FIRST, "en"), SECOND: under_review(world, SECOND, "sat")}
    languages = {FIRST: "en", SECOND: "bn"}

    # WHEN an analyst links them to it THEN each is told where it goes on
    first = {
        phone: text(f"{languages[phone]}/citizen_linked", reference, lead)
        for phone, reference in linked.items()
    }
    for phone, reference in linked.items():
        assert world.decides(reference, "duplicate", duplicate_of=lead).status == 200
        until_sent(world, reference, phone, first[phone])

    # WHEN it is redressed, and that is found on the ground THEN each is told
    assert world.reports_action(reference=lead).status == 200
    assert world.visits(lead, redressed=True).body["status"] == "closed"
    then = {
        phone: text(f"{languages[phone]}/citizen_linked_redressed", reference, lead)
        for phone, reference in linked.items()
    }
    for phone, reference in linked.items():
        until_sent(world, reference, phone, first[phone], then[phone])

    # WHEN every event comes again THEN nobody is told anything again
    world.until_quiet()
    before = len(world.sms(lead))
    world.until(lambda: world.told(lead), lambda events: events[-1]["detail-type"] == "RecordClosed")
    repeat_events(world, lead, *linked.values())
    world.until_quiet()
    for phone, reference in linked.items():
        assert sent(world, reference, phone) == sorted([first[phone], then[phone]])
    assert len(world.sms(lead)) == before
    assert_no_log_names_a_caller(world)
