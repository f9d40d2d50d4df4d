"""Describes the API: ``functions/openapi.json``, from the wire models and the table of operations below.

Run it with ``python -m infra.openapi``; with ``--check`` it only tells whether the committed copy is fresh.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel

from functions.adapters.webhook import TOLERANCE
from functions.domain.receipt import LIFETIME
from functions.domain.text import DETAILS_LENGTH, SUMMARY_LENGTH
from functions.intake.batches import MAX_BATCH_BYTES, MAX_RECORDS
from functions.intake.callbacks import CallbackIn
from functions.intake.contract import (
    BatchOut,
    CallbackList,
    CallbackOut,
    Health,
    RecordIn,
    RecordList,
    RecordState,
    RegisteredOut,
)
from functions.intake.searching import SearchIn
from functions.problems import TITLES, Problem
from functions.recall.contract import (
    AssignmentList,
    FeedbackList,
    FieldReportIn,
    PortalEventIn,
    PortalEventKept,
)
from functions.recall.feedback import FeedbackIn
from functions.signed import DEFAULT_LIMIT, MAX_BODY_BYTES, MAX_LIMIT
from functions.validate.contract import ClaimIn, ClaimOut, DecisionIn, ReviewList
from functions.wire import Standing
from infra import openapi_examples as examples
from infra.openapi_examples import Examples
from infra.openapi_schemas import REFERENCE, Schema, component_schemas, reference_to

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENT = PROJECT / "functions" / "openapi.json"

JSON = "application/json"
NDJSON = "application/x-ndjson"
PROBLEM = "application/problem+json"
HTML = "text/html"

Method = Literal["GET", "POST"]
Sender = Literal["call-centre", "portal", "field"]


@dataclass(frozen=True)
class Answer:
    """What is answered when all went well, or a page in any case.

    Attributes:
        says: a sentence.
        content: a model, or a schema where there is none.
        content_type: of the body.
    """

    says: str
    content: type[BaseModel] | Schema
    examples: Examples = field(default_factory=dict)
    content_type: str = JSON


@dataclass(frozen=True)
class Body:
    """What is sent.

    Attributes:
        content: a model, or a schema where there is none.
    """

    content: type[BaseModel] | Schema
    examples: Examples = field(default_factory=dict)
    content_type: str = JSON
    required: bool = True


@dataclass(frozen=True)
class Operation:
    """One row of the table.

    Attributes:
        name: the ``operationId``.
        sender: whose secret opens it; None where no signature is asked for.
        answers: by status; what is answered by a problem is in ``refused``.
        refused: statuses of problems, beside those that any operation may answer.
        parameters: names of those below.
    """

    method: Method
    path: str
    name: str
    tag: str
    sender: Sender | None
    summary: str
    description: str
    answers: Mapping[int, Answer]
    body: Body | None = None
    refused: tuple[int, ...] = ()
    parameters: tuple[str, ...] = ()


_ALWAYS = (400, 415, 429, 503)
_SIGNED = (401,)
_READING = (422,)
"""A list may be asked for with a limit or a cursor that is none."""
_OF_A_RECORD = (404, 422)
_POSTED = (409, 413, 422)
_POSTED_TO_A_RECORD = (404, *_POSTED)
_LIST = ("limit", "cursor")

_CALL_CENTRE, _PORTAL, _FIELD, _OFFICERS, _OPEN = "Call centre", "Portal", "Field", "Officers", "Open"

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST",
        "/v1/call-centre/records",
        "postRecord",
        _CALL_CENTRE,
        "call-centre",
        "Hand a call over",
        "A 201 means that the record is kept: everything after it is ours. Read the reference aloud to the "
        "citizen. The same `record_id` with the same content is answered by 200 and the same reference, also "
        "under another `webhook-id`; with another content by 409. The content is compared field by field, so "
        "the order of fields does not matter, and a field left out is the same as null.",
        {
            201: Answer("It is kept.", RegisteredOut, examples.REGISTERED),
            200: Answer("It was kept before; this is the first answer.", RegisteredOut, examples.REGISTERED),
        },
        Body(RecordIn, examples.RECORDS),
        _POSTED,
    ),
    Operation(
        "GET",
        "/v1/call-centre/records/{reference}",
        "getRecord",
        _CALL_CENTRE,
        "call-centre",
        "Where a record stands",
        "Its public state, for a citizen who calls again. No personal data is in it.",
        {200: Answer("The record.", RecordState, examples.STATE)},
        refused=_OF_A_RECORD,
        parameters=("reference",),
    ),
    Operation(
        "POST",
        "/v1/call-centre/search",
        "searchRecords",
        _CALL_CENTRE,
        "call-centre",
        "Find a caller's records",
        "The records of a telephone number, newest first. It is a POST so that the number stands in no "
        "address, where logs keep it; it changes nothing, and its answer is never stored. `limit` and "
        "`cursor` of the list stand in the body too.",
        {200: Answer("A page of records.", RecordList, examples.FOUND)},
        Body(SearchIn, examples.SEARCH),
        (413, 422),
    ),
    Operation(
        "POST",
        "/v1/call-centre/batches",
        "postBatch",
        _CALL_CENTRE,
        "call-centre",
        "Hand a backlog over",
        f"Up to {MAX_RECORDS} records and {MAX_BATCH_BYTES // 2**20} MiB, one JSON text per line, each as it "
        "would be sent alone. Each line is judged alone and has its own status. A line with status 503 was "
        "not kept: send the batch again; lines that were kept are known again by their `record_id` and "
        "answered by 200.",
        {200: Answer("What became of each line.", BatchOut, examples.BATCH_OUT)},
        Body(
            {
                "type": "string",
                "description": "Lines that end with a line feed; each is a `RecordIn` of at most "
                f"{MAX_BODY_BYTES // 1024} KiB. Blank lines are passed over, but counted.",
            },
            examples.BATCH,
            NDJSON,
        ),
        _POSTED,
    ),
    Operation(
        "GET",
        "/v1/call-centre/callbacks",
        "listCallbacks",
        _CALL_CENTRE,
        "call-centre",
        "Whom to call back",
        "Numbers that rang after hours. With `state=due` those that may be called now, with "
        "`state=unreachable` those that were given up. A number waits only once, however often it rang.",
        {200: Answer("A page of numbers.", CallbackList, examples.CALLBACKS)},
        refused=_READING,
        parameters=("state", *_LIST),
    ),
    Operation(
        "POST",
        "/v1/call-centre/callbacks/{reference}",
        "postCallback",
        _CALL_CENTRE,
        "call-centre",
        "How an outbound call went",
        "Where nobody answered, the number comes back to the list later, three times in all. `record_id` "
        "names the record that came of the call; it may be handed over before or after.",
        {200: Answer("It is kept.", CallbackOut, examples.CALLED)},
        Body(CallbackIn, examples.CALLBACK),
        _POSTED_TO_A_RECORD,
        ("reference",),
    ),
    Operation(
        "GET",
        "/v1/call-centre/reviews",
        "listReviews",
        _CALL_CENTRE,
        "call-centre",
        "What waits for a data analyst",
        "Emergencies first, then the longest waiting. It shows the caller's data, which analysts need to "
        "judge.",
        {200: Answer("A page of records.", ReviewList, examples.REVIEWS)},
        refused=_READING,
        parameters=_LIST,
    ),
    Operation(
        "POST",
        "/v1/call-centre/reviews/{reference}",
        "postReview",
        _CALL_CENTRE,
        "call-centre",
        "Decide about a record",
        "A data analyst's decision. `amend` corrects the subject and approves it. A record that does not "
        "wait for review is a conflict (409) that names its state.",
        {200: Answer("It is decided.", Standing, examples.DECIDED)},
        Body(DecisionIn, examples.DECISION),
        _POSTED_TO_A_RECORD,
        ("reference",),
    ),
    Operation(
        "POST",
        "/v1/call-centre/reviews/{reference}/claim",
        "postClaim",
        _CALL_CENTRE,
        "call-centre",
        "Take a record before deciding",
        "Tells the other analysts that this one looks at it: for ten minutes their claims and decisions are "
        "conflicts (409). A claim is a courtesy: who decides at once needs none. Once more by the same "
        "analyst holds it longer.",
        {200: Answer("It is held.", ClaimOut, examples.CLAIMED)},
        Body(ClaimIn, examples.CLAIM),
        _POSTED_TO_A_RECORD,
        ("reference",),
    ),
    Operation(
        "GET",
        "/v1/call-centre/feedback",
        "listFeedback",
        _CALL_CENTRE,
        "call-centre",
        "Whom to ask about the redress",
        "Citizens whose matter has its action taken or is closed and who were not asked yet, the longest ago "
        "first.",
        {200: Answer("A page of citizens.", FeedbackList, examples.FEEDBACK_DUE)},
        refused=_READING,
        parameters=_LIST,
    ),
    Operation(
        "POST",
        "/v1/call-centre/feedback",
        "postFeedback",
        _CALL_CENTRE,
        "call-centre",
        "What a citizen said of the redress",
        "Who is dissatisfied within 30 days of the report makes a field check due, once per record; a closed "
        "record goes back to `action_taken`.",
        {200: Answer("It is kept.", Standing, examples.HEARD)},
        Body(FeedbackIn, examples.FEEDBACK),
        _POSTED_TO_A_RECORD,
    ),
    Operation(
        "POST",
        "/v1/portal/events",
        "postPortalEvent",
        _PORTAL,
        "portal",
        "Tell what happened in the portal",
        "An Action Taken Report, an acceptance, a transfer, a reminder. It may come before our push has its "
        "answer: an event of a `portal_id` that is not known yet is kept, and applied as soon as it is.",
        {
            200: Answer("It is applied.", Standing, examples.PORTAL_EVENT_OUT),
            202: Answer("It is kept for later.", PortalEventKept, examples.PORTAL_EVENT_KEPT),
        },
        Body(PortalEventIn, examples.PORTAL_EVENT),
        _POSTED_TO_A_RECORD,
    ),
    Operation(
        "GET",
        "/v1/field/assignments",
        "listAssignments",
        _FIELD,
        "field",
        "What is due for a field check",
        "Records with action taken, the longest waiting first, of one district or of all.",
        {200: Answer("A page of records.", AssignmentList, examples.ASSIGNMENTS)},
        refused=_READING,
        parameters=("district", *_LIST),
    ),
    Operation(
        "POST",
        "/v1/field/reports",
        "postFieldReport",
        _FIELD,
        "field",
        "Report a visit",
        "Against the set standard the visit closes the record or recalls the Action Taken Report. A visit "
        "before the report in force is a conflict (409).",
        {200: Answer("It is kept.", Standing, examples.FIELD_REPORT_OUT)},
        Body(FieldReportIn, examples.FIELD_REPORT),
        _POSTED_TO_A_RECORD,
    ),
    Operation(
        "GET",
        "/v1/ack",
        "showAcknowledgement",
        _OFFICERS,
        None,
        "The page behind the link in an alert",
        "For an officer's browser. It changes nothing, since mail scanners open links.",
        {
            200: Answer("The page, as the link stands now.", {"type": "string"}, content_type=HTML),
            404: Answer(
                "A page that says that the link leads nowhere.", {"type": "string"}, content_type=HTML
            ),
        },
        parameters=("token",),
    ),
    Operation(
        "POST",
        "/v1/ack",
        "acknowledge",
        _OFFICERS,
        None,
        "Acknowledge an alert",
        "The page's button. Pressing it twice is no error.",
        {
            200: Answer("A page: acknowledged.", {"type": "string"}, content_type=HTML),
            404: Answer(
                "A page that says that the link leads nowhere.", {"type": "string"}, content_type=HTML
            ),
            409: Answer(
                "A page: the record is with somebody else now.", {"type": "string"}, content_type=HTML
            ),
            410: Answer("A page: the link's time is over.", {"type": "string"}, content_type=HTML),
        },
        Body(
            {"type": "object", "description": "The form has no fields, and none is read."},
            content_type="application/x-www-form-urlencoded",
            required=False,
        ),
        parameters=("token",),
    ),
    Operation(
        "GET",
        "/v1/health",
        "getHealth",
        _OPEN,
        None,
        "Whether the door is open",
        "It touches nothing behind the door.",
        {200: Answer("It is.", Health, examples.HEALTH)},
    ),
    Operation(
        "GET",
        "/v1/openapi.json",
        "getDescription",
        _OPEN,
        None,
        "This description",
        "As it was deployed. It may be kept for some minutes.",
        {200: Answer("An OpenAPI 3.1 document.", {"type": "object"})},
    ),
)

_PARAMETERS: Mapping[str, Schema] = {
    "webhook-id": {
        "name": "webhook-id",
        "in": "header",
        "required": True,
        "description": "The request's own id, and the idempotency key of a POST: keep it when you repeat the "
        "request, take a new one for every other.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        "example": "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
    },
    "webhook-timestamp": {
        "name": "webhook-timestamp",
        "in": "header",
        "required": True,
        "description": "When it was signed, in Unix seconds. "
        f"{TOLERANCE.seconds // 60} minutes of difference to our clock are tolerated.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,12}$"},
        "example": "1795495500",
    },
    "reference": {
        "name": "reference",
        "in": "path",
        "required": True,
        "description": "The record's reference.",
        "schema": REFERENCE,
        "example": examples.REFERENCE,
    },
    "limit": {
        "name": "limit",
        "in": "query",
        "description": "How many items a page has at the most.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    },
    "cursor": {
        "name": "cursor",
        "in": "query",
        "description": "Where to go on: `next` of the page before. It is opaque, and none of another list.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    },
    "state": {
        "name": "state",
        "in": "query",
        "description": "Which numbers: those that may be called now, or those that were given up.",
        "schema": {"type": "string", "enum": ["due", "unreachable"], "default": "due"},
    },
    "district": {
        "name": "district",
        "in": "query",
        "description": "Local Government Directory code of a revenue district. All districts when left out.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
        "example": "320",
    },
    "token": {
        "name": "t",
        "in": "query",
        "required": True,
        "description": "The token of the link.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    },
}


@dataclass(frozen=True)
class _Refusal:
    """A problem that operations have in common.

    Attributes:
        says: when it is answered.
        detail: the example's words.
    """

    says: str
    detail: str


_REFUSALS: Mapping[int, _Refusal] = {
    400: _Refusal("The request is malformed, or the body is no JSON.", "The body is not valid JSON."),
    401: _Refusal(
        "The sender is not authenticated. The answer does not say why: something is missing, malformed, "
        "stale or wrong.",
        "The sender is not authenticated.",
    ),
    404: _Refusal("There is no such record.", "There is no such record."),
    409: _Refusal(
        "The request does not fit what is kept: the record is in another state, which is named, or a "
        "`webhook-id` or `record_id` came before with another content.",
        "This webhook-id came before with another request.",
    ),
    413: _Refusal("The body is too large.", "The body is larger than is taken here."),
    415: _Refusal(
        "The content type is none of this operation. A request that names none is taken for JSON.",
        "This content type is not taken here.",
    ),
    422: _Refusal(
        "The body, a parameter or the reference in the path does not validate. `errors` points at the places "
        "in the body.",
        "The body does not validate.",
    ),
    429: _Refusal("Too many requests. Try again after `Retry-After`.", "Please send more slowly."),
    503: _Refusal(
        "A dependency is out. Try again after `Retry-After`, with the same `webhook-id`.",
        "Please try again later: nothing was kept.",
    ),
}

_ABOUT = f"""\
What other systems see of the grievance line *Sorasori Mukhyomontri* of the Government of West Bengal.

