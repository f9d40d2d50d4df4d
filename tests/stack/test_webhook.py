"""The signed door: who gets in, what a repeat gets, how errors look."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.client import Answer, SignedClient
from tests.stack.world import PERSONAL, RECORDS, World, record

JSON = {"Content-Type": "application/json"}


def assert_problem(answer: Answer, status: int) -> dict[str, Any]:
    """The one shape of errors, with nothing of the caller in it."""
    assert answer.status == status, answer
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.body
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    assert not [value for value in PERSONAL.values() if value in json.dumps(body, ensure_ascii=False)]
    return body


def test_a_repeat_gets_the_first_answer_also_after_the_record_moved_on(world: World) -> None:
    body = record()
    first = world.call_centre.post(RECORDS, body, webhook_id=f"w-{body['record_id']}")
    world.until_status(first.body["reference"], "under_review")

    repeat = world.call_centre.post(RECORDS, body, webhook_id=f"w-{body['record_id']}")
    under_new_id = world.call_centre.post(RECORDS, body)

    assert (first.status, repeat.status, under_new_id.status) == (201, 200, 200)
    assert first.body == repeat.body == under_new_id.body
    assert first.body == {
        "reference": first.body["reference"],
        "kind": "grievance",
        "status": "registered",
        "emergency": False,
    }


def test_a_key_that_comes_again_with_another_content_is_a_conflict(world: World) -> None:
    body = record()
    assert world.call_centre.post(RECORDS, body, webhook_id=f"w-{body['record_id']}").status == 201

    # the same webhook-id for another record
    assert_problem(world.call_centre.post(RECORDS, record(), webhook_id=f"w-{body['record_id']}"), 409)
    # the same record_id with another content
    assert_problem(world.call_centre.post(RECORDS, body | {"emergency": {"reason": "now"}}), 409)
    # a webhook-id under which a repeat was answered is taken as well
    assert world.call_centre.post(RECORDS, body, webhook_id=f"v-{body['record_id']}").status == 200
    assert_problem(world.call_centre.post(RECORDS, record(), webhook_id=f"v-{body['record_id']}"), 409)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"webhook-signature": "v1,AAAA"}, "wrong"),
        ({"webhook-signature": ""}, "empty"),
        ({"webhook-signature": None}, "missing"),
        ({"webhook-id": None}, "without id"),
        ({"webhook-id": "another"}, "of another id"),
        ({"webhook-timestamp": None}, "without time"),
        ({"webhook-timestamp": "tomorrow"}, "no time"),
        ({"webhook-timestamp": "1.5"}, "fractional time"),
    ],
)
def test_whoever_does_not_prove_itself_stays_outside_and_is_not_told_why(
    world: World, change: dict[str, str | None], why: str
) -> None:
    payload = json.dumps(record()).encode()
    headers = {**world.call_centre.signature(payload), **JSON, **change}

    answer = world.call_centre.send(
        "POST", RECORDS, {k: v for k, v in headers.items() if v is not None}, payload
    )

    assert assert_problem(answer, 401)["detail"] == "The sender is not authenticated.", why


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stale_request_is_refused(world: World, minutes: int) -> None:
    payload = json.dumps(record()).encode()
    at = datetime.now(UTC) + timedelta(minutes=minutes)

    answer = world.call_centre.send(
        "POST", RECORDS, {**world.call_centre.signature(payload, at=at), **JSON}, payload
    )

    assert_problem(answer, 401)


def test_a_changed_body_is_refused(world: World) -> None:
    payload = json.dumps(record()).encode()
    headers = {**world.call_centre.signature(payload), **JSON}

    assert_problem(world.call_centre.send("POST", RECORDS, headers, payload + b" "), 401)


def test_the_secret_of_one_sender_opens_no_other_ones_path(world: World) -> None:
    for sender in ("portal", "field"):
        other = SignedClient(world.stack.api_url, world.stack.webhook_secrets[sender])
        assert_problem(other.post(RECORDS, record()), 401)
        assert_problem(other.get("/v1/call-centre/reviews"), 401)


def test_secrets_rotate_without_a_deployment(world: World) -> None:
    secrets = world.aws("secretsmanager")
    name = "ssm/webhook/call-centre"
    before = json.loads(secrets.get_secret_value(SecretId=name)["SecretString"])
    fresh = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="
    try:
        secrets.put_secret_value(
            SecretId=name, SecretString=json.dumps({"current": fresh, "previous": before["current"]})
        )
        # the sender that has not changed over yet is let in still
        assert world.call_centre.post(RECORDS, record()).status == 201
        # and so is the one that has
        changed_over = SignedClient(world.stack.api_url, fresh)
        assert changed_over.post(RECORDS, record()).status == 201
    finally:
        secrets.put_secret_value(SecretId=name, SecretString=json.dumps(before))


def test_parameters_are_signed_sorted_and_encoded(world: World) -> None:
    path = "/v1/call-centre/reviews"
    signed = f"{path}?cursor=a%2Fb%20c&limit=3"
    headers = world.call_centre.signature(signed.encode())

    # sent in another order and with a plus for the blank: 422, since such a cursor is none of ours, not 401
    assert world.call_centre.send("GET", f"{path}?limit=3&cursor=a/b+c", headers, None).status == 422
    # with another value it is another request
    assert_problem(world.call_centre.send("GET", f"{path}?limit=4&cursor=a/b+c", headers, None), 401)


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"not json", 400),
        (b'{"record_id": "x", ' + b'"a": ' * 3, 400),
        (b"[" * 20000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"kind": "' + b"x" * 70_000 + b'"}', 413),
    ],
)
def test_a_body_that_is_no_record_is_told_so(world: World, payload: bytes, status: int) -> None:
    headers = {**world.call_centre.signature(payload or RECORDS.encode()), **JSON}

    assert_problem(world.call_centre.send("POST", RECORDS, headers, payload), status)


def test_what_does_not_validate_is_named_by_pointer_and_nothing_is_kept(world: World) -> None:
    wrong = record(department="NOPE", district="999", summary="s" * 201)
    wrong["caller"]["phone"] = "12345"
    wrong["caller"]["nickname"] = "x"
    wrong["call"]["started_at"] = "2026-11-24T10:15:00"

    body = assert_problem(world.call_centre.post(RECORDS, wrong), 422)

    pointers = {error["pointer"] for error in body["errors"]}
    assert pointers == {"/call/started_at", "/caller/phone", "/caller/nickname", "/subject/summary"}
    # the codes are looked at when the form is right
    body = assert_problem(world.call_centre.post(RECORDS, record(department="NOPE", district="999")), 422)
    assert {error["pointer"] for error in body["errors"]} == {"/subject/department", "/subject/district"}
    # a repeat under the same record_id is the first that counts
    assert world.call_centre.post(RECORDS, record() | {"record_id": wrong["record_id"]}).status == 201


def test_another_content_type_is_not_taken(world: World) -> None:
    payload = json.dumps(record()).encode()
    headers = {**world.call_centre.signature(payload), "Content-Type": "text/plain"}

    assert_problem(world.call_centre.send("POST", RECORDS, headers, payload), 415)


def test_a_mistyped_reference_is_told_apart_from_an_unknown_one(world: World) -> None:
    assert_problem(world.call_centre.get(f"{RECORDS}/SSM-4821-903-7717"), 404)
    assert_problem(world.call_centre.get(f"{RECORDS}/SSM-4821-903-7718"), 422)
    assert_problem(world.call_centre.get(f"{RECORDS}/SSM-4281-903-7717"), 422)
    assert_problem(world.call_centre.get(f"{RECORDS}/nonsense"), 422)


def test_paths_and_methods_that_are_not_served_are_problems_too(world: World) -> None:
    assert_problem(world.call_centre.get("/v1/nothing"), 404)
    assert_problem(world.call_centre.send("DELETE", RECORDS, {}, None), 404)


def test_health_is_open(world: World) -> None:
    answer = world.call_centre.send("GET", "/v1/health", {}, None)

    assert answer.status == 200
    assert answer.body["status"] == "ok"
    assert answer.body["version"]


def test_a_number_is_kept_in_one_form_however_it_was_spoken(world: World) -> None:
    body = record()
    body["caller"]["phone"] = "098300 54321"
    reference = world.registers(body)
    world.until_status(reference, "under_review")

    items = world.waiting_for_review()

    assert [item["caller"]["phone"] for item in items if item["reference"] == reference] == [
        PERSONAL["phone"]
    ]
    assert world.decides(reference, "reject", reason="of a test").status == 200
