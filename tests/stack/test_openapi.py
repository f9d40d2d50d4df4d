"""The API's description against the deployed API: whatever is sent, the answer is one that it describes.

Schemathesis makes the requests from the document: valid ones, and ones that are wrong in one place. Records
that stand where they can be changed are put in for placeholders, so that not everything ends at the door.
"""

from __future__ import annotations

import base64
import copy
import functools
import hmac
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis import Case
from schemathesis.config import (
    CoveragePhaseConfig,
    FuzzingPhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.specs.openapi import checks

from functions.adapters.webhook import canonical_path
from infra import openapi
from infra.openapi import PROBLEM
from infra.openapi_operations import NDJSON, OPERATIONS, Operation
from local.client import Answer
from tests.stack.world import RECORDS, World, a_while_ago, now, record

DOCUMENT = openapi.document()
SIGNED = [operation for operation in OPERATIONS if operation.sender]
BATCHES = "/v1/call-centre/batches"
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
EXAMPLES = 40
"""Of each operation, beside the document's own and those that go to the edges of each field."""

# They stand for what exists only when the stack is up.
UNDER_REVIEW, FORWARDED, ACTION_TAKEN, CLOSED, RANG, HELD = (
    f"SSM-0000-000-000{number}" for number in range(1, 7)
)
TOKEN = "T" * 22
JUST_NOW = "2001-01-01T00:00:00Z"
UNKNOWN, MISTYPED = "SSM-4821-903-7717", "SSM-4821-903-7718"

REFERENCES = {
    "type": "string",
    "enum": [UNDER_REVIEW, FORWARDED, ACTION_TAKEN, CLOSED, RANG, UNKNOWN, MISTYPED],
}
# Of any text hardly ever one is a telephone number, or a code of a register, or lies in the past.
VALUES: dict[str, dict[str, Any]] = {
    "reference": REFERENCES,
    "duplicate_of": REFERENCES,
    "phone": {"type": "string", "enum": ["+917000010001", "070000 10002"]},
    "department": {"type": "string", "enum": ["HFW", "PRD"]},
    "district": {"type": "string", "enum": ["320", "303"]},
    "police_office": {"type": "string", "enum": ["POL-RANAGHAT"]},
    "started_at": {"type": "string", "enum": ["2021-05-03T10:15:00+05:30", "2021-05-03T23:15:00Z"]},
    "at": {"type": "string", "enum": ["2021-05-03T10:15:00+05:30"]},
    "visited_at": {"type": "string", "enum": [JUST_NOW]},
    "t": {"type": "string", "enum": [TOKEN, "A" * 22]},
}
SENT = (
    *("Call", "Caller", "Subject", "Amendments", "SearchIn", "DecisionIn", "PortalEventIn", "FeedbackIn"),
    "FieldReportIn",
)


def played() -> dict[str, Any]:
    """The document as it is played: without what the signature fills in, and with values that exist."""
    document = copy.deepcopy(DOCUMENT)
    for operation in (one for methods in document["paths"].values() for one in methods.values()):
        del operation["security"]
        operation["parameters"] = [
            parameter for parameter in operation.get("parameters", ()) if "webhook-" not in parameter["$ref"]
        ]
    for name in SENT:
        for field, schema in document["components"]["schemas"][name]["properties"].items():
            for choice in (schema, *schema.get("anyOf", ())):
                if field in VALUES and choice.get("type") == "string":
                    choice.clear()
                    choice.update(VALUES[field])
    for parameter in document["components"]["parameters"].values():
        parameter["schema"] = VALUES.get(parameter["name"], parameter["schema"])
    batch = document["paths"][BATCHES]["post"]["requestBody"]["content"][NDJSON]
    batch["schema"] = {"type": "array", "items": {"$ref": "#/components/schemas/RecordIn"}, "maxItems": 3}
    del batch["examples"]
    return document


@schemathesis.serializer(NDJSON)
def as_lines(_: object, value: object) -> bytes:
    lines = value if isinstance(value, list) else [value]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


API = schemathesis.openapi.from_dict(
    played(),
    config=SchemathesisConfig(
        seed=2026,
        projects=ProjectsConfig(
            default=ProjectConfig(
                generation=GenerationConfig(deterministic=True, database="none", allow_x00=False),
                phases=PhasesConfig(
                    coverage=CoveragePhaseConfig(unexpected_methods=set()),
                    fuzzing=FuzzingPhaseConfig(generation=GenerationConfig(max_examples=EXAMPLES)),
                ),
            )
        ),
    ),
)


_NUMBERS = itertools.count(1)


class Sender(requests.auth.AuthBase):
    """What every sender does before it sends: it puts in what exists, and signs by hand.

    A body may be no text at all, which no library signs.

    Args:
        secret: the sender's; None where nothing is signed.
        base_path: of the API, which is no part of what is signed.
        existing: what to put in, by placeholder.
    """

    def __init__(self, secret: str | None, base_path: str, existing: Mapping[str, str]) -> None:
        self._key = base64.b64decode(secret.removeprefix("whsec_")) if secret else None
        self._base_path = base_path
        self._existing = existing

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        """Signs a request that is ready to be sent."""
        url, given = str(prepared.url), prepared.body or b""
        body = given.encode() if isinstance(given, str) else cast("bytes", given)
        for placeholder, value in self._existing.items():
            body, url = body.replace(placeholder.encode(), value.encode()), url.replace(placeholder, value)
        parts = urlsplit(url)
        path = quote(unquote(parts.path.removeprefix(self._base_path)), safe="/")
        if path == RECORDS:
            body = another(body)
        prepared.url, prepared.body = url, body or None
        prepared.headers["Content-Length"] = str(len(body))
        if self._key is None:
            return prepared
        payload = body or canonical_path(path, parse_qsl(parts.query, keep_blank_values=True)).encode()
        webhook_id, at = f"msg_described_{next(_NUMBERS)}", int(datetime.now(UTC).timestamp())
        made = hmac.digest(self._key, f"{webhook_id}.{at}.".encode() + payload, "sha256")
        prepared.headers["webhook-id"] = webhook_id
        prepared.headers["webhook-timestamp"] = str(at)
        prepared.headers["webhook-signature"] = f"v1,{base64.b64encode(made).decode()}"
        return prepared


def another(body: bytes) -> bytes:
    """The record under an id of its own: of very short ones the same come again and again."""
    try:
        sent = json.loads(body)
    except ValueError:
        return body
    record_id = sent.get("record_id") if isinstance(sent, dict) else None
    if not isinstance(record_id, str) or not re.fullmatch("[A-Za-z0-9._:-]{1,3}", record_id):
        return body
    return json.dumps({**sent, "record_id": f"DESCRIBED-{next(_NUMBERS)}"}).encode()


class Tally:
    """What was sent and answered.

    Attributes:
        answers: how often each operation answered each status.
        registered: references of the records that were made.
    """

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str, int]] = Counter()
        self.registered: set[str] = set()

    def note(self, case: Case[Any], response: schemathesis.Response) -> None:
        """Notes an answer."""
        self.answers[case.operation.method.upper(), case.operation.path, response.status_code] += 1
        if response.status_code in {200, 201} and case.operation.path in {BATCHES, RECORDS}:
            answer = response.json()
            items = answer.get("items", [answer]) if case.operation.method == "post" else []
            self.registered |= {item["reference"] for item in items if "reference" in item}


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.fixture(scope="module")
def existing(session_world: World) -> dict[str, str]:
    """What exists for each placeholder."""
    world = session_world
    found = {name: world.forwarded() for name in (FORWARDED, ACTION_TAKEN, CLOSED)}
    for name in (ACTION_TAKEN, CLOSED):
        assert world.reports_action(reference=found[name], at=a_while_ago()).status == 200
    assert world.visits(found[CLOSED], redressed=True).status == 200
    found[UNDER_REVIEW] = world.registers(record())
    # One more for those who claim: what is decided cannot be claimed.
    found[HELD] = world.registers(record())
    for name in (UNDER_REVIEW, HELD):
        world.until_status(found[name], "under_review")
    call = {"started_at": a_while_ago()}
    rang = {"record_id": "MC-DESCRIBED", "kind": "missed_call", "call": call}
    found[RANG] = world.registers({**rang, "caller": {"phone": "+917000010009"}})
    (link, *_) = world.until(lambda: world.links(found[FORWARDED]), bool)
    found[TOKEN] = link.rpartition("=")[2]
    return found


