"""Where the administrators' rules send a grievance, and what keeps it elsewhere."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from functions.domain.office import Level
from functions.domain.record import Checks, EventType
from functions.domain.routing_rules import Pattern, RoutingRule, RoutingRules
from functions.notify.alerting import tell
from functions.recall import field_reports, portal_events
from functions.registry.applying import Outcome, apply
from functions.route.assigning import assign
from functions.validate.analysts import decide
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    PRIVATE,
    SUBJECT,
    accepted,
    action_taken,
    event_of,
    forwarded,
    in_portal,
    officer,
    raised,
    reference_of,
    registered,
    request,
    under_review,
    upload,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
HEADER = "priority,category,scheme,department,district,office\n"
TO_DISTRICT = RoutingRule(10, Pattern(category="swasthya-sathi-refused", district="320"), "320")


def put_in_force(outside: FakePorts, *rules: RoutingRule) -> None:
    outside.registry.routing = RoutingRules(rules, "v1")


def applied(outside: FakePorts, rows: str, version: str = "v1") -> Outcome:
    outside.uploads.files["routing.csv", version] = (HEADER + rows).encode()
    return apply(outside, "cell@wb.example", "routing.csv", version, upload(version))


def office(outside: FakePorts) -> str | None:
    assignment = outside.records.load(REFERENCE).assignment
    return assignment.office if assignment else None


def transfer(outside: FakePorts, number: int, **to: str) -> None:
    body = {"reference": REFERENCE, "type": "transferred", "at": NOW.isoformat(), **to}
    portal_events.take(outside, request(body, webhook_id=f"msg_{number}", path="/v1/portal/events"))


def amend(outside: FakePorts, **amendments: str) -> None:
    body = {
        "analyst_id": ANALYST,
        "decision": "amend",
        "reason": ANALYST_REASON,
        "amendments": amendments,
    }
    decide(outside, request(body, path=f"/v1/call-centre/reviews/{REFERENCE}"), REFERENCE)


def test_a_grievance_goes_by_the_rules_that_were_uploaded(outside: FakePorts) -> None:
    assert applied(outside, "10,swasthya-sathi-refused,*,*,320,320\n") is Outcome.APPLIED
    outside.records.put(in_portal())
    assert assign(outside, REFERENCE) == "routed"
    assert office(outside) == "320"
    event = event_of(outside.records.load(REFERENCE), EventType.RECORD_FORWARDED)
    # The department is told, which it concerns as well.
    assert event.data["also"] == "HFW"


def test_a_file_with_an_error_leaves_the_rules_of_before_in_force(outside: FakePorts) -> None:
    assert applied(outside, "10,swasthya-sathi-refused,*,*,320,320\n") is Outcome.APPLIED
    assert applied(outside, "10,*,*,HFW,*,FS\n10,*,*,NOPE,*,FS\n", "v2") is Outcome.REFUSED
    result = json.loads(outside.uploads.results["results/routing.csv/v2.json"])
    assert [(error["line"], error["column"]) for error in result["errors"]] == [(3, "department")]
    outside.records.put(in_portal())
    assign(outside, REFERENCE)
    assert office(outside) == "320"


def test_rules_that_are_withdrawn_decide_nothing_any_more(outside: FakePorts) -> None:
    assert applied(outside, "10,*,*,*,*,CMO\n") is Outcome.APPLIED
    assert applied(outside, "", "v2") is Outcome.APPLIED
    outside.records.put(in_portal())
    assign(outside, REFERENCE)
    assert office(outside) == "HFW"


def test_a_police_matter_is_the_police_offices_whatever_the_rules_say(outside: FakePorts) -> None:
    put_in_force(outside, RoutingRule(1, Pattern(), "FS"), TO_DISTRICT)
    subject = SUBJECT.model_copy(update={"police_office": "POL-RANAGHAT"})
    outside.records.put(in_portal(accepted(under_review(registered(subject=subject)))))
    assign(outside, REFERENCE)
    assert office(outside) == "POL-RANAGHAT"


def test_an_office_of_a_rule_without_officers_is_the_cells_matter(outside: FakePorts) -> None:
    put_in_force(outside, TO_DISTRICT)
    outside.registry.officers = [officer(), officer("CMO", Level.APEX)]
    outside.records.put(in_portal())
    assign(outside, REFERENCE)
    assert office(outside) == "CMO"


@pytest.mark.parametrize(
    ("amendments", "goes_to"),
    [({"category": "health-service"}, "HFW"), ({"block": "Chakdaha"}, "320")],
)
def test_an_amendment_has_the_rules_decide_anew(
    outside: FakePorts, amendments: dict[str, str], goes_to: str
) -> None:
    put_in_force(outside, TO_DISTRICT)
    # GIVEN an emergency that an office has, and that the portal sent back to the analysts
    outside.records.put(under_review(raised(who=officer("320"))))
    amend(outside, **amendments)
    assign(outside, REFERENCE)
    record = outside.records.load(REFERENCE)
    assert office(outside) == goes_to
    stood_down = event_of(record, EventType.RECORD_ACCEPTED).data.get("stand_down")
    assert stood_down == (None if goes_to == "320" else "320")


def test_the_portal_names_the_office_and_no_rule_takes_it_back(outside: FakePorts) -> None:
    put_in_force(outside, TO_DISTRICT)
    before = forwarded(who=officer("320"))
    outside.records.put(before)

    transfer(outside, 1, department="HFW")

    assert office(outside) == "HFW"
    after = outside.records.load(REFERENCE)
    assert (after.due_at, after.timers, after.transfers) == (before.due_at, before.timers, 1)
    # AND a recall goes back to it
    outside.records.put(action_taken(after))
    outside.clock.advance(minutes=5)
    visited_below_the_standard(outside)
    assert office(outside) == "HFW"


def test_a_recall_of_what_nobody_transferred_goes_by_the_rules(outside: FakePorts) -> None:
    put_in_force(outside, TO_DISTRICT)
    outside.records.put(action_taken(forwarded(who=officer("320"))))
    outside.clock.advance(minutes=5)
    visited_below_the_standard(outside)
    assert office(outside) == "320"


def visited_below_the_standard(outside: FakePorts) -> None:
    body = {
        "reference": REFERENCE,
        "executive_id": "FE-001",
        "visited_at": (NOW + timedelta(minutes=1)).isoformat(),
        "checks": dict.fromkeys(Checks.model_fields, False),
        "evidence": [],
    }
    field_reports.take(outside, request(body, webhook_id="visit", path="/v1/field/reports"))


def test_the_third_transfer_is_told_to_the_grievance_cell(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    told: list[int] = []
    for number, department in enumerate(("PRD", "FS", "PHE", "PWD"), 1):
        transfer(outside, number, department=department)
        record = outside.records.load(REFERENCE)
        sent = len(outside.messaging.mails)
        tell(outside, "https://ssm.wb.example", REFERENCE, record.events[-1].sequence)
        told += [
            record.transfers
            for mail in outside.messaging.mails[sent:]
            if mail.to.startswith("apex.") and "hree times" in mail.subject
        ]
    assert told == [3]


def test_the_office_that_is_only_informed_has_no_link_and_learns_nothing_of_the_citizen(
    outside: FakePorts,
) -> None:
    outside.registry.officers = [officer(), officer("320", email="district@wb.example", language="en")]
    outside.records.put(forwarded())
    event = event_of(outside.records.load(REFERENCE), EventType.RECORD_FORWARDED)
    assert tell(outside, "https://ssm.wb.example", REFERENCE, event.sequence) == 3
    (mail,) = [mail for mail in outside.messaging.mails if mail.to == "district@wb.example"]
    text = mail.subject + mail.text + mail.html
    assert "Health and Family Welfare" in mail.subject
    assert REFERENCE in mail.subject
    assert "ack?t=" not in text
    assert not [said for said in PRIVATE if said in text]
    # AND told again it is told nothing
    assert tell(outside, "https://ssm.wb.example", REFERENCE, event.sequence) == 0
