"""A portal that sends its answer byte by byte, or without an end, keeps nobody waiting."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

import pytest

from functions.adapters import portal as adapter
from functions.adapters.portal import LIST_SECONDS, PUSH_SECONDS, CmoGrievancePortal
from functions.domain.ports import Accepted, TryLater
from local.layout import PROJECT
from tests.builders import accepted

SECONDS = 0.3
HEAD = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
BODY = b'{"portal_id": "CMO/2026/1"}'
DAY = date(2026, 11, 24)
NO_ANSWER = TryLater(retry_after=None, why="no-answer")


def read_request(requests: BinaryIO) -> bool:
    """Reads one to its end; whether there was one."""
    lines = list(iter(lambda: requests.readline().strip().lower(), b""))
    lengths = [int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")]
    requests.read(sum(lengths))
    return bool(lines)


@contextmanager
def serving(at_once: bytes, *drops: bytes) -> Iterator[CmoGrievancePortal]:
    """A portal that answers one request after the other with the first part, and then drop by drop."""
    listening, over = socket.socket(), Event()
    listening.bind(("127.0.0.1", 0))
    listening.listen()

    def answer() -> None:
        while not over.is_set():
            connection, _ = listening.accept()
            with connection, connection.makefile("rb") as requests:
                while read_request(requests):
                    try:
                        connection.sendall(at_once)
                        for drop in drops:
                            if over.wait(SECONDS / 10):
                                return
                            connection.sendall(drop)
                    except OSError:
                        break

    thread = Thread(target=answer, daemon=True)
    thread.start()
    secrets = cast("Any", SimpleNamespace(portal_token=lambda: "token"))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield CmoGrievancePortal(url, secrets, push_seconds=SECONDS, list_seconds=SECONDS)
    finally:
        over.set()
        listening.close()


def drip(text: bytes) -> list[bytes]:
    return [bytes([one]) for one in text]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("at_once", "drops"),
    [
        (HEAD + b"Content-Length: 600\r\n\r\n", drip(BODY + b" " * 600)),
        (HEAD + b"\r\n", drip(BODY + b" " * 600)),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", [b"1\r\n \r\n"] * 600),
        (HEAD + b"X-Slow: ", drip(b"x" * 600)),
        (b"HTTP/1.1 201 ", drip(b"x" * 600)),
        (HEAD.replace(b"201", b"422") + b"X-Slow: ", drip(b"x" * 600)),
    ],
    ids=["length", "no length", "chunks", "headers", "first line", "refusal that is cut short"],
)
def test_an_answer_that_trickles_is_given_up_in_time(at_once: bytes, drops: list[bytes]) -> None:
    with serving(at_once, *drops) as portal:
        assert portal.push(accepted(), None) == NO_ANSWER
        assert portal.listed(DAY, None) == NO_ANSWER


def test_an_answer_in_pieces_that_is_there_in_time_is_taken() -> None:
    head = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY)
    with serving(head + BODY[:-2], *drip(BODY[-2:])) as portal:
        # AND the connection serves the next one
        assert [portal.push(accepted(), None) for _ in range(2)] == [Accepted("CMO/2026/1")] * 2


def test_an_answer_without_an_end_is_read_no_further_than_it_may_be_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(adapter, "_LONGEST_ANSWER", 1024)
    head = HEAD + b"Content-Length: 100000000\r\n\r\n"
    with serving(head + b" " * 4096) as portal:
        assert portal.push(accepted(), None) == TryLater(retry_after=None, why="status-201")


def test_the_functions_that_ask_outlive_a_portal_that_does_not_answer() -> None:
    config = json.loads((PROJECT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    stage = config["stages"]["app"]
    push = stage["lambda_functions"]["push"].get("lambda_timeout", stage.get("lambda_timeout"))
    # The reconciliation keeps three quarters of a minute for the page that it waits for, and its mail.
    assert (push or config["lambda_timeout"]) >= 2 * PUSH_SECONDS
    assert LIST_SECONDS < 45
