"""Errors as the contract shows them: problem+json, JSON pointers, and nothing of what was sent."""

import json
from io import StringIO
from typing import Any, cast

import pytest
from chalice.app import Request, Response
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions import problems
from functions.domain.errors import (
    Conflict,
    Fault,
    GrievanceError,
    KeyReused,
    NotFound,
    Outrun,
    Refused,
    Unauthenticated,
    Unavailable,
    WrongState,
)
from functions.intake.contract import RecordIn
from functions.problems import MalformedBody, TooLarge, answer_to, answering, faults_of, reshape
from functions.validate.contract import DecisionIn
from tests.builders import PHONE, record_in, request

REQUEST_ID = "6a1f-request"


def faults(body: object, model: type[RecordIn] | type[DecisionIn] = RecordIn) -> dict[str, str]:
    """Pointers and sentences that a body is refused with."""
    with pytest.raises(Refused) as refused:
        request(body).read(model)
    return {fault.pointer or "": fault.detail for fault in refused.value.faults}


def shown(error: GrievanceError) -> tuple[Response, dict[str, Any]]:
    response = answer_to(error, REQUEST_ID)
    return response, cast("dict[str, Any]", response.body)


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (MalformedBody(), 400, "Bad Request"),
        (Unauthenticated("stale"), 401, "Unauthorized"),
        (NotFound("there is no record of this reference"), 404, "Not Found"),
        (WrongState("RecordAccepted is not possible while the record is forwarded"), 409, "Conflict"),
        (KeyReused("this webhook-id came before with another request"), 409, "Conflict"),
        (Outrun("the record was changed by somebody else just now"), 409, "Conflict"),
        (Conflict("another analyst holds it"), 409, "Conflict"),
        (TooLarge(), 413, None),
        (Refused(Fault("/kind", "is required")), 422, None),
        (Unavailable("table", 7), 503, "Service Unavailable"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_every_error_of_the_tree_has_its_answer(
    error: GrievanceError, status: int, title: str | None
) -> None:
    response, body = shown(error)
    assert response.status_code == body["status"] == status
    assert title is None or body["title"] == title
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["type"].startswith("urn:ssm:problem:")
    assert " " not in body["type"]
    assert REQUEST_ID in body["instance"]


def test_an_error_that_the_contract_does_not_know_is_not_dressed_up() -> None:
    with pytest.raises(GrievanceError):
        answer_to(GrievanceError("bare"), REQUEST_ID)


def test_an_outage_says_when_to_come_again() -> None:
    response, body = shown(Unavailable("table", 7))
    # A write may be done although its answer never came: it is not denied.
    assert body["detail"] == "Please try again later: nothing is known to be kept."
    assert response.headers["Retry-After"] == "7"


def test_a_wrong_state_names_the_state() -> None:
    _, body = shown(WrongState("RecordAccepted is not possible while the record is forwarded"))
    assert "forwarded" in body["detail"]


@pytest.mark.parametrize("reason", ["stale", "wrong-signature", "malformed-headers", "not-utf-8"])
def test_who_is_not_authenticated_is_not_told_why(reason: str) -> None:
    assert shown(Unauthenticated(reason))[1] == shown(Unauthenticated("another"))[1]


def test_each_fault_of_a_body_has_its_pointer() -> None:
    body = record_in(
        kind="complaint",
        call={"agent_id": "A 17", "language": "fr"},
        caller={"phone": "12345", "residence": "abroad"},
    )
    assert faults(body).keys() == {
        "/kind",
        "/call/started_at",
        "/call/agent_id",
        "/call/language",
        "/caller/phone",
        "/caller/residence",
    }
    assert faults(body)["/call/started_at"] == "is required"
    assert faults(body)["/caller/phone"] == "not a valid telephone number"


def test_the_answer_lists_the_faults() -> None:
    _, body = shown(Refused(Fault("/caller/phone", "is required"), Fault("/a~1b", "is odd")))
    assert body["errors"] == [
        {"pointer": "/caller/phone", "detail": "is required"},
        {"pointer": "/a~1b", "detail": "is odd"},
    ]


def test_a_misspelt_field_is_named() -> None:
    assert faults(record_in(emergancy=None)) == {"/emergancy": "is not a field of this message"}
    assert faults(record_in(caller={"phone": PHONE, "adress": "x"})) == {
        "/caller/adress": "is not a field of this message"
    }


@pytest.mark.parametrize("name", [PHONE, "রহিমা বিবি", "a b", "9830012345", "x" * 41, "", "a/b", "a\n"])
def test_a_field_name_that_looks_like_data_is_not_repeated(name: str) -> None:
    found = faults(record_in(caller={"phone": PHONE, name: "x"}))
    assert found == {"/caller": "has a field that is not one of this message"}


def test_a_fault_of_the_whole_body_is_listed_like_the_others() -> None:
    # GIVEN a field at the root whose name is not repeated, and another fault
    with pytest.raises(Refused) as refused:
        request(record_in(**{PHONE: "x", "kind": "complaint"})).read(RecordIn)
    # THEN the answer lists both, the whole body being the pointer ""
    _, body = shown(refused.value)
    assert {error["pointer"] for error in body["errors"]} == {"", "/kind"}


@pytest.mark.parametrize("body", [[], "text", 5, None, True])
def test_json_that_is_no_object_does_not_validate(body: object) -> None:
    with pytest.raises(Refused) as refused:
        request(body).read(RecordIn)
    response, answer = shown(refused.value)
    assert response.status_code == 422
    assert [error["pointer"] for error in answer["errors"]] == [""]


def test_what_is_wrong_beside_the_body_has_no_pointer_into_it() -> None:
    with pytest.raises(Refused) as refused:
        _ = request(b"", query={"limit": "101"}).limit
    _, body = shown(refused.value)
    assert "errors" not in body
    assert "limit" in body["detail"]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "", "1.0", " 5", "1e2", "৫", "0100", "²"])
