"""A whole journey through the very handlers, and then every log line searched for what the citizen said."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from chalice.test import Client, HTTPResponse
from pydantic import ValidationError
from standardwebhooks import Webhook

import functions.intake.handler as intake
import functions.notify.handler as notify
import functions.push.handler as push
import functions.recall.handler as recall
import functions.registry.handler as registry
import functions.relay.handler as relay
import functions.route.handler as route
import functions.sla_timer.handler as sla_timer
import functions.validate.handler as validate
from app import app
from functions import signed
from functions.domain.errors import Unavailable
from functions.domain.ports import RefusedByPortal, TryLater
from functions.domain.record import Checks, Record, Status
from functions.observability import logger
from functions.registry.files import OFFICERS
from tests.batches import batch, message
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    CONTEXT,
    EMERGENCY_REASON,
    EXECUTION,
    NAME,
    PHONE,
    PORTAL_ID,
    PRIVATE,
    REMARK,
    REPORT,
    SENDER,
    SUMMARY,
    TASK_TOKEN,
    missed_call_in,
    record_in,
    registered,
    settings,
    stream_change,
)
from tests.fakes import SAMPLES, FakePorts

SECRET = "whsec_" + base64.b64encode(b"a secret of the tests, 32 bytes.").decode()
BASE = "https://ssm.wb.example"


@dataclass
class House:
    """The product in one process: its API, its Lambdas, and a bus that this test carries by hand."""

    outside: FakePorts
    client: Client
    seen: dict[str, Record] = field(default_factory=dict)
    calls: int = 0

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        secret: str = SECRET,
        content_type: str = "application/json",
    ) -> HTTPResponse:
        """A signed request."""
        self.calls += 1
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        raw = b"" if body is None else raw
        webhook_id = f"msg_{self.calls}"
        now = self.outside.clock.now()
        headers = {
            "Content-Type": content_type,
            "webhook-id": webhook_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(webhook_id, now, raw.decode() or path),
        }
        return self.client.http.request(method, path, headers=headers, body=raw)

    def tell_changes(self) -> list[dict[str, Any]]:
        """The table's stream to the bus, the bus's events as queues bring them."""
        known = len(self.outside.bus.published)
        for reference, record in self.outside.records.kept.items():
            relay.relay_changes({"Records": [stream_change(self.seen.get(reference), record)]}, CONTEXT)
            self.seen[reference] = record
        return [
            message(
                f"{reference}-{event.sequence}",
                json.dumps(
                    {
                        "detail-type": event.type,
                        "detail": {"reference": reference, "sequence": event.sequence},
                    }
                ),
            )
            for reference, event in self.outside.bus.published[known:]
        ]


@pytest.fixture
def house(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    deployed = settings(PUBLIC_BASE_URL=BASE)
    for module in (signed, intake, validate, push, route, sla_timer, recall, relay, notify, registry):
        monkeypatch.setattr(module, "ports", lambda: outside)
        monkeypatch.setattr(module, "settings", lambda: deployed, raising=False)
    outside.secrets.signing |= {sender: [SECRET] for sender in (SENDER, "portal", "field")}
    with Client(app) as client:
        yield House(outside, client)


def taken_in(house: House) -> str:
    """An emergency refused in every way, taken, repeated and clashing."""
    body = record_in(emergency={"reason": EMERGENCY_REASON})
    forged = "whsec_" + base64.b64encode(b"another secret, also of 32 bytes").decode()
    assert house.call("POST", "/v1/call-centre/records", body, secret=forged).status_code == 401
    assert house.call("POST", "/v1/call-centre/records", {**body, PHONE: SUMMARY}).status_code == 422
    assert house.call("POST", "/v1/call-centre/records", {**body, "kind": SUMMARY}).status_code == 422
    taken = house.call("POST", "/v1/call-centre/records", body)
    assert taken.status_code == 201
    reference = str(taken.json_body["reference"])
    assert house.call("POST", "/v1/call-centre/records", body).status_code == 200
    clash = house.call("POST", "/v1/call-centre/records", {**body, "emergency": None})
    assert clash.status_code == 409
    house.tell_changes()
    return reference


def back_again(house: House, reference: str) -> None:
    """The officer's report, a visit that finds it untrue, and the recall to the portal and the officer."""
    now = house.outside.clock.now().isoformat()
    reported = {"reference": reference, "type": "action_taken", "at": now, "officer": NAME, "report": REPORT}
    assert house.call("POST", "/v1/portal/events", {**reported, "type": REPORT}).status_code == 422
    assert house.call("POST", "/v1/portal/events", reported).status_code == 200
    assert house.call("GET", "/v1/field/assignments").json_body["items"]
    visit = {
        "reference": reference,
        "executive_id": "FV-07",
        "visited_at": now,
        "checks": dict.fromkeys(Checks.model_fields, False),
        "remark": REMARK,
    }
    assert house.call("POST", "/v1/field/reports", {**visit, "executive_id": REMARK}).status_code == 422
    assert house.call("POST", "/v1/field/reports", visit).json_body["status"] == "recalled"
    assert house.call("POST", "/v1/field/reports", visit).status_code == 409
    notify.send_alerts({"Records": house.tell_changes()}, CONTEXT)
    assert push.push_to_portal({"reference": reference, "attempt": 0}, CONTEXT)["outcome"] == "pushed"
    house.tell_changes()