@pytest.fixture(scope="module", autouse=True)
def tidy(session_world: World, tally: Tally) -> Iterator[None]:
    """Decides what was registered, so that the other tests find the queues as they expect them."""
    yield
    for reference in tally.registered:
        state = session_world.until(
            functools.partial(session_world.state, reference), lambda state: state["status"] != "registered"
        )
        if state["status"] == "under_review":
            session_world.decides(reference, "reject", reason="of a test")


def problem(answer: Answer, status: int) -> None:
    """An answer is the problem that the document describes."""
    assert answer.status == status, answer
    assert answer.headers["content-type"] == PROBLEM
    schema = {"$ref": "#/components/schemas/Problem", "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(answer.body)


def test_the_document_is_served_as_it_is_and_may_be_kept_for_a_while(world: World) -> None:
    answer = world.call_centre.send("GET", "/v1/openapi.json", {}, None)
    assert answer.status == 200
    assert answer.body == DOCUMENT
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize("operation", SIGNED, ids=lambda operation: operation.name)
def test_without_the_senders_signature_nothing_is_told(operation: Operation, world: World) -> None:
    path = operation.path.format(reference=UNKNOWN)
    body = json.dumps(next(iter(operation.body.examples.values()))).encode() if operation.body else None
    content_type = {"Content-Type": operation.body.content_type} if operation.body else {}
    others = {"call-centre": world.portal, "portal": world.field, "field": world.call_centre}
    stolen = others[str(operation.sender)].signature(body or path.encode())
    for headers in ({}, stolen, {**stolen, "webhook-signature": "v1,AAAA"}):
        problem(world.call_centre.send(operation.method, path, {**headers, **content_type}, body), 401)


@pytest.mark.parametrize("path", sorted({operation.path for operation in OPERATIONS}))
def test_what_is_not_served_is_not_found(path: str, world: World) -> None:
    served = {operation.method for operation in OPERATIONS if operation.path == path}
    for method in sorted({"GET", "POST", "PUT", "PATCH", "DELETE"} - served):
        problem(world.call_centre.send(method, path.format(reference=UNKNOWN), {}, None), 404)
    problem(world.call_centre.send("GET", f"{path}/nothing/here", {}, None), 404)


@API.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described(
    case: Case[Any], session_world: World, existing: dict[str, str], tally: Tally
) -> None:
    stack = session_world.stack
    secret = stack.webhook_secrets.get(case.operation.path.split("/")[2])
    waiting = existing[HELD if case.operation.path.endswith("/claim") else UNDER_REVIEW]
    values = {**existing, UNDER_REVIEW: waiting, JUST_NOW: now()}
    sender = Sender(secret, urlsplit(stack.api_url).path, values)
    response = case.call(base_url=stack.api_url, auth=sender)
    tally.note(case, response)
    # A batch is taken, whatever its lines are worth.
    rejects = [checks.negative_data_rejection] if case.operation.path != BATCHES else []
    case.validate_response(response, checks=[*CHECKS, *rejects])


def test_every_operation_was_played_to_its_end(tally: Tally) -> None:
    if not tally.answers:
        pytest.skip("needs the test before")
    succeeded = {(method, path) for method, path, status in tally.answers if status < 300}
    assert succeeded == {(operation.method, operation.path) for operation in OPERATIONS}
