"""What is entered, repeated and refused."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from local.portal.journal import Journal
from local.portal.server import PortalSimulator
from tests.adapters.simulator.client import (
    PATH,
    REFERENCE,
    TOKEN,
    Client,
    Reply,
    grievance,
    numbered,
)


def test_a_grievance_is_kept_as_it_was_posted(client: Client) -> None:
    reply = client.post(grievance())

    assert (reply.status, reply.json) == (201, {"portal_id": "CMO/2026/0000001"})
    (held,) = client.held()
    assert held.items() >= grievance().items()
    assert held["portal_id"] == "CMO/2026/0000001"
    assert held["recalls"] == []


def test_a_repeated_key_with_the_same_body_gets_the_same_id(client: Client) -> None:
    client.post(grievance())
    reordered = dict(reversed(grievance().items()))

    reply = client.post(reordered)

    assert (reply.status, reply.json) == (200, {"portal_id": "CMO/2026/0000001"})
    assert len(client.held()) == 1


def test_a_repeated_key_with_another_body_is_a_conflict(client: Client) -> None:
    client.post(grievance())

    reply = client.post(grievance(emergency=True))

    assert reply.status == 409
    assert client.held()[0]["emergency"] is False


def test_concurrent_posts_of_one_key_give_one_grievance(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, never = threading.Barrier(8), threading.Event()
    append = Journal.append

    def append_slowly(journal: Journal, line: bytes) -> None:
        # Long enough for the others to come in, were nothing to hold them.
        never.wait(0.1)
        append(journal, line)

    monkeypatch.setattr(Journal, "append", append_slowly)

    def post(_: int) -> Reply:
        together.wait(timeout=10)
        return client.post(grievance())

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(post, range(8)))

    assert sorted(reply.status for reply in replies) == [200] * 7 + [201]
    assert {reply.json["portal_id"] for reply in replies} == {"CMO/2026/0000001"}
    assert len(client.held()) == 1


def test_ids_are_numbered_within_the_year_of_registration_in_india(client: Client) -> None:
    last_evening_utc = "2026-12-31T19:00:00Z"
    client.post(grievance(numbered(1)))

    second = client.post(grievance(numbered(2)))
    new_year = client.post(grievance(numbered(3), registered_at=last_evening_utc))

    assert second.json["portal_id"] == "CMO/2026/0000002"
    assert new_year.json["portal_id"] == "CMO/2027/0000001"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"source": "Somebody else"}, "source"),
        ({"surprise": 1}, "surprise"),
        ({"emergency": "false"}, "emergency"),
        ({"summary": ""}, "summary"),
        ({"summary": "অ" * 201}, "summary"),
        ({"details": "x" * 5001}, "details"),
        ({"registered_at": "2026-11-24T10:15:00"}, "registered_at"),
        ({"registered_at": 1764000000}, "registered_at"),
        ({"registered_at": "0001-01-01T00:00:00+14:00"}, "registered_at"),
        ({"due_at": "tomorrow"}, "due_at"),
        ({"complainant": {"name": None, "phone": "98300", "address": None}}, "complainant.phone"),
        ({"complainant": {"phone": "+919830012345", "address": None}}, "complainant.name"),
    ],
)
def test_a_body_of_another_shape_is_refused_in_words(
    client: Client, changes: dict[str, Any], named: str
) -> None:
    reply = client.post(grievance(**changes))

    assert reply.status == 422
    assert named in reply.json["detail"]
    assert "98300" not in reply.json["detail"]
    assert client.held() == []


def test_a_missing_field_is_refused(client: Client) -> None:
    body = grievance()
    del body["recall_of"]

    assert client.post(body).status == 422


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"source": "\\ud800"}', b"[" * 100_000])
def test_a_body_that_is_not_json_is_a_bad_request(client: Client, body: bytes) -> None:
    assert client.call("POST", PATH, body, Idempotency_Key=REFERENCE).status == 400


@pytest.mark.parametrize("key", ["SSM-0000-000-0000", f"{REFERENCE}:recall:1", f"{REFERENCE}:recall:0", "x"])
def test_a_key_that_does_not_fit_the_body_is_refused(client: Client, key: str) -> None:
    reply = client.post(grievance(), key)

    assert reply.status == 422
    assert "Idempotency-Key" in reply.json["detail"]


def test_a_post_needs_a_key(client: Client) -> None:
    assert client.call("POST", PATH, json.dumps(grievance()).encode()).status == 400


@pytest.mark.parametrize("token", [None, "", "another", TOKEN + "x", "ü"])
def test_without_the_token_nothing_is_taken_or_listed(client: Client, token: str | None) -> None:
    stranger = Client(client.portal, token)

    assert stranger.post(grievance()).status == 401
    assert stranger.call("GET", f"{PATH}?date=2026-11-24").status == 401
    assert client.held() == []


def test_another_scheme_is_no_proof(client: Client) -> None:
    stranger = Client(client.portal, None, extra={"Authorization": f"Basic {TOKEN}"})

    assert stranger.post(grievance()).status == 401


def test_an_empty_token_is_refused_at_the_start(journal: Path) -> None:
    with pytest.raises(ValueError, match="token"):
        PortalSimulator(state=journal, token="")


def test_recalls_are_kept_under_their_grievance(client: Client) -> None:
    portal_id = client.post(grievance()).json["portal_id"]
    recall = grievance(recall_of=portal_id, summary="The report does not match the site")

    first = client.post(recall, f"{REFERENCE}:recall:1")
    repeated = client.post(recall, f"{REFERENCE}:recall:1")
    changed = client.post(recall | {"summary": "other"}, f"{REFERENCE}:recall:1")
    second = client.post(recall, f"{REFERENCE}:recall:2")

    assert [first.status, repeated.status, changed.status, second.status] == [201, 200, 409, 201]
    assert first.json == repeated.json == second.json == {"portal_id": portal_id}
    (held,) = client.held()
    assert [kept["idempotency_key"] for kept in held["recalls"]] == [
        f"{REFERENCE}:recall:1",
        f"{REFERENCE}:recall:2",
    ]
    assert held["recalls"][0].items() >= recall.items()
    assert held["recall_of"] is None


def test_a_recall_of_an_unknown_grievance_is_refused(client: Client) -> None:
    reply = client.post(grievance(recall_of="CMO/2026/0000009"), f"{REFERENCE}:recall:1")

    assert reply.status == 422
    assert "recall_of" in reply.json["detail"]


def test_a_recall_of_another_references_grievance_is_refused(client: Client) -> None:
    portal_id = client.post(grievance(numbered(1))).json["portal_id"]

    assert client.post(grievance(recall_of=portal_id), f"{REFERENCE}:recall:1").status == 422


@pytest.mark.parametrize("key", [REFERENCE, f"{REFERENCE}:recall:", f"{REFERENCE}:recall:01"])
def test_a_recall_needs_a_recalls_key(client: Client, key: str) -> None:
    portal_id = client.post(grievance()).json["portal_id"]

    assert client.post(grievance(recall_of=portal_id), key).status == 422
