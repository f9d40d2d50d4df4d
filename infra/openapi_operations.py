"""The operations of the API, one row each: what is sent, what is answered, by what it may be refused.

``infra.openapi`` draws the document from this table; tests hold the table to the app's routes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel

from functions.intake.batches import MAX_BATCH_BYTES, MAX_RECORDS
from functions.intake.callbacks import CallbackIn
from functions.intake.contract import (
    BatchOut,
    CallbackList,
    CallbackOut,
    Health,
    OptOutOut,
    RecordIn,
    RecordList,
    RecordState,
    RegisteredOut,
)
from functions.intake.opting_out import OptOutIn
from functions.intake.searching import SearchIn
from functions.recall.contract import (
    AssignmentList,
    FeedbackList,
    FieldReportIn,
    PortalEventIn,
    PortalEventKept,
)
from functions.recall.feedback import FeedbackIn
from functions.signed import MAX_BODY_BYTES
from functions.validate.contract import ClaimIn, ClaimOut, DecisionIn, ReviewList
from functions.wire import Standing
from infra import openapi_examples as examples
from infra.openapi_examples import Examples
from infra.openapi_schemas import Schema

JSON = "application/json"
NDJSON = "application/x-ndjson"
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
        parameters: names of those in ``openapi_common``, beside what signing takes.
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


_READING = (422,)
"""A list may be asked for with a limit or a cursor that is none."""
_OF_A_RECORD = (404, 422)
_POSTED = (409, 413, 422)
_POSTED_TO_A_RECORD = (404, *_POSTED)
_PAGE_WHILE_OUT = Answer(
    "A page that asks to press its button in a moment.", {"type": "string"}, content_type=HTML
)
_LIST = ("limit", "cursor")

CALL_CENTRE, PORTAL, FIELD, OFFICERS, OPEN = "Call centre", "Portal", "Field", "Officers", "Open"

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST",
        "/v1/call-centre/records",
        "postRecord",
        CALL_CENTRE,
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
        CALL_CENTRE,
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
        CALL_CENTRE,
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
        "/v1/call-centre/opt-outs",
        "postOptOut",
        CALL_CENTRE,
        "call-centre",
        "Whether a citizen wants SMS",
        "With `opted_out` no SMS is sent to the number from then on, whatever becomes of its records; else "
        "SMS are sent again. The last word holds. It is a POST so that the number stands in no address.",
        {200: Answer("It is kept.", OptOutOut, examples.OPTED_OUT)},
        Body(OptOutIn, examples.OPT_OUT),
        _POSTED,
    ),
    Operation(
        "POST",
        "/v1/call-centre/batches",
        "postBatch",
        CALL_CENTRE,
        "call-centre",
        "Hand a backlog over",
        f"Up to {MAX_RECORDS} records and {MAX_BATCH_BYTES // 2**20} MiB, one JSON text per line, each as it "
        "would be sent alone. Each line is judged alone and has its own status. A line with status 503 is "
        "not known to be kept: send the batch again; lines that were kept are known again by their "
        "`record_id` and answered by 200.",
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
        CALL_CENTRE,
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
        CALL_CENTRE,
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
        CALL_CENTRE,
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
        CALL_CENTRE,
        "call-centre",
        "Decide about a record",
        "A data analyst's decision. `amend` corrects the subject and approves it. A record that does not "
        "wait for review is a conflict (409) that names its state. Where the deployment asks for a second "
        "look, the first `reject` is a proposal: the answer is `under_review`, another analyst's `reject` "
        "confirms it, and once more by the same analyst is a conflict.",
        {200: Answer("It is decided.", Standing, examples.DECIDED)},
        Body(DecisionIn, examples.DECISION),
        _POSTED_TO_A_RECORD,
        ("reference",),
    ),
    Operation(
        "POST",
        "/v1/call-centre/reviews/{reference}/claim",
        "postClaim",
        CALL_CENTRE,
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
        CALL_CENTRE,
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
        CALL_CENTRE,
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
        PORTAL,
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
        FIELD,
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
        FIELD,
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
        OFFICERS,
        None,
        "The page behind the link in an alert",
        "For an officer's browser. It changes nothing, since mail scanners open links.",
        {
            200: Answer("The page, as the link stands now.", {"type": "string"}, content_type=HTML),
            404: Answer(
                "A page that says that the link leads nowhere.", {"type": "string"}, content_type=HTML
            ),
            503: _PAGE_WHILE_OUT,
        },
        parameters=("token",),
    ),
    Operation(
        "POST",
        "/v1/ack",
        "acknowledge",
        OFFICERS,
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
            503: _PAGE_WHILE_OUT,
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
        OPEN,
        None,
        "Whether the door is open",
        "It touches nothing behind the door.",
        {200: Answer("It is.", Health, examples.HEALTH)},
    ),
    Operation(
        "GET",
        "/v1/openapi.json",
        "getDescription",
        OPEN,
        None,
        "This description",
        "As it was deployed. It may be kept for some minutes.",
        {200: Answer("An OpenAPI 3.1 document.", {"type": "object"})},
    ),
)
