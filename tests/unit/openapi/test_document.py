"""The committed document is fresh, whole, and the one that is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import app
from functions import problems
from functions.intake.handler import get_description
from infra import openapi
from infra.openapi_common import REFUSALS
from infra.openapi_operations import OPERATIONS, Operation
from tests.unit.openapi.document import DOCUMENT, SCHEMAS


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
