"""How it speaks HTTP, and what it logs."""

import http.client
import http.server
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local.portal.server import PortalSimulator
from tests.adapters.simulator.client import (
    PATH,
    REPOSITORY,
    TOKEN,
    Client,
    grievance,
)


def test_stopping_ends_kept_connections(journal: Path) -> None:
    portal = PortalSimulator(state=journal, token=TOKEN)
    _, _, port = portal.url.rpartition(":")
    kept = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    for _ in range(2):
        kept.request("GET", "/_sim/health")
        assert kept.getresponse().read()
    first_socket = kept.sock

    portal.stop()
    portal.stop()

    assert first_socket.recv(1) == b""
    kept.close()


def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    token_file = tmp_path / "token"
    token_file.write_text(f"{TOKEN}\n")
    command = [sys.executable, "-m", "local.portal", "--port", "0", "--token-file", str(token_file)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--state", str(tmp_path / "journal")],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("portal simulator listening on http://127.0.0.1:")
        port = int(line.rpartition(":")[2])
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        kept.request("GET", "/_sim/health?phone=9830012345")
        assert json.loads(kept.getresponse().read())["status"] == "ok"
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=10)
    kept.close()
    assert process.returncode == 0
    assert log.startswith("GET /_sim/health 200 ")
    assert "9830012345" not in log


def test_nothing_of_a_body_is_logged(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    client.post(grievance())
    client.post(grievance(summary=""))

    out, log = capfd.readouterr()
    assert out == ""
    assert [line.split()[:3] for line in log.splitlines()] == [
        ["POST", PATH, "201"],
        ["POST", PATH, "422"],
    ]


def test_unknown_paths_and_methods_are_told_apart(client: Client) -> None:
    assert client.call("GET", "/nowhere").status == 404
    wrong = client.call("DELETE", PATH)
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST, GET")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /_sim/faults HTTP/1.1\r\n\r\n", b"411"),
        (b"POST /_sim/faults HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST /_sim/faults HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /_sim/faults HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", b"413"),
        (b"BREW /_sim/faults HTTP/1.1\r\n\r\n", b"501"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", b"404"),
    ],
)
def test_a_malformed_request_gets_an_answer(client: Client, head: bytes, status: bytes) -> None:
    _, _, port = client.portal.url.rpartition(":")
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as raw:
        raw.sendall(head)
        assert raw.recv(100).split()[1] == status
