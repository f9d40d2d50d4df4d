"""Citizens are told each turn of their records, and answered when what these were linked to is redressed."""

from __future__ import annotations

import json
from typing import Any

from functions.adapters.messages import render
from tests.stack.test_privacy import log_lines
from tests.stack.test_webhook import assert_problem
from tests.stack.world import World, record

OPT_OUTS = "/v1/call-centre/opt-outs"
CALLERS = {
    "+919830061001": "Hindi Speaker Specimen",
    "+919830061002": "First Linked Specimen",
    "+919830061003": "Second Linked Specimen",
    "+919830061004": "Bengali Journey Specimen",
    "+919830061005": "Hindi Journey Specimen",
    "+919830061006": "English Journey Specimen",
    "+919830061007": "Opted Out Specimen",
    "+913322146008": "Landline Specimen",
}
HINDI, FIRST, SECOND, *JOURNEYS, OPTED_OUT, LANDLINE = CALLERS
LANGUAGES = dict(zip(JOURNEYS, ("bn", "hi", "en"), strict=True))


def under_review(world: World, phone: str, language: str) -> str:
    body = record()
    body["call"]["language"] = language
    body["caller"] |= {"phone": phone, "name": CALLERS[phone]}
    reference = world.registers(body)
    world.until_status(reference, "under_review")
    return reference


def sent(world: World, reference: str, phone: str) -> list[str]:
    """Texts of the SMS to that number that name the record, sorted."""
    told = world.sms_to_citizens(reference)
    return sorted(sms["Message"] for sms in told if sms["PhoneNumber"] == phone)


def text(template: str, reference: str, lead: str = "") -> str:
    return render(f"{template}.sms.j2", {"reference": reference, "lead": lead})


def until_sent(world: World, reference: str, phone: str, *texts: str) -> None:
    """Waits until all of them were sent, and nothing else was."""
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


def test_who_called_is_told_of_each_turn_in_the_language_of_the_call(world: World) -> None:
    # GIVEN a caller in each language
    references = {phone: under_review(world, phone, language) for phone, language in LANGUAGES.items()}
    told: dict[str, list[str]] = {phone: [] for phone in LANGUAGES}

    def each_is_told(template: str) -> None:
        for phone, reference in references.items():
            told[phone].append(text(f"{LANGUAGES[phone]}/{template}", reference))
            until_sent(world, reference, phone, *told[phone])

    # THEN each has the reference
    each_is_told("citizen_registered")

    # WHEN it goes to the officer, is reported, found wanting, reported again and found redressed
    # THEN each is told of each, once
    for reference in references.values():
        assert world.decides(reference).status == 200
    each_is_told("citizen_forwarded")
    for redressed, standing in ((False, "recalled"), (True, "closed")):
        for reference in references.values():
            assert world.reports_action(reference=reference).status == 200
        each_is_told("citizen_action_taken")
        for reference in references.values():
            assert world.visits(reference, redressed=redressed).body["status"] == standing
        each_is_told(f"citizen_{standing}")

    # AND nobody is told anything again, whatever comes twice
    repeat_events(world, *references.values())
    world.until_quiet()
    for phone, reference in references.items():
        assert sent(world, reference, phone) == sorted(told[phone])
    assert_no_log_names_a_caller(world)


def test_who_opted_out_is_told_nothing_and_told_again_when_that_is_taken_back(world: World) -> None:
    # GIVEN one who wants no SMS
    says(world, opted_out=True)
    reference = under_review(world, OPTED_OUT, "en")
    assert world.decides(reference).status == 200
    world.until_status(reference, "forwarded")

    # THEN nothing is sent
    world.until_quiet()
    assert sent(world, reference, OPTED_OUT) == []

    # WHEN that is taken back THEN the next turn is told
    says(world, opted_out=False)
    assert world.reports_action(reference=reference).status == 200
    until_sent(world, reference, OPTED_OUT, text("en/citizen_action_taken", reference))
    assert_no_log_names_a_caller(world)


