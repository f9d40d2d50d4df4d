"""The API's description is what the code does: its routes, what it takes, what it answers."""

from __future__ import annotations

import functools
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
import typer
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel, TypeAdapter, ValidationError

from app import app
from functions import problems
from functions.adapters import bundled
from functions.domain import reference as references
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
from functions.domain.phone import to_e164
from functions.domain.record import CallbackOutcome, Finding, Kind, Status
from functions.domain.registration import faults_of_registration
from functions.domain.text import Name, Summary, clean
from functions.intake import callbacks, searching
from functions.intake.batches import register_batch
from functions.intake.contract import (
    BatchOut,
    CallbackList,
    CallbackOut,
    Health,
    RecordIn,
    RecordList,
    RecordState,
    RegisteredOut,
    public_state,
    registered,
)
from functions.intake.handler import get_description, get_health
from functions.intake.registering import register
from functions.problems import MalformedBody, Problem, TooLarge, answer_to
from functions.recall import feedback, field_reports, portal_events
from functions.recall.contract import (
    AssignmentItem,
    AssignmentList,
    FeedbackList,
    PortalEventIn,
    PortalEventKept,
    to_be_checked,
)
from functions.signed import read_json
from functions.validate import analysts
from functions.validate.contract import DecisionIn, ReviewItem, ReviewList, waiting
from infra import openapi
from infra import openapi_examples as examples
from infra.openapi_common import REFUSALS
from infra.openapi_operations import OPERATIONS, Operation
from infra.openapi_schemas import REFERENCE as REFERENCE_SCHEMA
from tests import builders
from tests.builders import NOW, REACHED, in_status, missed_call_in, record_in, reference_of
from tests.fakes import FakePorts

Json = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)

REFERENCE = reference_of()
DOCUMENT = openapi.document()
SCHEMAS: Json = DOCUMENT["components"]["schemas"]
WITH_BODY = [operation for operation in OPERATIONS if operation.body and operation.sender]


@functools.cache
def validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def conforms(model: type[BaseModel], answer: object) -> None:
    """An answer is what the model says, with no field more, and what the published schema says."""
    text = json.dumps(answer, ensure_ascii=False)
    model.model_validate_json(text)
    validator(model.__name__).validate(json.loads(text))


# The document and the table


def test_the_committed_document_is_fresh() -> None:
    openapi.main(check=True)


def test_a_stale_document_fails_the_check_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "openapi.json"
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.0.1"\n')
    monkeypatch.setattr(openapi, "PROJECT", tmp_path)
    monkeypatch.setattr(openapi, "DOCUMENT", document)
    with pytest.raises(typer.Exit):
        openapi.main(check=True)
    assert not document.exists()
    openapi.main()
    openapi.main(check=True)
    document.write_text("stale")
    with pytest.raises(typer.Exit):
        openapi.main(check=True)
    assert document.read_text() == "stale"
    assert "openapi.json is stale: run python -m infra.openapi" in capsys.readouterr().err


def test_it_is_an_openapi_document() -> None:
    assert list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors()) == []
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def test_what_is_served_is_the_document() -> None:
    response = get_description()
    assert json.loads(response.body) == DOCUMENT
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_the_table_has_every_route_and_no_other() -> None:
    routes = {(method, path) for path, methods in app.routes.items() for method in methods}
    assert {(operation.method, operation.path) for operation in OPERATIONS} == routes


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_operation_says_whose_secret_opens_it_and_what_it_takes(operation: Operation) -> None:
    route = app.routes[operation.path][operation.method]
    prefixes = {"call-centre", "portal", "field"}
    assert operation.sender == (
        operation.path.split("/")[2] if set(operation.path.split("/")) & prefixes else None
    )
    described = DOCUMENT["paths"][operation.path][operation.method.lower()]
    assert described["security"] == [{scheme: []} for scheme in _schemes(operation)]
    assert "401" in described["responses"] or operation.sender is None
    in_path = {name for name in operation.parameters if f"{{{name}}}" in operation.path}
    assert in_path == set(route.view_args)
    if operation.body:
        assert operation.body.content_type in route.content_types


def _schemes(operation: Operation) -> Iterator[str]:
    names = {"call-centre": "callCentre", "portal": "portal", "field": "field"}
    if operation.sender:
        yield names[operation.sender]


