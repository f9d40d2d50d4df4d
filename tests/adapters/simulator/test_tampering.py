"""What is done behind everybody's back."""

import json
from pathlib import Path
from typing import Any

import pytest

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


def tamper(client: Client, **order: object) -> Reply:
    """Does something to the entries behind everybody's back."""
    return client.call("POST", "/_sim/tamper", json.dumps(order).encode())


def test_what_is_lost_is_gone_and_entered_anew_under_another_id(client: Client) -> None:
    first = client.post(grievance()).json["portal_id"]
    client.post(grievance(recall_of=first), key=f"{REFERENCE}:recall:1")
    client.post(grievance(numbered(2)))

    assert tamper(client, action="lose", reference=REFERENCE).json == {"touched": 1}

    assert [held["reference"] for held in client.held()] == [numbered(2)]
    again = client.post(grievance())
    assert (again.status, again.json) == (201, {"portal_id": "CMO/2026/0000003"})
    (listed,) = [held for held in client.held() if held["reference"] == REFERENCE]
    assert listed["recalls"] == []


def test_a_key_may_be_remembered_of_what_is_lost(client: Client) -> None:
    client.post(grievance())
    tamper(client, action="lose", reference=REFERENCE, remember_keys=True)
    assert client.post(grievance()).json == {"portal_id": "CMO/2026/0000001"}
    assert client.held() == []


def test_recalls_alone_are_lost_and_taken_again(client: Client) -> None:
    first = client.post(grievance()).json["portal_id"]
    recall = grievance(recall_of=first)
    client.post(recall, key=f"{REFERENCE}:recall:1")
    assert tamper(client, action="lose_recalls", reference=REFERENCE).json == {"touched": 1}
    assert client.held()[0]["recalls"] == []
    assert client.post(recall, key=f"{REFERENCE}:recall:1").status == 201
    assert len(client.held()[0]["recalls"]) == 1


def test_the_list_tells_altered_fields_and_a_repeated_post_is_known_all_the_same(client: Client) -> None:
    client.post(grievance())
    altered = {"emergency": True, "complainant": None}
    assert tamper(client, action="alter", reference=REFERENCE, fields=altered).json == {"touched": 1}
    assert client.held()[0].items() >= altered.items()
    assert client.call("GET", f"{PATH}?date=2026-11-24").json["items"] == client.held()
    assert client.post(grievance()).status == 200


def test_an_entry_that_nobody_posted_is_listed_beside_the_others(client: Client) -> None:
    client.post(grievance())
    assert tamper(client, action="add", posted=grievance()).json == {"touched": 1}
    assert [(held["reference"], held["portal_id"]) for held in client.held()] == [
        (REFERENCE, "CMO/2026/0000001"),
        (REFERENCE, "CMO/2026/0000002"),
    ]
    assert client.held()[1]["idempotency_key"] != REFERENCE
    assert client.post(grievance()).json == {"portal_id": "CMO/2026/0000001"}


def test_what_was_done_behind_everybodys_back_outlives_a_restart(journal: Path) -> None:
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        client = Client(portal)
        for number in (1, 2, 3):
            client.post(grievance(numbered(number)))
        tamper(client, action="lose", reference=numbered(1))
        tamper(client, action="alter", reference=numbered(2), fields={"district": "303"})
        tamper(client, action="add", posted=grievance(numbered(4)))
        client.post(grievance(numbered(1)))
        held = client.held()
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        assert Client(portal).held() == held
        assert [entry["reference"] for entry in held] == [numbered(number) for number in (2, 3, 4, 1)]


@pytest.mark.parametrize(
    "order",
    [
        {"action": "burn", "reference": REFERENCE},
        {"action": "lose"},
        {"action": "alter", "reference": REFERENCE, "fields": {}},
        {"action": "add", "posted": {"reference": REFERENCE}},
        {"action": "add", "posted": grievance(recall_of="CMO/2026/0000001")},
    ],
)
def test_an_order_to_tamper_that_makes_no_sense_does_nothing(client: Client, order: dict[str, Any]) -> None:
    client.post(grievance())
    assert tamper(client, **order).status == 422
    assert len(client.held()) == 1