def says(world: World, *, opted_out: bool) -> None:
    """The citizen tells a tele-caller; the answer is the same when it is handed over twice."""
    body = {"phone": OPTED_OUT, "agent_id": "A-17", "opted_out": opted_out}
    webhook_id = f"opt-out-{record()['record_id']}"
    answers = [world.call_centre.post(OPT_OUTS, body, webhook_id=webhook_id) for _ in range(2)]
    assert [(answer.status, answer.body) for answer in answers] == [(200, {"opted_out": opted_out})] * 2
    other = world.call_centre.post(OPT_OUTS, body | {"agent_id": "A-18"}, webhook_id=webhook_id)
    assert_problem(other, 409)


def test_the_door_to_opt_outs_is_held_as_the_others_are(world: World) -> None:
    body = {"phone": OPTED_OUT, "agent_id": "A-17", "opted_out": False}
    for other in (world.portal, world.field):
        assert_problem(other.post(OPT_OUTS, body), 401)
    payload = json.dumps(body).encode()
    plain = world.call_centre.signature(payload) | {"Content-Type": "text/plain"}
    assert_problem(world.call_centre.send("POST", OPT_OUTS, plain, payload), 415)
    broken = world.call_centre.signature(b"{") | {"Content-Type": "application/json"}
    assert_problem(world.call_centre.send("POST", OPT_OUTS, broken, b"{"), 400)
    large = json.dumps(body | {"agent_id": "A" * 70_000}).encode()
    too_large = world.call_centre.signature(large) | {"Content-Type": "application/json"}
    assert_problem(world.call_centre.send("POST", OPT_OUTS, too_large, large), 413)
    refused = assert_problem(world.call_centre.post(OPT_OUTS, body | {"phone": "12", "why": "-"}), 422)
    assert sorted(error["pointer"] for error in refused["errors"]) == ["/phone", "/why"]


def test_a_landline_is_sent_nothing(world: World) -> None:
    reference = under_review(world, LANDLINE, "bn")
    assert world.decides(reference, "reject", reason="of a test").status == 200
    world.until_quiet()
    assert world.sms_to_citizens(reference) == []
    assert_no_log_names_a_caller(world)


def test_who_is_turned_down_is_told_in_the_language_of_the_call(world: World) -> None:
    reference = under_review(world, HINDI, "hi")
    registered = text("hi/citizen_registered", reference)
    until_sent(world, reference, HINDI, registered)

    assert world.decides(reference, "reject", reason="before the court").status == 200

    until_sent(world, reference, HINDI, registered, text("hi/citizen_rejected", reference))
    assert all("9137091370" in told for told in sent(world, reference, HINDI))
    assert not [told for told in sent(world, reference, HINDI) if "court" in told]
    assert_no_log_names_a_caller(world)


def test_who_is_linked_to_a_lead_is_told_so_and_told_again_when_that_is_closed(world: World) -> None:
    # GIVEN two callers on a matter that an officer has already
    lead = world.forwarded()
    linked = {FIRST: under_review(world, FIRST, "en"), SECOND: under_review(world, SECOND, "sat")}
    languages = {FIRST: "en", SECOND: "bn"}

    known = {
        phone: [text(f"{languages[phone]}/citizen_registered", reference)]
        for phone, reference in linked.items()
    }
    for phone, reference in linked.items():
        until_sent(world, reference, phone, *known[phone])

    # WHEN an analyst links them to it THEN each is told where it goes on
    for phone, reference in linked.items():
        assert world.decides(reference, "duplicate", duplicate_of=lead).status == 200
        known[phone].append(text(f"{languages[phone]}/citizen_linked", reference, lead))
        until_sent(world, reference, phone, *known[phone])

    # WHEN it is redressed, and that is found on the ground THEN each is told
    assert world.reports_action(reference=lead).status == 200
    assert world.visits(lead, redressed=True).body["status"] == "closed"
    for phone, reference in linked.items():
        known[phone].append(text(f"{languages[phone]}/citizen_linked_redressed", reference, lead))
        until_sent(world, reference, phone, *known[phone])

    # WHEN every event comes again THEN nobody is told anything again
    world.until_quiet()
    before = len(world.sms(lead)) + len(world.sms_to_citizens(lead))
    world.until(lambda: world.told(lead), lambda events: events[-1]["detail-type"] == "RecordClosed")
    repeat_events(world, lead, *linked.values())
    world.until_quiet()
    for phone, reference in linked.items():
        assert sent(world, reference, phone) == sorted(known[phone])
    assert len(world.sms(lead)) + len(world.sms_to_citizens(lead)) == before
    assert_no_log_names_a_caller(world)