def acknowledged(house: House, reference: str) -> None:
    """The officer opens the link, presses the button, and the record is looked up."""
    (token,) = re.findall(r"t=([A-Za-z0-9_-]{22})", house.outside.messaging.sms[0].text)
    assert house.client.http.get(f"/v1/ack?t={token}").status_code == 200
    pressed = house.client.http.post(
        f"/v1/ack?t={token}", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert pressed.status_code == 200
    assert house.client.http.get("/v1/ack?t=unknown").status_code == 404
    state = house.call("GET", f"/v1/call-centre/records/{reference}")
    assert state.status_code == 200
    assert not [said for said in PRIVATE if said in state.body.decode()]


def called_and_asked(house: House, reference: str) -> None:
    """A number rings twice, is searched and called back; the citizen of another record is asked."""
    for name in ("MC-1", "MC-2"):
        rang = missed_call_in(record_id=name)
        assert house.call("POST", "/v1/call-centre/records", rang).status_code == 201
    lines = b"\n".join(json.dumps(one).encode() for one in (missed_call_in(record_id="MC-3"), {PHONE: NAME}))
    batch = house.call("POST", "/v1/call-centre/batches", lines, content_type="application/x-ndjson")
    assert [item["status"] for item in batch.json_body["items"]] == [201, 422]
    found = house.call("POST", "/v1/call-centre/search", {"phone": PHONE})
    assert len(found.json_body["items"]) == 4
    assert house.call("POST", "/v1/call-centre/search", {"phone": SUMMARY}).status_code == 422
    (due,) = house.call("GET", "/v1/call-centre/callbacks").json_body["items"]
    path = f"/v1/call-centre/callbacks/{due['reference']}"
    for outcome, status in ((SUMMARY, 422), ("reached", 200)):
        assert house.call("POST", path, {"agent_id": "A-17", "outcome": outcome}).status_code == status
    assert house.call("POST", path, {"agent_id": "A-17", "outcome": "no_answer"}).status_code == 409
    now = house.outside.clock.now().isoformat()
    reported = {"reference": reference, "type": "action_taken", "at": now, "officer": NAME, "report": REPORT}
    assert house.call("POST", "/v1/portal/events", reported).status_code == 200
    assert house.call("GET", "/v1/call-centre/feedback").json_body["items"]
    said = {"reference": reference, "satisfied": False, "rating": 1, "remark": REMARK, "agent_id": "A-17"}
    for changes, status in (({"rating": REMARK}, 422), ({}, 200)):
        assert house.call("POST", "/v1/call-centre/feedback", said | changes).status_code == status
    for phone, status in ((SUMMARY, 422), (PHONE, 200)):
        no_sms = {"phone": phone, "agent_id": "A-17", "opted_out": True}
        assert house.call("POST", "/v1/call-centre/opt-outs", no_sms).status_code == status
    messages = house.tell_changes()
    before = len(house.outside.messaging.sms)
    assert notify.send_to_citizens({"Records": messages}, CONTEXT) == {"batchItemFailures": []}
    assert len(house.outside.messaging.sms) == before


def administered(house: House) -> None:
    """An upload is refused, one is applied, officers are looked after, and all is told again."""
    text = (SAMPLES / OFFICERS).read_text(encoding="utf-8")
    good = re.sub(r"(?m)^HFW,nodal,[^,]*", "HFW,nodal,A Successor (sample)", text)
    bad = good.replace("Joint Secretary,+91", f"{NAME},+91{SUMMARY}")
    for version, text in (("1", bad), ("2", good)):
        house.outside.uploads.files[OFFICERS, version] = text.encode()
        uploaded = {"s3": {"object": {"key": OFFICERS, "versionId": version}}}
        registry.apply_uploads({"Records": [uploaded]}, CONTEXT)
    assert house.outside.registry.versions == {"officers": "2"}
    asked = [json.dumps({"office": office}) for office, _ in house.outside.handovers.asked]
    messages = batch(*(message(body, body) for body in asked))
    assert registry.look_after_posts(messages, CONTEXT) == {"batchItemFailures": []}
    assert registry.look_after_posts({"time": house.outside.clock.now().isoformat()}, CONTEXT)["offices"]
    since = (house.outside.clock.now() - timedelta(minutes=30)).isoformat()
    assert relay.republish({"since": since}, CONTEXT)["events"]


def refused_and_decided_again(house: House, reference: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The portal refuses it with the caller's own words; gives what the bus told until it was pushed."""
    outside = house.outside
    review = f"/v1/call-centre/reviews/{reference}"
    outside.portal.script.extend([TryLater(9, "status-429"), RefusedByPortal(f"{PHONE}: {SUMMARY}")])
    now = outside.clock.now().isoformat()
    early = {"portal_id": PORTAL_ID, "type": "accepted", "at": now, "officer": NAME}
    assert house.call("POST", "/v1/portal/events", early).status_code == 202
    for attempt, outcome in enumerate(["try_later", "refused"]):
        tried = {"reference": reference, "attempt": attempt}
        assert push.push_to_portal(tried, CONTEXT)["outcome"] == outcome
        outside.clock.advance(minutes=1)
    assert validate.ask_for_review(asked, CONTEXT) == {"batchItemFailures": []}
    house.call("GET", "/v1/call-centre/reviews")
    # nobody decides in time: the supervisor is told, and then somebody does
    outside.clock.advance(minutes=15)
    assert sla_timer.sweep({"time": outside.clock.now().isoformat()}, CONTEXT) == {"due": 1, "failed": 0}
    approval = {"analyst_id": ANALYST, "decision": "approve", "reason": ANALYST_REASON}
    assert house.call("POST", review, approval).status_code == 200
    messages = house.tell_changes()
    validate.resume({"Records": messages}, CONTEXT)
    assert push.push_to_portal({"reference": reference, "attempt": 0}, CONTEXT)["outcome"] == "pushed"
    return messages


def journey(house: House) -> str:
    """An emergency from the call to its recall, with all that goes wrong on the way."""
    outside = house.outside
    reference = taken_in(house)
    # validation
    step = {"reference": reference, "execution": EXECUTION, "task_token": TASK_TOKEN}
    assert validate.take_up(step, CONTEXT) == {"outcome": "review_emergency"}
    asked = batch(message("asked", json.dumps(step)))
    assert validate.ask_for_review(asked, CONTEXT) == {"batchItemFailures": []}
    outside.workflow.waiting.add(TASK_TOKEN)
    assert house.call("GET", "/v1/call-centre/reviews?limit=10").json_body["items"]
    decision = {
        "analyst_id": ANALYST,
        "decision": "amend",
        "reason": ANALYST_REASON,
        "amendments": {"block": "Ranaghat-II", "summary": SUMMARY},
    }
    review = f"/v1/call-centre/reviews/{reference}"
    assert house.call("POST", review, {**decision, "reason": [SUMMARY]}).status_code == 422
    assert house.call("POST", review, decision).status_code == 200
    assert house.call("POST", review, decision).status_code == 409
    assert validate.resume({"Records": house.tell_changes()}, CONTEXT) == {"batchItemFailures": []}
    # the portal: busy, then refusing, then taking it
    messages = refused_and_decided_again(house, reference, asked)
    assert route.route_to_officer({"reference": reference}, CONTEXT) == {"outcome": "routed"}
    # alerts: one address that never works, one message that is none
    broken = next(each for each in outside.registry.officers_of("HFW") if each.level == "head")
    outside.messaging.broken[broken.email] = Unavailable("mail")
    messages += house.tell_changes()
    assert recall.match_events({"Records": messages}, CONTEXT) == {"batchItemFailures": []}
    assert outside.records.load(reference).portal_said == "accepted"
    messages.append(message("none", "{}"))
    failures = notify.send_alerts({"Records": messages}, CONTEXT)["batchItemFailures"]
    assert {"itemIdentifier": "none"} in failures
    acknowledged(house, reference)
    told = notify.send_to_citizens({"Records": messages}, CONTEXT)
    assert told == {"batchItemFailures": [{"itemIdentifier": "none"}]}
    assert outside.messaging.sms[-1].phone == PHONE
    back_again(house, reference)
    called_and_asked(house, reference)
    administered(house)
    # and a bug, of which a stack trace is logged
    outside.registry.officers = []
    with pytest.raises(KeyError):
        push.push_to_portal({"reference": reference}, CONTEXT)
    house.tell_changes()
    return reference


def spelt_out(text: str) -> str:
    """The text, and its JSON lines once more without escapes."""
    lines = [line for line in text.splitlines() if line.startswith("{")]
    return text + "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in lines)


def test_no_log_line_of_a_whole_journey_tells_what_the_citizen_said(
    house: House, logged: StringIO, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN every room was at work, and what could go wrong went wrong
    caplog.set_level("DEBUG")
    reference = journey(house)
    assert house.outside.records.load(reference).status is Status.ACTION_TAKEN
    # WHEN everything that was written anywhere is searched
    printed = capsys.readouterr()
    everything = spelt_out(logged.getvalue() + printed.out + printed.err + caplog.text)
    # THEN the references are there, and nothing personal is
    assert everything.count(reference) > 10
    assert "Traceback" in everything
    assert not [said for said in PRIVATE if said in everything]
    officers = {sms.phone for sms in house.outside.messaging.sms}
    assert not [phone for phone in officers if phone in everything]


@pytest.mark.parametrize("said", PRIVATE)
def test_the_search_would_find_it(logged: StringIO, said: str) -> None:
    logger.info("told", said=f"before {said} after")
    assert said in spelt_out(logged.getvalue())


def test_the_bus_of_a_whole_journey_tells_no_personal_data(house: House) -> None:
    reference = journey(house)
    told = "".join(event.model_dump_json() for _, event in house.outside.bus.published)
    told += json.dumps([dict(outcome) for _, outcome in house.outside.workflow.resumed])
    sequences = [event.sequence for name, event in house.outside.bus.published if name == reference]
    # In order, whatever is told again.
    assert list(dict.fromkeys(sequences)) == list(range(1, max(sequences) + 1))
    assert not [said for said in PRIVATE if said in told]


@pytest.mark.parametrize("broken", ["status", "registered_at", "events", "caller", "subject"])
def test_a_record_that_cannot_be_read_is_not_told_by_its_error(broken: str) -> None:
    stored = registered(emergency=True).model_dump(mode="json")
    stored[broken] = {"unknown": SUMMARY, "phone": PHONE}
    with pytest.raises(ValidationError) as error:
        Record.model_validate(stored)
    assert not [said for said in PRIVATE if said in str(error.value)]
