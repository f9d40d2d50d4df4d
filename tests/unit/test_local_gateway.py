"""The local API's front door hands on what it gets, and lets callers queue."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from local.gateway import LARGEST_BODY, Gateway
from local.ports import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 3


class Upstream(ThreadingHTTPServer):
    """Answers with what it was asked, and counts how many asked at once."""

    def __init__(self) -> None:
        super().__init__((HOST, 0), Echo)
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.held = threading.Event()
        self.held.set()


class Echo(BaseHTTPRequestHandler):
    """Tells what it was asked."""

    server: Upstream

    def do_POST(self) -> None:
        """Answers 201 with the request as JSON."""
        with self.server.lock:
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        self.server.held.wait(5)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = {"path": self.path, "body": body.decode("latin-1"), "headers": self.headers.items()}
        answer = json.dumps(told).encode()
        with self.server.lock:
            self.server.now -= 1
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST  # noqa: N815 - the base class looks for it

    def log_message(self, *_: object) -> None:
        """Is silent."""


@contextlib.contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    with serving(server):
        yield server


@pytest.fixture
def port(upstream: Upstream) -> Iterator[int]:
    address = f"http://{HOST}:{upstream.server_port}/restapis/abc/api/_user_request_"
    with serving(Gateway(0, address, AT_ONCE)) as port:
        yield port


def ask(port: int, method: str, path: str, **request: Any) -> tuple[http.client.HTTPResponse, bytes]:  # noqa: ANN401 - http.client's own
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request(method, path, **request)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_path_query_body_and_headers_arrive_as_they_were_sent(port: int) -> None:
    body = "নাম".encode() + b"\xff"

    response, answer = ask(port, "POST", "/v1/x?a=%2F+b&a=2", body=body, headers={"Webhook-Id": "m-1"})

    told = json.loads(answer)
    assert response.status == 201
    assert told["path"] == "/restapis/abc/api/_user_request_/v1/x?a=%2F+b&a=2"
    assert told["body"].encode("latin-1") == body
    assert ["Webhook-Id", "m-1"] in told["headers"]
    assert response.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_a_chunked_body_arrives_whole(port: int) -> None:
    _, answer = ask(port, "POST", "/v1/x", body=iter([b"one ", b"two"]), encode_chunked=True)

    assert json.loads(answer)["body"] == "one two"


def test_one_connection_serves_several_calls(port: int) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    for path in ("/one", "/two"):
        connection.request("GET", path)
        assert json.loads(connection.getresponse().read())["path"].endswith(path)
    connection.close()


def test_callers_wait_for_their_turn(port: int, upstream: Upstream) -> None:
    upstream.held.clear()
    with ThreadPoolExecutor(12) as pool:
        calls = [pool.submit(ask, port, "POST", "/v1/x", body=b"{}") for _ in range(12)]
        threading.Timer(0.3, upstream.held.set).start()
        statuses = [call.result()[0].status for call in calls]

    assert statuses == [201] * 12
    assert upstream.most == AT_ONCE


def test_a_body_larger_than_api_gateway_takes_is_413(port: int) -> None:
    response, answer = ask(port, "POST", "/v1/x", body=b"x" * (LARGEST_BODY + 1))

    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer)["status"] == 413


@pytest.mark.parametrize("length", ["-1", "many"])
def test_a_length_that_is_none_is_400(port: int, length: str) -> None:
    response, _ = ask(port, "POST", "/v1/x", headers={"Content-Length": length})

    assert response.status == 400


def test_an_emulator_that_is_gone_is_502(upstream: Upstream) -> None:
    gone = upstream.server_port
    upstream.shutdown()
    upstream.server_close()
    with serving(Gateway(0, f"http://{HOST}:{gone}", AT_ONCE)) as port:
        response, _ = ask(port, "GET", "/v1/health")

    assert response.status == 502
