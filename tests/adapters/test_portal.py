"""The portal's adapter against the simulator, over a real socket: taken once, whatever goes wrong."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import urllib3

from functions.adapters import bundled
from functions.adapters import portal as adapter
from functions.adapters.in_time import Answer
from functions.adapters.portal import CmoGrievancePortal
from functions.adapters.secrets import ManagedSecrets
from functions.domain import forwarding
from functions.domain.ports import Accepted, HeldOtherwise, RefusedByPortal, TryLater
from functions.domain.record import Kind
from local.portal.contract import FAULT
from local.portal.server import PortalSimulator
from tests.adapters.conftest import client
from tests.builders import (
    ADDRESS,
    DETAILS,
    MASKED,
    NAME,
    NOW,
    PHONE,
    SUBJECT,
    SUMMARY,
    accepted,
    numbered,
    officer,
    reference_of,
    registered,
    telling_identifiers,
    under_review,
)
from tests.fakes import FakeClock

TOKEN = "a-token-for-tests"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[PortalSimulator]:
    with PortalSimulator(state=tmp_path / "journal.jsonl", token=TOKEN) as running:
        yield running


@pytest.fixture
def secrets(_aws: None, clock: FakeClock) -> ManagedSecrets:
    manager = client("secretsmanager")
    manager.create_secret(Name="ssm/portal/token", SecretString=json.dumps({"token": TOKEN}))
    return ManagedSecrets(manager, clock)


@pytest.fixture
def portal(simulator: PortalSimulator, secrets: ManagedSecrets) -> CmoGrievancePortal:
    return CmoGrievancePortal(simulator.url, secrets)


def order(simulator: PortalSimulator, mode: str, value: object = None) -> None:
    simulator.faults.order(FAULT.validate_python({"mode": mode, "value": value}))


def held(simulator: PortalSimulator) -> list[dict[str, Any]]:
    """What the simulator lists."""
    answer = urllib3.request("GET", f"{simulator.url}/_sim/grievances")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_personal_identifiers_do_not_leave_for_the_portal(
    portal: CmoGrievancePortal, simulator: PortalSimulator
) -> None:
    record = telling_identifiers(accepted())
    portal.push(record, None)
    (entry,) = held(simulator)
    said = [entry[name] for name in ("summary", "details", "scheme", "category")]
    said += [entry["complainant"][name] for name in ("name", "address")]
    assert said == [MASKED] * 6


def test_a_grievance_is_entered_with_the_fields_of_the_contract(
    portal: CmoGrievancePortal, simulator: PortalSimulator
) -> None:
    record = accepted()
    answer = portal.push(record, None)
    (entry,) = held(simulator)
    assert answer == Accepted(entry.pop("portal_id"))
    assert (entry.pop("recalls"), entry.pop("idempotency_key")) == ([], record.reference)
    assert entry.pop("received_at")
    assert entry == {
        "source": "SSM Call Centre Data",
        "reference": reference_of(),
        "emergency": False,
        "department": "HFW",
        "district": "320",
        "category": "swasthya-sathi-refused",
        "scheme": "swasthya-sathi",
        "summary": SUMMARY,
        "details": DETAILS,
        "complainant": {"name": NAME, "phone": PHONE, "address": ADDRESS},
        "registered_at": "2026-11-24T04:45:00+00:00",
        "due_at": record.promised_at.isoformat() if record.promised_at else None,
        "recall_of": None,
    }


def test_an_emergency_carries_its_flag(portal: CmoGrievancePortal, simulator: PortalSimulator) -> None:
    portal.push(accepted(under_review(registered(emergency=True))), None)
    assert held(simulator)[0]["emergency"] is True


@pytest.mark.parametrize("kind", [Kind.SUGGESTION, Kind.ENQUIRY])
def test_what_has_no_clock_is_taken_as_well(
    portal: CmoGrievancePortal, simulator: PortalSimulator, kind: Kind
) -> None:
    bare = SUBJECT.model_copy(
        update={"department": None, "district": None, "category": None, "scheme": None, "details": None}
    )
    assert isinstance(
        portal.push(accepted(under_review(registered(kind=kind, subject=bare))), None), Accepted
    )
    assert held(simulator)[0]["due_at"] is None


def test_a_repeat_finds_the_entry_that_is_there(
    portal: CmoGrievancePortal, simulator: PortalSimulator
) -> None:
    answers = {portal.push(accepted(), None) for _ in range(3)}
    assert len(answers) == 1
    assert len(held(simulator)) == 1
    assert portal.push(numbered(accepted(), 2), None) not in answers


def test_a_portal_that_is_down_is_tried_later(portal: CmoGrievancePortal, simulator: PortalSimulator) -> None:
    order(simulator, "down")
    assert portal.push(accepted(), None) == TryLater(retry_after=None, why="no-answer")
    order(simulator, "ok")
    assert isinstance(portal.push(accepted(), None), Accepted)


def test_a_portal_that_nobody_runs_is_tried_later(
    simulator: PortalSimulator, secrets: ManagedSecrets
) -> None:
    simulator.stop()
    later = CmoGrievancePortal(simulator.url, secrets).push(accepted(), None)
    assert later == TryLater(retry_after=None, why="no-answer")


def test_a_rate_limit_says_when_to_come_again(portal: CmoGrievancePortal, simulator: PortalSimulator) -> None:
    order(simulator, "rate_limit", 0)
    assert portal.push(accepted(), None) == TryLater(retry_after=1, why="status-429")
    order(simulator, "rate_limit", 0.01)
    assert isinstance(portal.push(accepted(), None), Accepted)
    later = portal.push(numbered(accepted(), 2), None)
    assert isinstance(later, TryLater)
    assert later.retry_after is not None
    assert 90 <= later.retry_after <= 100


def test_an_answer_that_was_lost_leaves_one_entry_which_the_next_attempt_finds(
    portal: CmoGrievancePortal, simulator: PortalSimulator
) -> None:
    order(simulator, "drop_response", 2)
    assert portal.push(accepted(), None) == TryLater(retry_after=None, why="no-answer")
    (entry,) = held(simulator)
    assert isinstance(portal.push(accepted(), None), TryLater)
    assert portal.push(accepted(), None) == Accepted(entry["portal_id"])
    assert len(held(simulator)) == 1


def test_a_transfer_before_the_next_attempt_changes_nothing_of_what_is_posted(
    portal: CmoGrievancePortal, simulator: PortalSimulator
) -> None:
    record = accepted()
    order(simulator, "drop_response", 1)
    assert portal.push(record, None) == TryLater(retry_after=None, why="no-answer")
    (entry,) = held(simulator)
    assert record.subject is not None
    office = bundled.registers().offices["PRD"]
    moved = forwarding.transferred(
        record,
        subject=record.subject.model_copy(update={"department": "PRD", "district": "303"}),
        office=office,
        officer=officer("PRD"),
        at=NOW,
    )
    assert portal.push(moved, None) == Accepted(entry["portal_id"])


def test_a_portal_with_an_error_of_its_own_is_tried_later(
    portal: CmoGrievancePortal, simulator: PortalSimulator
) -> None:
    order(simulator, "error_rate", 1)
    later = portal.push(accepted(), None)
    assert isinstance(later, TryLater)
    assert later.why == "status-503"
    assert held(simulator) == []


def test_a_refusal_brings_the_portals_reason(portal: CmoGrievancePortal, simulator: PortalSimulator) -> None:
    order(simulator, "refuse", "এই জেলা এখানে নেই")
    refused = portal.push(accepted(), None)
    assert isinstance(refused, RefusedByPortal)
    assert "এই জেলা এখানে নেই" in refused.reason


def test_a_token_that_the_portal_does_not_know_loses_no_grievance(
    portal: CmoGrievancePortal, monkeypatch: pytest.MonkeyPatch, secrets: ManagedSecrets
) -> None:
    monkeypatch.setattr(secrets, "portal_token", lambda: "another")
    assert portal.push(accepted(), None) == TryLater(retry_after=None, why="status-401")


def answered(status: int, body: object, headers: Mapping[str, str] | None = None) -> object:
    """What the adapter makes of an answer."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return adapter._read(Answer(status, urllib3.HTTPHeaderDict(headers or {}), raw))


