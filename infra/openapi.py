"""Describes the API: ``functions/openapi.json``, from the wire models and the table of operations.

Run it with ``python -m infra.openapi``; with ``--check`` it only tells whether the committed copy is fresh.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from functions.problems import TITLES, Problem
from infra.openapi_common import ABOUT, PARAMETERS, REFUSALS, SENDERS, SIGNING, TAGS
from infra.openapi_examples import Examples
from infra.openapi_operations import OPERATIONS, Operation
from infra.openapi_schemas import Schema, component_schemas, reference_to

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENT = PROJECT / "functions" / "openapi.json"

PROBLEM = "application/problem+json"
_ALWAYS = (400, 415, 429, 503)
_OUT = (429, 503)
_SIGNED = (401,)


def document() -> dict[str, Any]:
    """The OpenAPI document, from the table and the models as they stand."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sorasori Mukhyomontri",
            "summary": "From a citizen's telephone call to redress that was checked on the ground",
            "version": _version(),
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [
            {
                "url": "https://{host}",
                "variables": {
                    "host": {
                        "default": "ssm.example",
                        "description": "The API's host, followed by its stage or base path where it has one.",
                    }
                },
            }
        ],
        "tags": [{"name": name, "description": says} for name, says in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": component_schemas(_models_sent(), _models_answered()),
            "parameters": dict(PARAMETERS),
            "headers": {
                "Retry-After": {
                    "description": "Seconds after which trying again makes sense.",
                    "required": True,
                    "schema": {"type": "integer", "minimum": 1},
                }
            },
            "responses": {_title(status): _refusal(status) for status in REFUSALS},
            "securitySchemes": {
                scheme: {
                    "type": "apiKey",
                    "in": "header",
                    "name": "webhook-signature",
                    "description": SIGNING.format(sender=words, prefix=sender),
                }
                for sender, (scheme, words) in SENDERS.items()
            },
        },
    }


def written() -> str:
    """The document as the file holds it."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _version() -> str:
    with (PROJECT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _models_sent() -> list[type[BaseModel]]:
    bodies = (operation.body.content for operation in OPERATIONS if operation.body)
    return [content for content in bodies if isinstance(content, type)]


def _models_answered() -> list[type[BaseModel]]:
    answers = (answer.content for operation in OPERATIONS for answer in operation.answers.values())
    return [*dict.fromkeys(content for content in answers if isinstance(content, type)), Problem]


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
    }
    names = (*(("webhook-id", "webhook-timestamp") if operation.sender else ()), *operation.parameters)
    if names:
        described["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    if operation.body:
        described["requestBody"] = {
            "required": operation.body.required,
            "content": _content(operation.body.content_type, operation.body.content, operation.body.examples),
        }
    described["responses"] = {str(status): response for status, response in sorted(_responses(operation))}
    described["security"] = [{SENDERS[operation.sender][0]: []}] if operation.sender else []
    return described


def _responses(operation: Operation) -> Iterator[tuple[int, dict[str, Any]]]:
    for status, answer in operation.answers.items():
        described = {
            "description": answer.says,
            "content": _content(answer.content_type, answer.content, answer.examples),
        }
        yield status, {**described, **_waits(status)}
    refused = {*_ALWAYS, *(_SIGNED if operation.sender else ()), *operation.refused}
    for status in refused - operation.answers.keys():
        yield status, {"$ref": f"#/components/responses/{_title(status)}"}


def _content(content_type: str, content: type[BaseModel] | Schema, shown: Examples) -> dict[str, Any]:
    schema = reference_to(content.__name__) if isinstance(content, type) else dict(content)
    described: dict[str, Any] = {"schema": schema}
    if shown:
        described["examples"] = {
            name.replace(" ", "-").lower(): {"summary": name, "value": value} for name, value in shown.items()
        }
    return {content_type: described}


def _refusal(status: int) -> dict[str, Any]:
    refusal = REFUSALS[status]
    example: dict[str, Any] = {
        "type": f"urn:ssm:problem:{TITLES[status].lower().replace(' ', '-')}",
        "title": TITLES[status],
        "status": status,
        "detail": refusal.detail,
        "instance": "urn:ssm:request:5d0c2c1e-8f0a-4d0c-9d57-0f0b6a3a2f11",
    }
    if status == 422:  # noqa: PLR2004 - the one that points at places
        example["errors"] = [{"pointer": "/caller/phone", "detail": "not a valid telephone number"}]
    response: dict[str, Any] = {
        "description": refusal.says,
        "content": {PROBLEM: {"schema": reference_to(Problem.__name__), "example": example}},
    }
    return {**response, **_waits(status)}


def _waits(status: int) -> dict[str, Any]:
    return (
        {"headers": {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}} if status in _OUT else {}
    )


def _title(status: int) -> str:
    return TITLES[status].replace(" ", "")


def main(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, fail when the document is stale.")
    ] = False,
) -> None:
    """Describes the API."""
    described = written()
    if not check:
        DOCUMENT.write_text(described, encoding="utf-8")
    elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != described:
        typer.echo(f"{DOCUMENT.relative_to(PROJECT)} is stale: run python -m infra.openapi", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
