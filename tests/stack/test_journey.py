"""One grievance, from the signed webhook to the officer and back by the link in the message."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.stack.world import PERSONAL, World, a_while_ago, record

JOURNEY = ["RecordRegistered", "ReviewRequested", "RecordAccepted", "PushedToPortal", "RecordForwarded"]


def test_an_ordinary_grievance_reaches_the_portal_then_the_nodal_officer(world: World) -> None:
    # WHEN a call is registered and an analyst approves it
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    assert world.decides(reference).body == {"reference": reference, "status": "accepted"}

    # THEN it goes on by itself until it is with the officer
    state = world.until_status(reference, "forwarded")
    assert world.happened(reference) == JOURNEY
    assert state["assignee"]["office"] == "PHE"
    assert state["assignee"]["level"] == "nodal"
    assert state["acknowledged_at"] is None
    assert state["sla"]["due_at"].endswith("T18:00:00+05:30")

    # AND the portal holds it once, under the programme's flag
    (entry,) = world.portal_entries(reference)
    assert entry["portal_id"] == state["portal_id"]
    assert entry["source"] == "SSM Call Centre Data"
    assert entry["emergency"] is False
    assert entry["complainant"]["phone"] == PERSONAL["phone"]
    assert entry["due_at"] is not None


def test_the_officer_and_the_head_of_the_office_are_told_by_sms_and_mail(world: World) -> None:
    # GIVEN a grievance of a department and a district that was forwarded
    reference = world.forwarded()

    # THEN each of the two has one SMS and one mail, and the district's officer a mail for information
    sms = world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    mails = world.until(lambda: world.mails(reference), lambda sent: len(sent) == 3)
    assert {tuple(mail["To"]) for mail in mails} == {
        ("nodal.phe@officers.wb.example",),
        ("head.phe@officers.wb.example",),
        ("nodal.320@officers.wb.example",),
    }
    (for_information,) = [mail for mail in mails if "nodal.320@officers.wb.example" in mail["To"]]
    assert not [value for value in PERSONAL.values() if value in for_information["BodyText"]]
    assert len({message["PhoneNumber"] for message in sms}) == 2

    # AND the SMS have what India's operators ask for, and nothing of the caller
    for message in sms:
        attributes = message["MessageAttributes"]
        assert attributes["AWS.SNS.SMS.SMSType"]["StringValue"] == "Transactional"
        assert attributes["AWS.MM.SMS.TemplateId"]["StringValue"]
        assert not [value for value in PERSONAL.values() if value in message["Message"]]


def test_opening_the_link_changes_nothing_and_its_button_acknowledges(world: World) -> None:
    # GIVEN a forwarded grievance and the officer's link
    reference = world.forwarded()
    link = world.until(lambda: world.links(reference), lambda links: len(links) == 2)[0]

    # WHEN mail scanners open it
    for _ in range(3):
        status, page = world.page("GET", link)
        assert status == 200
        assert "<form" in page
        assert reference in page
        assert not [value for value in PERSONAL.values() if value in page]
    # THEN nothing has happened
    assert world.state(reference)["acknowledged_at"] is None

    # WHEN the officer presses the button, twice
    assert world.page("POST", link)[0] == 200
    assert world.page("POST", link)[0] == 200

    # THEN it is acknowledged, once
    assert world.state(reference)["acknowledged_at"] is not None
    assert world.happened(reference) == [*JOURNEY, "AlertAcknowledged"]
    # AND the link now only informs
    assert "<form" not in world.page("GET", link)[1]


def test_a_link_with_another_token_leads_nowhere(world: World) -> None:
    for url in ("/v1/ack?t=AAAAAAAAAAAAAAAAAAAAAA", "/v1/ack?t=", "/v1/ack"):
        for method in ("GET", "POST"):
            status, page = world.page(method, world.stack.api_url + url)
            assert status == 404
            assert "<form" not in page


def test_every_event_is_on_the_bus_in_sequence_and_without_personal_data(world: World) -> None:
    # WHEN a grievance was forwarded
    reference = world.forwarded()

    # THEN each event of its timeline is told, without a gap
    told = world.until(lambda: world.told(reference), lambda events: len(events) >= len(JOURNEY))
    by_sequence = {event["detail"]["sequence"]: event["detail-type"] for event in told}
    assert by_sequence == dict(enumerate(JOURNEY, start=1))
    for event in told:
        assert event["source"] == "ssm"
        assert {"reference", "sequence", "at", "by"} <= event["detail"].keys()
        datetime.fromisoformat(event["detail"]["at"])


def test_a_police_matter_goes_to_that_offices_nodal_officer(world: World) -> None:
    reference = world.forwarded(police_office="POL-RANAGHAT", category="police-inaction")

    assert world.state(reference)["assignee"]["office"] == "POL-RANAGHAT"


def test_a_matter_of_a_district_alone_goes_to_the_districts_nodal_officer(world: World) -> None:
    reference = world.forwarded(department=None)

    assert world.state(reference)["assignee"]["office"] == "320"


def test_a_suggestion_reaches_the_office_without_a_clock(world: World) -> None:
    body = record() | {"kind": "suggestion"}
    reference = world.registers(body)
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200

    state = world.until_status(reference, "forwarded")
    assert state["kind"] == "suggestion"
    assert state["sla"]["due_at"] is None


def test_a_number_that_rang_is_to_be_called_back_when_the_call_centre_is_open(world: World) -> None:
    body = {
        "record_id": record()["record_id"],
        "kind": "missed_call",
        "call": {"started_at": a_while_ago()},
        "caller": {"phone": "033 2214 5555"},
    }

    answer = world.call_centre.post("/v1/call-centre/records", body)

    assert answer.status == 201
    assert answer.body["status"] == "awaiting_callback"
    not_before = datetime.fromisoformat(answer.body["callback"]["not_before"])
    assert not_before.utcoffset() == timedelta(hours=5, minutes=30)
    assert world.state(answer.body["reference"])["status"] == "awaiting_callback"