@pytest.mark.parametrize(
    ("status", "body", "headers", "meant"),
    [
        (201, {"portal_id": "CMO/2026/1"}, {}, Accepted("CMO/2026/1")),
        (200, {"portal_id": "CMO/2026/1"}, {}, Accepted("CMO/2026/1")),
        (201, {}, {}, TryLater(None, "status-201")),
        (201, {"portal_id": 5}, {}, TryLater(None, "status-201")),
        (201, [], {}, TryLater(None, "status-201")),
        (200, b"<html>Sign in</html>", {}, TryLater(None, "status-200")),
        (200, b"", {}, TryLater(None, "status-200")),
        (302, b"", {"Location": "https://elsewhere.example"}, TryLater(None, "status-302")),
        (422, {"detail": "no"}, {}, RefusedByPortal("no")),
        (400, {"reason": "no"}, {}, RefusedByPortal("no")),
        (422, b"\xff", {}, RefusedByPortal("no reason given")),
        (409, {"detail": "clash"}, {}, HeldOtherwise()),
        (429, {}, {"Retry-After": "7"}, TryLater(7, "status-429")),
        (503, {}, {"Retry-After": "7"}, TryLater(7, "status-503")),
        (429, {}, {"Retry-After": "soon"}, TryLater(None, "status-429")),
        (429, {}, {"Retry-After": "Tue, 24 Nov 2026 05:00:00 GMT"}, TryLater(None, "status-429")),
        (429, {}, {"Retry-After": "-5"}, TryLater(None, "status-429")),
        (500, {}, {"Retry-After": "7"}, TryLater(None, "status-500")),
    ],
)
def test_every_answer_is_one_of_four(
    status: int, body: object, headers: dict[str, str], meant: object
) -> None:
    assert answered(status, body, headers) == meant