**Times** carry an offset; ours are IST. **Texts** are Unicode and are kept normalised (NFC); a limit such as
{SUMMARY_LENGTH} characters for a summary or {DETAILS_LENGTH} for details counts characters after that.
Control characters other than tab and newline, and bidirectional overrides, are refused. An **unknown field**
of a request is refused (422), so that a misspelt one is not lost silently. Answers may get more fields: pass
over those that you do not know.

**Repeating.** `webhook-id` is the idempotency key of a POST. The same id with the same path and body gets the
first answer again (200 in place of 201) and does nothing twice, for at least {LIFETIME.days - 1} days; the
same id with anything else gets 409. So whenever no answer came, or 429 or 5xx, send the same request again
under the same id, with a new timestamp and signature.

**Lists** come page by page, `limit` items at the most. Hand `next` in as `cursor` until it is null.

**Errors** are `application/problem+json` (RFC 9457). A path or a method that is not served is answered by
404. A body has at most {MAX_BODY_BYTES // 1024} KiB (413), that of a batch {MAX_BATCH_BYTES // 2**20} MiB.
"""

_SIGNING = f"""\
Requests are signed by [Standard Webhooks](https://www.standardwebhooks.com), with the secret of the
{{sender}}. It opens paths under `/v1/{{prefix}}/` and no others. Three headers go with every request:

- `webhook-id`: the request's own id, and the idempotency key of a POST
- `webhook-timestamp`: now, in Unix seconds
- `webhook-signature`: `v1,` and the base64 of the HMAC-SHA256 over id, timestamp and payload, joined by dots

The key is what follows `whsec_` in the secret, decoded from base64.

**Payload.** Of a request with a body: the body, byte for byte as it is sent. Of a request without a body: the
path from `/v1` on; where there are parameters, then `?` and the parameters sorted by name, names and values
percent-encoded by RFC 3986 (everything but letters, digits, `-`, `.`, `_` and `~`), joined by `&`, such as
`/v1/call-centre/reviews?cursor=cmV2aWV3&limit=100`. The host, an API stage and a base path are no part of it.

**Tolerance.** The timestamp may differ from our clock by {TOLERANCE.seconds // 60} minutes. Sign anew for
each try.

**Rotation.** For a time both the new and the former secret are accepted, so change over whenever you like
within it. You may also sign with both: several signatures stand in the header separated by spaces, and one
that fits is enough.

**Idempotency.** A repeat of a POST keeps its `webhook-id` and takes a new timestamp and signature.

Whatever is missing, malformed, stale or wrong gets 401, and the answer does not say which.
"""

_SENDERS: Mapping[Sender, tuple[str, str]] = {
    "call-centre": ("callCentre", "call centre application"),
    "portal": ("portal", "CMO Grievance Portal"),
    "field": ("field", "field validation application"),
}

_TAGS: Mapping[str, str] = {
    _CALL_CENTRE: "For the call centre application: records, call-backs, reviews, citizens' feedback.",
    _PORTAL: "For the CMO Grievance Portal.",
    _FIELD: "For the field validation application.",
    _OFFICERS: "Pages for officers, behind the link in an alert. The link's token is the proof.",
    _OPEN: "Open without signature.",
}


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
            "description": _ABOUT,
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
        "tags": [{"name": name, "description": says} for name, says in _TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": component_schemas(_models_sent(), _models_answered()),
            "parameters": dict(_PARAMETERS),
            "headers": {
                "Retry-After": {
                    "description": "Seconds after which trying again makes sense.",
                    "required": True,
                    "schema": {"type": "integer", "minimum": 1},
                }
            },
            "responses": {_title(status): _refusal(status) for status in _REFUSALS},
            "securitySchemes": {
                scheme: {
                    "type": "apiKey",
                    "in": "header",
                    "name": "webhook-signature",
                    "description": _SIGNING.format(sender=words, prefix=sender),
                }
                for sender, (scheme, words) in _SENDERS.items()
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
    described["security"] = [{_SENDERS[operation.sender][0]: []}] if operation.sender else []
    return described


def _responses(operation: Operation) -> Iterator[tuple[int, dict[str, Any]]]:
    for status, answer in operation.answers.items():
        yield (
            status,
            {
                "description": answer.says,
                "content": _content(answer.content_type, answer.content, answer.examples),
            },
        )
    for status in {*_ALWAYS, *(_SIGNED if operation.sender else ()), *operation.refused}:
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
    refusal = _REFUSALS[status]
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
    if status in {429, 503}:
        response["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return response


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
