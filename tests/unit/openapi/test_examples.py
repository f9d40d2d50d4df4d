"""Examples are what their schemas say, and the code takes and answers them so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from functions.domain.phone import to_e164
from functions.domain.record import Status
from functions.intake import callbacks, opting_out, searching
from functions.intake.batches import register_batch
from functions.intake.registering import register
from functions.problems import Problem
from functions.recall import feedback, field_reports, portal_events
from functions.validate import analysts
from infra import openapi_examples as examples
from infra.openapi_operations import OPERATIONS, Operation
from tests import builders
from tests.builders import in_status
from tests.fakes import FakePorts
from tests.unit.openapi.document import DOCUMENT, SCHEMAS, Json, conforms

WITH_BODY = [operation for operation in OPERATIONS if operation.body and operation.sender]


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
        "postOptOut": lambda: opting_out.take(outside, wire),
        "postBatch": lambda: register_batch(outside, wire, "6a1f"),
        "postCallback": lambda: callbacks.attempt(outside, wire, reference),
        "postReview": lambda: analysts.decide(outside, wire, reference),
        "postClaim": lambda: analysts.claim(outside, wire, reference),
        "postFeedback": lambda: feedback.take(outside, wire),
        "postPortalEvent": lambda: portal_events.take(outside, wire).body,
        "postFieldReport": lambda: field_reports.take(outside, wire),
    }
    return rooms[name]()
