"""Errors as the contract shows them: ``application/problem+json`` (RFC 9457), one shape for all.

No answer tells a stack trace, and none repeats what the caller sent.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any, ParamSpec

from chalice.app import Request, Response
from pydantic import BaseModel, Field, ValidationError
from pydantic.json_schema import SkipJsonSchema

from functions.domain.errors import (
    Conflict,
    Fault,
    GrievanceError,
    NotFound,
    Refused,
    Unauthenticated,
    Unavailable,
)
from functions.observability import count, flush, logger

P = ParamSpec("P")

_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_SENTENCES = {"missing": "is required", "extra_forbidden": "is not a field of this message"}
# Not from http.HTTPStatus: Python renamed two of them between 3.12 and 3.13, and clients compare these.
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
"""What each status is called (RFC 9110); the problem's ``type`` is made of it."""
_CHALICE_ERRORS = {
    400: "The request is malformed.",
    404: "There is nothing here.",
    405: "This method is not served here.",
    415: "This content type is not taken here.",
    500: "Something went wrong on our side. Nothing you sent is to blame; please try again.",
}


class MalformedBody(GrievanceError):  # noqa: N818 - as the domain's tree
    """The body is not JSON."""


class TooLarge(GrievanceError):  # noqa: N818 - as the domain's tree
    """The body is larger than taken here."""


def problem(
    status: int,
    detail: str,
    request_id: str,
    *,
    faults: Sequence[Fault] = (),
    retry_after: int | None = None,
) -> Response:
    """An error answer.

    Args:
        status: HTTP status code.
        detail: a sentence for the developer on the other side.
        request_id: API Gateway's id of the request, which our logs name too.
        faults: the places in the body that do not validate.
        retry_after: seconds until trying again makes sense.
    """
    title = TITLES[status]
    body: dict[str, Any] = {
        "type": f"urn:ssm:problem:{title.lower().replace(' ', '-')}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:ssm:request:{request_id}",
    }
    if faults:
        body["errors"] = [{"pointer": fault.pointer, "detail": fault.detail} for fault in faults]
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/problem+json",
        "Cache-Control": "no-store",
    }
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Response(body=body, status_code=status, headers=headers)


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """What pydantic found, as JSON pointers and sentences that repeat none of the input.

    Raises:
        MalformedBody: it was no JSON at all.
    """
    faults: list[Fault] = []
    for found in error.errors(include_url=False, include_input=False, include_context=False):
        if found["type"] == "json_invalid":
            raise MalformedBody("the body is not valid JSON")
        place = list(found["loc"])
        sentence = _SENTENCES.get(found["type"]) or found["msg"].removeprefix("Value error, ")
        if found["type"] == "extra_forbidden" and not _FIELD_NAME.fullmatch(str(place[-1])):
            # A name that is none may be anything, also a telephone number: it is not repeated.
            place.pop()
            sentence = "has a field that is not one of this message"
        faults.append(Fault("".join(f"/{_escaped(str(part))}" for part in place), sentence))
    return tuple(faults)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def answer_to(error: GrievanceError, request_id: str) -> Response:  # noqa: PLR0911 - one per branch of the tree
    """The error answer that the contract gives an error of the domain."""
    match error:
        case Refused():
            pointed = [fault for fault in error.faults if fault.pointer is not None]
            detail = "The body does not validate." if pointed else error.faults[0].detail
            return problem(422, detail, request_id, faults=pointed)
        case MalformedBody():
            return problem(400, "The body is not valid JSON.", request_id)
        case TooLarge():
            return problem(413, "The body is larger than is taken here.", request_id)
        case Unauthenticated():
            return problem(401, "The sender is not authenticated.", request_id)
        case NotFound():
            return problem(404, "There is no such record.", request_id)
        case Conflict():
            text = str(error)
            return problem(409, f"{text[:1].upper()}{text[1:]}.", request_id)
        case Unavailable():
            text = "Please try again later: nothing is known to be kept."
            return problem(503, text, request_id, retry_after=error.retry_after)
    raise error


def _as_it_is(answer: Response) -> Response:
    return answer


def answering(
    handler: Callable[P, Response],
    request_of: Callable[[], Request],
    shown: Callable[[Response], Response] = _as_it_is,
) -> Callable[P, Response]:
    """Wraps a route: errors of the domain become problems, others are logged by their type and become 500.

    Args:
        handler: the route.
        request_of: tells the request that is under way.
        shown: makes of a problem what its reader is shown; programs read problems as they are.
    """

    @functools.wraps(handler)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Response:
        request_id = request_id_of(request_of())
        try:
            response = handler(*args, **kwargs)
            # One line for each request: who was answered what, by the route and never by what was asked.
            route = (request_of().context or {}).get("resourcePath", "unknown")
            logger.info("answered", status=response.status_code, route=route, request=request_id)
        except Unauthenticated as error:
            count("WebhookRefused")
            logger.warning("sender not authenticated", reason=error.reason, request=request_id)
            return shown(answer_to(error, request_id))
        except GrievanceError as error:
            logger.info("refused", error=type(error).__name__, request=request_id)
            return shown(answer_to(error, request_id))
        except Exception as error:  # noqa: BLE001 - a stack trace must never reach the caller
            logger.exception("failed", error=type(error).__name__, request=request_id)
            return shown(problem(500, _CHALICE_ERRORS[500], request_id))
        return response

    return wrapped


def request_id_of(request: Request) -> str:
    """API Gateway's id of a request."""
    return str((request.context or {}).get("requestId", "unknown"))


def reshape(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """HTTP middleware: gives the framework's own errors the contract's shape, and writes the metrics."""
    try:
        response = get_response(request)
    finally:
        flush()
    body = response.body
    if response.status_code < HTTPStatus.BAD_REQUEST or not (isinstance(body, dict) and "Code" in body):
        return response
    status = response.status_code if response.status_code in _CHALICE_ERRORS else 500
    return problem(status, _CHALICE_ERRORS[status], request_id_of(request))


class ProblemFault(BaseModel, extra="forbid", defer_build=True):
    """A place in the body that does not validate.

    Attributes:
        pointer: JSON pointer (RFC 6901) into the body as it was sent; empty for the body as a whole.
        detail: what is wrong there, in a sentence that repeats none of the input.
    """

    pointer: Annotated[str, Field(pattern=r"^(/([^~/]|~0|~1)*)*$", examples=["/caller/phone"])]
    detail: str


class Problem(BaseModel, extra="forbid", defer_build=True):
    """An error (RFC 9457). It never repeats what was sent.

    Attributes:
        type: names the kind of error; the same as long as the status is.
        title: the status in words.
        status: the HTTP status again.
        detail: a sentence for the developer. A conflict of states names the state that the record is in.
        instance: names this very request; our logs know it by the same name.
        errors: the places in the body that do not validate; left out when there is none to point at.
    """

    type: Annotated[str, Field(pattern="^urn:ssm:problem:[a-z-]+$")]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    instance: Annotated[str, Field(pattern="^urn:ssm:request:")]
    errors: list[ProblemFault] | SkipJsonSchema[None] = None