def test_a_limit_is_a_number_from_1_to_100(limit: str) -> None:
    with pytest.raises(Refused):
        _ = request(b"", query={"limit": limit}).limit
    assert request(b"", query={"limit": "100"}).limit == 100
    assert request(b"", query={"limit": "1"}).limit == 1
    assert request(b"").limit == 50


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": "\xff"}',
        b'"\\ud800"',
        b"[" * 5000,
        b"\xef\xbb\xbf{",
        b"nul",
    ],
    ids=range(9),
)
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        request(body).read(RecordIn)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(record_in())), json_values, st.sampled_from([RecordIn, DecisionIn]))
def test_no_body_makes_anything_but_faults_with_pointers(
    name: str, value: object, model: type[RecordIn] | type[DecisionIn]
) -> None:
    try:
        request(record_in(**{name: value})).read(model)
    except Refused as refused:
        for fault in refused.faults:
            pointer = fault.pointer
            assert pointer is not None
            assert pointer == "" or pointer.startswith("/")


@given(st.text("qxz0123456789", min_size=8, max_size=30))
def test_no_answer_repeats_what_was_sent(said: str) -> None:
    body = record_in(
        kind=said,
        call={"started_at": said, "agent_id": f"{said} {said}", "language": said},
        caller={"phone": f"{said}x", "name": f"{said}\u202e", "residence": said, f" {said}": said},
        subject={"summary": said * 50, "department": [said]},
        emergency=said,
    )
    with pytest.raises(Refused) as refused:
        request(body).read(RecordIn)
    response, answer = shown(refused.value)
    assert said not in json.dumps([answer, response.headers])
    assert said not in str(refused.value)


def test_pointers_escape_what_json_pointer_escapes() -> None:
    assert problems._escaped("a/b~c") == "a~1b~0c"


def test_a_validation_error_of_no_json_is_told_apart() -> None:
    with pytest.raises(ValidationError) as error:
        RecordIn.model_validate_json(b"{")
    with pytest.raises(MalformedBody):
        faults_of(error.value)


def fake_request() -> Request:
    event: dict[str, Any] = {
        "multiValueQueryStringParameters": None,
        "headers": {},
        "pathParameters": {},
        "requestContext": {"httpMethod": "GET", "resourcePath": "/", "requestId": REQUEST_ID},
        "body": "",
        "stageVariables": {},
        "isBase64Encoded": False,
    }
    return Request(event)


def test_a_bug_is_answered_without_its_words(logged: StringIO) -> None:
    def broken() -> Response:
        message = "a bug that names nobody"
        raise RuntimeError(message)

    response = answering(broken, fake_request)()
    assert response.status_code == 500
    assert "names nobody" not in json.dumps(response.body)
    assert '"error":"RuntimeError"' in logged.getvalue()


def test_a_refusal_within_a_route_becomes_its_answer() -> None:
    def refuse() -> Response:
        raise Unauthenticated("stale")

    assert answering(refuse, fake_request)().status_code == 401


@pytest.mark.parametrize(("status", "shown_as"), [(400, 400), (404, 404), (405, 405), (415, 415), (418, 500)])
def test_the_frameworks_own_errors_get_the_contracts_shape(status: int, shown_as: int) -> None:
    own = Response(body={"Code": "SomeError", "Message": f"said {PHONE}"}, status_code=status)
    response = reshape(fake_request(), lambda _: own)
    assert response.status_code == shown_as
    assert response.headers["Content-Type"] == "application/problem+json"
    assert PHONE not in json.dumps(response.body)


def test_our_own_answers_pass_the_middleware_untouched() -> None:
    fine = Response(body={"status": "ok"}, status_code=200)
    ours = answer_to(NotFound("there is no record of this reference"), REQUEST_ID)
    assert reshape(fake_request(), lambda _: fine) is fine
    assert reshape(fake_request(), lambda _: ours) is ours
