"""What the code answers is what the document describes."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from pydantic import BaseModel

from functions import problems
from functions.domain.errors import (
    Conflict,
    Fault,
    GrievanceError,
    KeyReused,
    NotFound,
    Refused,
    Unauthenticated,
    Unavailable,
)
from functions.domain.record import CallbackOutcome, Finding, Kind, Status
from functions.intake import callbacks, searching
from functions.intake.batches import register_batch
from functions.intake.contract import (
    BatchOut,
    CallbackList,
    CallbackOut,
    Health,
    RecordList,
    RecordState,
    RegisteredOut,
    public_state,
    registered,
)
from functions.intake.handler import get_health
from functions.intake.registering import register
from functions.problems import MalformedBody, Problem, TooLarge, answer_to
from functions.recall import feedback, field_reports, portal_events
from functions.recall.contract import (
    AssignmentItem,
    AssignmentList,
    FeedbackList,
    PortalEventKept,
    to_be_checked,
)
from functions.validate import analysts
from functions.validate.contract import ReviewItem, ReviewList, waiting
from infra.openapi_common import REFUSALS
from tests import builders
from tests.builders import NOW, REACHED, in_status, missed_call_in, record_in
from tests.fakes import FakePorts
from tests.unit.openapi.document import DOCUMENT, REFERENCE, Json, conforms


@pytest.mark.parametrize("kind", Kind)
def test_the_answer_to_a_registration(outside: FakePorts, kind: Kind) -> None:
    body = missed_call_in() if kind is Kind.MISSED_CALL else record_in(kind=kind)
    conforms(RegisteredOut, json.loads(register(outside, builders.request(body)).answer))
    conforms(RegisteredOut, registered(builders.registered(kind=kind)))


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_a_record_in_every_state(status: Status, emergency: bool) -> None:  # noqa: FBT001 - pytest hands it in
    record = in_status(status, emergency=emergency)
    conforms(RecordState, public_state(record))
    conforms(ReviewItem, waiting(record))
    conforms(AssignmentItem, to_be_checked(record))


def test_what_an_analyst_sees_with_findings() -> None:
    finding = Finding(code="thin-text", severity="warning", text="The text may be too thin.")
    conforms(ReviewItem, waiting(builders.under_review(findings=(finding,))))


def test_the_lists(outside: FakePorts) -> None:
    # GIVEN some of everything, more than a page has
    statuses = (Status.UNDER_REVIEW, Status.ACTION_TAKEN, Status.CLOSED, Status.AWAITING_CALLBACK)
    every = [
        builders.numbered(in_status(status), 10 * place + number)
        for place, status in enumerate(statuses)
        for number in range(2)
    ]
    outside.records.put(*every)
    outside.clock.advance(days=1)
    page = builders.request(b"", method="GET", query={"limit": "1"})
    # WHEN they are asked for
    found: dict[type[BaseModel], Json] = {
        ReviewList: analysts.list_waiting(outside, page),
        AssignmentList: field_reports.list_assignments(outside, page),
        FeedbackList: feedback.list_to_ask(outside, page),
        CallbackList: callbacks.list_callbacks(outside, page),
        RecordList: searching.search(outside, builders.request({"phone": builders.PHONE, "limit": 1})),
    }
    # THEN each is as described, its cursor too
    for model, answer in found.items():
        assert len(answer["items"]) == 1, model
        assert answer["next"], model
        conforms(model, answer)
        conforms(model, {"items": [], "next": None})


@pytest.mark.parametrize("outcome", CallbackOutcome)
def test_the_answer_to_a_call_back(outside: FakePorts, outcome: CallbackOutcome) -> None:
    outside.records.put(in_status(Status.AWAITING_CALLBACK))
    body = {"agent_id": "A-17", "outcome": outcome}
    conforms(CallbackOut, json.loads(callbacks.attempt(outside, builders.request(body), REFERENCE)))


def test_the_answer_to_an_event_that_comes_too_early(outside: FakePorts) -> None:
    body = {"portal_id": "CMO/2026/0000009", "type": "accepted", "at": NOW.isoformat()}
    outcome = portal_events.take(outside, builders.request(body, path="/v1/portal/events"))
    assert outcome.kept
    conforms(PortalEventKept, json.loads(outcome.body))


def test_the_answer_to_a_batch(outside: FakePorts) -> None:
    lines = [record_in(), record_in(), record_in(kind="complaint", record_id="X"), {}, missed_call_in()]
    body = "\n".join([*(json.dumps(line) for line in lines), "{"])
    answer = json.loads(register_batch(outside, builders.request(body.encode()), "6a1f"))
    assert [item["status"] for item in answer["items"]] == [201, 200, 422, 422, 201, 400]
    conforms(BatchOut, answer)
    # A dependency that is out adds the time to come again.
    outside.records.register = _out  # type: ignore[method-assign,assignment]  # a fault is put in
    body = json.dumps(record_in(record_id="Y"))
    answer = json.loads(register_batch(outside, builders.request(body.encode(), webhook_id="msg_2"), "6a1f"))
    assert "retry_after" in answer["items"][0]["problem"]
    conforms(BatchOut, answer)


def _out(*_: object) -> None:
    raise Unavailable("table")


def test_the_answer_about_health(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.intake.handler.settings", lambda: SimpleNamespace(version="dev"))
    conforms(Health, json.loads(get_health().body))


@pytest.mark.parametrize(
    "error",
    [
        MalformedBody(),
        Unauthenticated("stale"),
        NotFound("there is no record of this reference"),
        KeyReused("this webhook-id came before with another request"),
        Conflict("another analyst holds it"),
        TooLarge(),
        Refused(Fault("/a~1b/0", "is required"), Fault("", "is odd"), Fault("/c~0", "is odd")),
        Refused(Fault(None, "limit is a number from 1 to 100")),
        Unavailable("table", 7),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_problems(error: GrievanceError) -> None:
    response = answer_to(error, "6a1f")
    conforms(Problem, response.body)
    assert response.status_code in REFUSALS
    described = DOCUMENT["components"]["responses"][problems.TITLES[response.status_code].replace(" ", "")]
    assert ("Retry-After" in response.headers) == ("headers" in described)