def test_every_name_of_an_operation_is_used_once_and_every_part_is_used() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(names) == len(set(names))
    text = json.dumps(DOCUMENT)
    for kind in ("schemas", "parameters", "responses", "headers"):
        for name in DOCUMENT["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in text, name


def test_every_schema_and_field_is_described() -> None:
    for name, schema in SCHEMAS.items():
        assert schema["description"], name
        assert "``" not in schema["description"]
        assert "Attributes" not in schema["description"]
        for field, said in schema.get("properties", {}).items():
            choices = [said, *said.get("anyOf", ())]
            assert any({"description", "$ref"} & choice.keys() for choice in choices), (name, field)


def test_every_problem_that_the_code_answers_is_described() -> None:
    described = set(REFUSALS)
    # 405 is answered by no route, since API Gateway knows the methods; 500 is a bug.
    assert described == problems.TITLES.keys() - {405, 500}


# Examples


def _examples(content: Json) -> Iterator[tuple[Json, Any]]:
    for media in content.values():
        for example in media.get("examples", {}).values():
            yield media["schema"], example["value"]
        if "example" in media:
            yield media["schema"], media["example"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_examples_are_what_their_schemas_say(operation: Operation) -> None:
    described = DOCUMENT["paths"][operation.path][operation.method.lower()]
    contents = [described["requestBody"]["content"]] if "requestBody" in described else []
    contents += [response["content"] for response in described["responses"].values() if "content" in response]
    for schema, value in [pair for content in contents for pair in _examples(content)]:
        with_parts = {**schema, "components": DOCUMENT["components"]}
        Draft202012Validator(with_parts, format_checker=FormatChecker()).validate(value)
    for answer in operation.answers.values():
        if isinstance(answer.content, type):
            assert answer.examples
            for value in answer.examples.values():
                answer.content.model_validate_json(json.dumps(value))


def test_examples_of_parameters_headers_and_problems_are_what_their_schemas_say() -> None:
    components = DOCUMENT["components"]
    for parameter in components["parameters"].values():
        if "example" in parameter:
            Draft202012Validator(parameter["schema"]).validate(parameter["example"])
    for name, response in components["responses"].items():
        ((schema, value),) = _examples(response["content"])
        assert schema == {"$ref": "#/components/schemas/Problem"}, name
        conforms(Problem, value)
        assert value["type"].rpartition(":")[2] == value["title"].lower().replace(" ", "-")


def test_examples_within_schemas_are_what_they_say() -> None:
    def look(schema: object) -> None:
        if isinstance(schema, dict):
            if isinstance(schema.get("examples"), list):
                for example in schema["examples"]:
                    Draft202012Validator(schema).validate(example)
            for value in schema.values():
                look(value)
        elif isinstance(schema, list):
            for value in schema:
                look(value)

    look(SCHEMAS)
    for number in SCHEMAS["Caller"]["properties"]["phone"]["examples"]:
        assert to_e164(number)


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.name)
def test_examples_of_requests_are_taken_and_answered_as_described(operation: Operation) -> None:
    assert operation.body is not None
    assert operation.body.examples
    for value in operation.body.examples.values():
        answer = posted(operation.name, FakePorts(), value)
        content = operation.answers[200].content
        assert isinstance(content, type)
        conforms(content, json.loads(answer) if isinstance(answer, str) else answer)


def posted(name: str, outside: FakePorts, body: object) -> object:
    """What the room answers to a body, of a record that is where it can be taken."""
    outside.clock.advance(days=8)
    wire = builders.request(body.encode() if isinstance(body, str) else body, path=f"/{name}")
    reference = examples.REFERENCE
    standing = {
        "postReview": Status.UNDER_REVIEW,
        "postClaim": Status.UNDER_REVIEW,
        "postFeedback": Status.CLOSED,
        "postPortalEvent": Status.FORWARDED,
        "postFieldReport": Status.ACTION_TAKEN,
        "postCallback": Status.AWAITING_CALLBACK,
    }
    if name in standing:
        other = {"reference": examples.OTHER_REFERENCE}
        outside.records.put(
            in_status(standing[name]).model_copy(update={"reference": reference}),
            in_status(Status.UNDER_REVIEW).model_copy(update=other),
        )
    rooms: dict[str, Callable[[], object]] = {
        "postRecord": lambda: register(outside, wire).answer,
        "searchRecords": lambda: searching.search(outside, wire),
        "postBatch": lambda: register_batch(outside, wire, "6a1f"),
        "postCallback": lambda: callbacks.attempt(outside, wire, reference),
        "postReview": lambda: analysts.decide(outside, wire, reference),
        "postClaim": lambda: analysts.claim(outside, wire, reference),
        "postFeedback": lambda: feedback.take(outside, wire),
        "postPortalEvent": lambda: portal_events.take(outside, wire).body,
        "postFieldReport": lambda: field_reports.take(outside, wire),
    }
    return rooms[name]()


# What is answered


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
    outside.records.register = _out  # type: ignore[method-assign,assignment]
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


# What is taken: where the code judges behind the models, the schemas say the same


def agree(name: str, body: Json, takes: Callable[[Json], object]) -> bool:
    """Whether the schema lets a body pass; the code must say the same."""
    try:
        takes(body)
    except Refused:
        taken = False
    else:
        taken = True
    assert validator(name).is_valid(body) == taken, body
    return taken


def read(model: type[Model], body: Json) -> Model:
    return read_json(model, json.dumps(body).encode())


def combinations(**choices: tuple[object, ...]) -> Iterator[Json]:
    """Every body of these choices; ``...`` leaves the field out."""
    for values in itertools.product(*choices.values()):
        yield {name: value for name, value in zip(choices, values, strict=True) if value is not ...}


def test_what_a_kind_of_record_requires() -> None:
    subjects = (
        ...,
        None,
        {"summary": "More buses to Bagula"},
        {"summary": " ", "district": "320"},
        *({"summary": "More buses", code: value} for code, value in _OFFICES),
        {"summary": "More buses", "department": None, "district": None, "police_office": None},
    )
    bodies = combinations(
        record_id=("CC-1",),
        kind=tuple(Kind),
        call=tuple(
            {"started_at": "2026-11-24T10:05:00+05:30", **call}
            for call in combinations(agent_id=("A-17", None, ...), language=("bn", None, ...))
        ),
        caller=({"phone": builders.PHONE},),
        subject=subjects,
        emergency=(..., None, {"reason": "Somebody is in danger"}),
    )
    offices = bundled.registers().offices

    def take(body: Json) -> None:
        wire = read(RecordIn, body)
        faults = faults_of_registration(wire.kind, wire.call, wire.subject, wire.emergency, offices, NOW)
        if faults:
            raise Refused(*faults)

    assert {True, False} == {agree("RecordIn", body, take) for body in bodies}


_OFFICES = (("department", "HFW"), ("district", "320"), ("police_office", "POL-RANAGHAT"))


def test_what_a_decision_requires() -> None:
    def take(body: Json) -> None:
        analysts._hold_together(read(DecisionIn, body))

    bodies = combinations(
        analyst_id=("DA-03",),
        decision=("approve", "reject", "duplicate", "amend"),
        reason=(..., None, " ", "before the court"),
        duplicate_of=(..., None, reference_of("CC-20261124-000001")),
        amendments=(..., None, {}, {"scheme": None}, {"summary": None}, {"summary": "Roads"}),
    )
    assert {True, False} == {agree("DecisionIn", body, take) for body in bodies}


def test_what_an_event_of_the_portal_requires() -> None:
    outside = FakePorts()

    def take(body: Json) -> None:
        portal_events._hold_together(read(PortalEventIn, body), outside)

    bodies = combinations(
        portal_id=(..., None, builders.PORTAL_ID),
        reference=(..., None, REFERENCE),
        type=("action_taken", "accepted", "transferred", "reminder_sent"),
        at=(NOW.isoformat(),),
        report=(..., None, ""),
        department=(..., None, "PRD"),
        district=(..., None, "320"),
        police_office=(..., "POL-RANAGHAT"),
    )
    assert {True, False} == {agree("PortalEventIn", body, take) for body in bodies}


def test_what_a_call_back_requires() -> None:
    def attempt(body: Json) -> None:
        outside = FakePorts()
        outside.records.put(in_status(Status.AWAITING_CALLBACK))
        callbacks.attempt(outside, builders.request(body), REFERENCE)

    bodies = combinations(
        agent_id=("A-17", ...), outcome=(*CallbackOutcome, "busy"), record_id=(..., None, "CC-1", "no id")
    )
    assert {True, False} == {agree("CallbackIn", body, attempt) for body in bodies}


def test_texts_are_refused_by_the_same_characters() -> None:
    name, summary = (TypeAdapter(kind).json_schema()["pattern"] for kind in (Name, Summary))
    for number in range(sys.maxunicode + 1):
        text = f"a{chr(number)}"
        if 0xD800 <= number <= 0xDFFF:
            continue  # a lone surrogate is in no JSON text
        try:
            clean(text)
        except ValueError:
            taken = False
        else:
            taken = True
        assert bool(re.search(name, text)) == bool(re.search(summary, text)) == taken, hex(number)


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0", "\u3000 "])
def test_a_text_that_must_not_be_blank_is_refused_by_the_pattern_too(blank: str) -> None:
    adapter = TypeAdapter(Summary)
    assert not re.search(adapter.json_schema()["pattern"], blank)
    with pytest.raises(ValidationError):
        adapter.validate_python(blank)


@pytest.mark.parametrize(
    ("spelt", "taken"),
    [
        ("SSM-4821-903-7717", True),
        ("ssm 4821 903 7717", True),
        (" SSM48219037717 ", True),
        ("SSM-4821-9037717", True),
        ("4821-903-7717", False),
        ("SSM-4821-903-771", False),
        ("SSM--4821-903-7717", False),
        ("SSM-৪৮২১-903-7717", False),
    ],
)
def test_a_reference_is_spelt_as_the_pattern_says(spelt: str, taken: bool) -> None:  # noqa: FBT001 - pytest hands it in
    assert bool(re.search(REFERENCE_SCHEMA["pattern"], spelt)) == taken
    if taken:
        assert references.parse(spelt) == "SSM-4821-903-7717"
    else:
        with pytest.raises(Refused):
            references.parse(spelt)
