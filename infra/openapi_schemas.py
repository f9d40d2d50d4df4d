"""The wire models as JSON Schema, for the API's description.

What pydantic knows comes from the models, descriptions from their docstrings. What the code judges behind the
models, such as what a kind of record requires, stands here as rules; a test holds them to the code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

Schema = dict[str, Any]

REF = "#/components/schemas/"

_TEXT = {"type": "string"}
_NULL = {"type": "null"}
_REFERENCE = {
    "type": "string",
    # As the parser reads it: hyphens may be left out or typed as spaces.
    "pattern": r"^\s*[Ss][Ss][Mm][- ]?[0-9]{4}[- ]?[0-9]{3}[- ]?[0-9]{4}\s*$",
    "description": "A record's reference. The last digit is a check digit: a mistyped reference is refused "
    "(422), an unknown one is told apart from it.",
    "examples": ["SSM-4821-903-7717"],
}


def _one_of(field: str, *values: str) -> Schema:
    return {"properties": {field: {"enum": list(values)}}, "required": [field]}


def _needs(**fields: Schema) -> Schema:
    return {"properties": fields, "required": list(fields)}


def _only(**fields: Schema) -> Schema:
    return {"properties": fields}


def _when(condition: Schema, then: Schema, otherwise: Schema | None = None) -> Schema:
    return {"if": condition, "then": then} | ({"else": otherwise} if otherwise else {})


_NAMES_AN_OFFICE = {
    "anyOf": [_needs(department=_TEXT), _needs(district=_TEXT), _needs(police_office=_TEXT)],
}

_RULES: Mapping[str, tuple[str, list[Schema]]] = {
    "RecordIn": (
        "Every record has `record_id`, `kind`, `call.started_at` and `caller.phone`; a missed call needs no "
        "more. All others also have `call.agent_id`, `call.language` and `subject` with its `summary`. A "
        "grievance names a department, a district or a police office, and it alone may be an emergency. "
        "Everything else may be absent or null.",
        [
            _when(
                _one_of("kind", "grievance", "suggestion", "enquiry"),
                _needs(call=_needs(agent_id=_TEXT, language=_TEXT), subject={"type": "object"}),
            ),
            _when(
                _one_of("kind", "grievance"),
                _only(subject=_NAMES_AN_OFFICE),
                _only(emergency=_NULL),
            ),
        ],
    ),
    "DecisionIn": (
        "A rejection needs a `reason`, a duplicate `duplicate_of`, an amendment at least one of `amendments`; "
        "the latter two belong to no other decision.",
        [
            _when(_one_of("decision", "reject"), _needs(reason={"type": "string", "pattern": r"\S"})),
            _when(
                _one_of("decision", "duplicate"), _needs(duplicate_of=_TEXT), _only(duplicate_of=_NULL)
            ),
            _when(
                _one_of("decision", "amend"),
                _needs(amendments={"type": "object", "minProperties": 1}),
                _only(amendments={"type": ["object", "null"], "maxProperties": 0}),
            ),
        ],
    ),
    "CallbackIn": (
        "Only a call that reached the citizen leads to a record.",
        [_when(_one_of("outcome", "no_answer", "wrong_number"), _only(record_id=_NULL))],
    ),
    "PortalEventIn": (
        "It names the grievance by `portal_id` or by `reference`. An `action_taken` has its `report`. A "
        "transfer names a department, a district or a police office, and nothing else does.",
        [
            {"anyOf": [_needs(portal_id=_TEXT), _needs(reference=_TEXT)]},
            _when(_one_of("type", "action_taken"), _needs(report=_TEXT)),
            _when(
                _one_of("type", "transferred"),
                _NAMES_AN_OFFICE,
                _only(department=_NULL, district=_NULL, police_office=_NULL),
            ),
        ],
    ),
}
"""What the code requires behind a model: in words, and as schemas that hold beside its own."""

_FIELDS: Mapping[tuple[str, str], Schema] = {
    **{(model, "reference"): _REFERENCE for model in ("PortalEventIn", "FieldReportIn", "FeedbackIn")},
    ("DecisionIn", "duplicate_of"): _REFERENCE,
    # An amendment may clear an optional field by null; this one is none.
    ("AmendmentsIn", "summary"): {},
}
"""Fields of which the code takes less than their type says."""


class _Generator(GenerateJsonSchema):
    """Pydantic's own, without titles and defaults that say nothing."""

    def get_title_from_name(self, name: str) -> str:
        del name
        return ""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - as the base has it
        del schema
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ANN401, FBT001 - as the base has it
        """In what we answer, a field that may be null is always there; one that may not is left out."""
        inner = field["schema"]
        if self.mode == "serialization" and inner["type"] == "default":
            return bool(inner["schema"]["type"] == "nullable")
        return super().field_is_required(field, total)


def component_schemas(
    requests: Iterable[type[BaseModel]], answers: Iterable[type[BaseModel]]
) -> tuple[dict[type[BaseModel], str], dict[str, Schema]]:
    """The schemas of all wire models and what they are made of.

    Args:
        requests: what is sent to us.
        answers: what we answer.

    Returns:
        The name of each model's schema, and the schemas by name.
    """
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "validation") for model in requests),
        *((model, "serialization") for model in answers),
    ]
    for model, _ in asked:
        model.model_rebuild()
    _, generated = models_json_schema(asked, ref_template=REF + "{model}", schema_generator=_Generator)
    raw = cast("dict[str, Schema]", generated["$defs"])
    models = _with_parts(model for model, _ in asked)
    sent = {name for name in raw if not name.endswith("-Output")} - {model.__name__ for model, mode in asked if mode == "serialization"}
    schemas: dict[str, Schema] = {}
    for name, schema in raw.items():
        short = _renamed(name)
        model_name = name.removesuffix("-Input").removesuffix("-Output")
        schemas[short] = _tidy(_renamed_refs(schema))
        if model_name in models:
            _describe(schemas[short], models[model_name])
        del sent
    return {model: _renamed(model.__name__) for model, _ in asked}, dict(sorted(schemas.items()))
