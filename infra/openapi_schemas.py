"""The wire models as JSON Schema, for the API's description.

What pydantic knows comes from the models, descriptions from their docstrings. What the code judges behind the
models, such as what a kind of record requires, stands here as rules; a test holds them to the code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

Schema = dict[str, Any]

_REF = "#/components/schemas/"

_TEXT = {"type": "string"}
_NULL = {"type": "null"}
REFERENCE: Schema = {
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


@dataclass(frozen=True)
class _Rules:
    """What the code requires behind a model: in words, and as schemas that hold beside its own."""

    words: str
    schemas: list[Schema]


_RULES: Mapping[str, _Rules] = {
    "RecordIn": _Rules(
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
    "DecisionIn": _Rules(
        "A rejection needs a `reason`, a duplicate `duplicate_of`, an amendment at least one of "
        "`amendments`; the latter two belong to no other decision.",
        [
            _when(_one_of("decision", "reject"), _needs(reason={"type": "string", "pattern": r"\S"})),
            _when(_one_of("decision", "duplicate"), _needs(duplicate_of=_TEXT), _only(duplicate_of=_NULL)),
            _when(
                _one_of("decision", "amend"),
                _needs(amendments={"type": "object", "minProperties": 1}),
                _only(amendments={"type": ["object", "null"], "maxProperties": 0}),
            ),
        ],
    ),
    "CallbackIn": _Rules(
        "Only a call that reached the citizen leads to a record.",
        [_when(_one_of("outcome", "no_answer", "wrong_number"), _only(record_id=_NULL))],
    ),
    "PortalEventIn": _Rules(
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

_FIELDS: Mapping[tuple[str, str], Schema] = {
    ("DecisionIn", "duplicate_of"): REFERENCE,
    ("PortalEventIn", "reference"): REFERENCE,
    ("FieldReportIn", "reference"): REFERENCE,
    ("FeedbackIn", "reference"): REFERENCE,
}
"""Fields of which the code takes less than their type says."""
_NEVER_NULL = frozenset({("Amendments", "summary")})
"""Fields whose type has null to tell "left out", and of which null itself is refused."""

_SAID: Mapping[str, str] = {
    "until": "Until when nobody else decides about it, IST.",
    "action_verified_on_site": "Whether what the report says was seen on the spot.",
    "address": "The caller's, as it was told.",
    "agent_id": "The tele-caller's id at the call centre.",
    "analyst_id": "The data analyst's id at the call centre.",
    "at": "When it happened. At most five minutes in the future.",
    "block": "The block or municipality, in words.",
    "category": "Code of a category; an unknown one is a finding, not an error.",
    "checks": "What was looked at.",
    "citizen_contacted": "Whether the citizen was spoken with.",
    "cursor": "Where to go on: `next` of the page before.",
    "decision": "It goes on, is turned down, repeats another one, or goes on corrected.",
    "department": "Code of the departments' register.",
    "details": "All that the citizen said.",
    "district": "Local Government Directory code of a revenue district.",
    "emergency": "Whether the 24 hours' service level holds.",
    "evidence": "Addresses of photographs and papers, http or https.",
    "executive_id": "The field executive's id on the roster; one who is not on it is a finding.",
    "grievance_resolved": "Whether the citizen's matter is settled.",
    "items": "At most as many as were asked for.",
    "likely_duplicates": "Other records that may say the same.",
    "limit": "How many items a page has at the most.",
    "matches_report": "Whether the report tells what was found.",
    "name": "The caller's, as it was told.",
    "officer": "Who reports, in the portal's words.",
    "police_office": "Code of a commissionerate or police district.",
    "portal_id": "What the CMO Grievance Portal calls it.",
    "rating": "From 1, the worst, to 5.",
    "reason": "Why, in words.",
    "record_id": "What the call centre calls the record: another one for each, and the same in each repeat.",
    "remark": "Whatever else is to be said.",
    "report": "What was done, in the officer's words.",
    "residence": "Whether the caller lives in West Bengal. Callers from elsewhere are served.",
    "satisfied": "Whether the citizen is.",
    "scheme": "Code of a scheme; an unknown one is a finding, not an error.",
    "status": "How it is.",
    "summary": "What it is about, in a sentence.",
    "type": "What happened.",
    "visited_at": "When the team was there. At most five minutes in the future.",
}
"""What the fields are of which neither the type nor the model's docstring speaks."""


