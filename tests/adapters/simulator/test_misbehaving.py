"""What it is told to do wrong."""

from email.message import Message as Headers

import pytest

from local.portal.api import PortalApi
from local.portal.contract import DropResponse, ErrorRate, Plain, RateLimit, Slow
from local.portal.exchange import Request
from local.portal.faults import Faults
from local.portal.pages import Page
from local.portal.store import Store
from tests.adapters.simulator.client import (
    PATH,
    TOKEN,
    Client,
    grievance,
    numbered,
)


def test_down_closes_connections_until_it_is_ok_again(client: Client) -> None:
    assert client.fault("down").json == {"mode": "down", "value": None}

    with pytest.raises(ConnectionError):
        client.post(grievance())
    with pytest.raises(ConnectionError):
        client.call("GET", f"{PATH}?date=2026-11-24")
    assert client.held() == []
    assert client.call("GET", "/_sim/health").json["mode"] == "down"

    client.fault("ok")
    assert client.post(grievance()).status == 201


def test_a_slow_answer_comes_after_the_post_is_stored(client: Client) -> None:
    client.fault("slow", 30)
    impatient = Client(client.portal, timeout=0.2)

    with pytest.raises(TimeoutError):
        impatient.post(grievance())

    assert len(client.held()) == 1


def test_slow_waits_its_seconds() -> None:
    waited: list[float] = []
    store, faults = Store(), Faults(lambda: 0.0)
    api = PortalApi(store, faults, TOKEN, waited.append, Page(store))
    faults.order(Slow(mode="slow", value=2.5))
    headers = Headers()
    headers["Authorization"] = f"Bearer {TOKEN}"

    answer = api.answer(Request("GET", PATH, {"date": "2026-11-24"}, headers))

    assert answer is not None
    assert answer.status == 200
    assert waited == [2.5]


def test_error_rate_fails_its_share_and_stores_none_of_it(client: Client) -> None:
    client.fault("error_rate", 0.5)
    first = [client.post(grievance(numbered(number))).status for number in range(40)]
    assert len(client.held()) == first.count(201)

    client.fault("error_rate", 0.5)
    second = [client.post(grievance(numbered(number))).status for number in range(40)]

    assert set(first) == {201, 503}
    assert [status == 503 for status in first] == [status == 503 for status in second]


@pytest.mark.parametrize(("rate", "status"), [(0, 201), (1, 503), (1.0, 503)])
def test_error_rate_has_exact_ends(client: Client, rate: float, status: int) -> None:
    client.fault("error_rate", rate)

    assert {client.post(grievance(numbered(number))).status for number in range(10)} == {status}


def test_error_rate_comes_near_its_share() -> None:
    faults = Faults(lambda: 0.0)
    faults.order(ErrorRate(mode="error_rate", value=0.3))

    failed = sum(faults.fails_this_post() for _ in range(1000))

    assert 250 < failed < 350


def test_dropped_answers_are_stored_and_counted_down(client: Client) -> None:
    client.fault("drop_response", 2)
    for number in range(2):
        with pytest.raises(ConnectionError):
            client.post(grievance(numbered(number)))

    assert client.call("GET", "/_sim/faults").json == {"mode": "ok", "value": None}
    assert [item["reference"] for item in client.held()] == [numbered(0), numbered(1)]
    assert client.post(grievance(numbered(1))).status == 200


def test_a_refused_post_drops_no_answer(client: Client) -> None:
    client.fault("drop_response", 1)

    assert client.post(grievance(summary="")).status == 422
    assert client.call("GET", "/_sim/faults").json == {"mode": "drop_response", "value": 1}


def test_beyond_the_rate_a_request_is_told_when_to_come_again(client: Client) -> None:
    client.fault("rate_limit", 0.001)

    assert client.post(grievance(numbered(1))).status == 201
    limited = client.post(grievance(numbered(2)))

    assert limited.status == 429
    assert 1 <= int(limited.headers["Retry-After"]) <= 1000
    assert len(client.held()) == 1


def test_the_bucket_fills_with_time() -> None:
    now = 100.0
    faults = Faults(lambda: now)
    faults.order(RateLimit(mode="rate_limit", value=2))

    assert [faults.retry_after() for _ in range(3)] == [None, None, 1]
    now += 0.5
    assert [faults.retry_after() for _ in range(2)] == [None, 1]
    now += 60
    assert [faults.retry_after() for _ in range(3)] == [None, None, 1]
    faults.order(RateLimit(mode="rate_limit", value=0))
    assert faults.retry_after() == 1


def test_a_new_order_ends_the_one_before() -> None:
    faults = Faults(lambda: 0.0)
    faults.order(DropResponse(mode="drop_response", value=5))
    faults.order(Plain(mode="ok"))

    assert not faults.drops_this_answer()


def test_refuse_gives_its_reason(client: Client) -> None:
    client.fault("refuse", "জেলা মেলে না")

    reply = client.post(grievance())

    assert (reply.status, reply.json["detail"]) == (422, "জেলা মেলে না")
    assert client.held() == []


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"mode": "sideways"}',
        b'{"mode": "slow"}',
        b'{"mode": "slow", "value": -1}',
        b'{"mode": "slow", "value": true}',
        b'{"mode": "error_rate", "value": 1.5}',
        b'{"mode": "error_rate", "value": "0.5"}',
        b'{"mode": "drop_response", "value": 1.5}',
        b'{"mode": "drop_response", "value": -1}',
        b'{"mode": "rate_limit", "value": -1}',
        b'{"mode": "refuse", "value": " "}',
        b'{"mode": "ok", "values": 1}',
    ],
)
def test_an_order_that_makes_no_sense_changes_nothing(client: Client, body: bytes) -> None:
    client.fault("slow", 0)

    assert client.call("POST", "/_sim/faults", body).status == 422
    assert client.call("GET", "/_sim/faults").json == {"mode": "slow", "value": 0.0}
