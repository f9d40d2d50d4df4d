"""The document, and whether an answer is as it says."""

from __future__ import annotations

import functools
import json
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel

from infra import openapi
from tests.builders import reference_of

Json = dict[str, Any]
REFERENCE = reference_of()
DOCUMENT = openapi.document()
SCHEMAS: Json = DOCUMENT["components"]["schemas"]


@functools.cache
def validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def conforms(model: type[BaseModel], answer: object) -> None:
    """An answer is what the model says, with no field more, and what the published schema says."""
    text = json.dumps(answer, ensure_ascii=False)
    model.model_validate_json(text)
    validator(model.__name__).validate(json.loads(text))