class _Generator(GenerateJsonSchema):
    """Pydantic's own, without titles, which only repeat names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - as the base has it
        """Never."""
        del schema
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ANN401, FBT001 - as the base has it
        """In an answer a field that may be null is always there; one that may not is left out instead."""
        inner = field["schema"]
        if self.mode == "serialization" and inner["type"] == "default":
            return bool(inner["schema"]["type"] == "nullable")
        return super().field_is_required(field, total)


def component_schemas(
    requests: Iterable[type[BaseModel]], answers: Iterable[type[BaseModel]]
) -> dict[str, Schema]:
    """The schemas of all wire models, and of what they are made of, by name.

    An answer may get more fields one day, so it is open where a request is closed. What occurs in both has
    two schemas, and that of the answers ends in ``Out``.

    Args:
        requests: what is sent to us.
        answers: what we answer.
    """
    sent = _generated(requests, "validation")
    answered = _generated(answers, "serialization")
    both = {name for name in sent.keys() & answered.keys() if "properties" in sent[name]}
    for schema in answered.values():
        schema.pop("additionalProperties", None)
        for reference in _references(schema):
            name = reference["$ref"].removeprefix(_REF)
            reference["$ref"] = reference_to(f"{name}Out" if name in both else name)["$ref"]
    renamed = {f"{name}Out" if name in both else name: schema for name, schema in answered.items()}
    return dict(sorted({**sent, **renamed}.items()))


def reference_to(name: str) -> Schema:
    """The schema that says: as the one of that name."""
    return {"$ref": _REF + name}


def _generated(models: Iterable[type[BaseModel]], mode: JsonSchemaMode) -> dict[str, Schema]:
    asked = list(models)
    for model in asked:
        model.model_rebuild()
    _, generated = models_json_schema(
        [(model, mode) for model in asked], ref_template=_REF + "{model}", schema_generator=_Generator
    )
    schemas = cast("dict[str, Schema]", generated["$defs"])
    for name, schema in schemas.items():
        schema.pop("title", None)
        _describe(schema)
        for field, property_ in schema.get("properties", {}).items():
            _narrow(name, field, property_)
            if not _is_described(property_):
                property_["description"] = _SAID[field]
            if property_.get("default", "") is None:
                del property_["default"]
        if name in _RULES:
            schema["description"] += f"\n\n{_RULES[name].words}"
            schema["allOf"] = _RULES[name].schemas
    return schemas


def _narrow(model: str, field: str, schema: Schema) -> None:
    nullable = schema.get("anyOf") == [_TEXT, _NULL]
    if (model, field) in _FIELDS:
        told = _FIELDS[model, field]
        schema.clear()
        schema.update({"anyOf": [told, _NULL]} if nullable else told)
    if (model, field) in _NEVER_NULL:
        (only,) = [choice for choice in schema.pop("anyOf") if choice != _NULL]
        schema.update(only)


def _describe(schema: Schema) -> None:
    """Tells apart what a docstring says of the model and what of its fields, in Markdown."""
    text = inspect.cleandoc(schema.get("description", "")).replace("``", "`")
    words, _, attributes = text.partition("Attributes:\n")
    schema["description"] = _joined(words)
    for field, said in re.findall(r"^    (\w+): (.*(?:\n {5,}.*)*)", attributes, re.MULTILINE):
        schema["properties"][field].setdefault("description", _sentence(_joined(said)))


def _is_described(property_: Schema) -> bool:
    return any({"description", "$ref"} & choice.keys() for choice in (property_, *property_.get("anyOf", ())))


def _joined(text: str) -> str:
    """Paragraphs without the line breaks of the source."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(re.sub(r"\s+", " ", paragraph) for paragraph in paragraphs)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _references(schema: object) -> Iterable[Schema]:
    """Each reference within, so that it can be changed."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)
