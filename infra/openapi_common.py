"""What the operations of the API have in common: parameters, problems, senders and how they sign, tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from functions.adapters.webhook import TOLERANCE
from functions.domain.receipt import LIFETIME
from functions.domain.text import DETAILS_LENGTH, SUMMARY_LENGTH
from functions.intake.batches import MAX_BATCH_BYTES
from functions.signed import DEFAULT_LIMIT, MAX_BODY_BYTES, MAX_LIMIT
from infra import openapi_examples as examples
from infra.openapi_operations import CALL_CENTRE, FIELD, OFFICERS, OPEN, PORTAL, Sender
from infra.openapi_schemas import REFERENCE, Schema

PARAMETERS: Mapping[str, Schema] = {
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
"""Of signing, and of the operations that name them."""


@dataclass(frozen=True)
class Refusal:
    """A problem that operations have in common.

    Attributes:
        says: when it is answered.
        detail: the example's words.
    """

    says: str
    detail: str


REFUSALS: Mapping[int, Refusal] = {
    400: Refusal("The request is malformed, or the body is no JSON.", "The body is not valid JSON."),
    401: Refusal(
        "The sender is not authenticated. The answer does not say why: something is missing, malformed, "
        "stale or wrong.",
        "The sender is not authenticated.",
    ),
    404: Refusal("There is no such record.", "There is no such record."),
    409: Refusal(
        "The request does not fit what is kept: the record is in another state, which is named, or a "
        "`webhook-id` or `record_id` came before with another content.",
        "This webhook-id came before with another request.",
    ),
    413: Refusal("The body is too large.", "The body is larger than is taken here."),
    415: Refusal(
        "The content type is none of this operation. A request that names none is taken for JSON.",
        "This content type is not taken here.",
    ),
    422: Refusal(
        "The body, a parameter or the reference in the path does not validate. `errors` points at the places "
        "in the body.",
        "The body does not validate.",
    ),
    429: Refusal("Too many requests. Try again after `Retry-After`.", "Please send more slowly."),
    503: Refusal(
        "A dependency is out. Try again after `Retry-After`, with the same `webhook-id`.",
        "Please try again later: nothing is known to be kept.",
    ),
}

ABOUT = f"""\
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

SIGNING = f"""\
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

SENDERS: Mapping[Sender, tuple[str, str]] = {
    "call-centre": ("callCentre", "call centre application"),
    "portal": ("portal", "CMO Grievance Portal"),
    "field": ("field", "field validation application"),
}

TAGS: Mapping[str, str] = {
    CALL_CENTRE: "For the call centre application: records, call-backs, reviews, citizens' feedback.",
    PORTAL: "For the CMO Grievance Portal.",
    FIELD: "For the field validation application.",
    OFFICERS: "Pages for officers, behind the link in an alert. The link's token is the proof.",
    OPEN: "Open without signature.",
}
