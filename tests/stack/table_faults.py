"""A table that fails on purpose: a proxy between the API's workers and the emulator's DynamoDB.

The API knows nothing of it: the SDK takes the table's address from the environment.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from local.ports import HOST
from local.process_table import process_table, tree
from tests.stack.world import World

_TRANSACTION = "TransactWriteItems"
_WRITES = frozenset({_TRANSACTION, "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"})
_ERRORS = "com.amazonaws.dynamodb.v20120810#"
_NOT_PASSED_ON = frozenset({"connection", "content-length", "host", "transfer-encoding"})
_HANGS_FOR = 60.0


class Fault(StrEnum):
    """What the table does to a request."""

    NONE = "none"
    THROTTLES = "throttles"
    CANCELS = "cancels"
    """Only transactions, because one of their items is throttled."""
    HANGS = "hangs"
    """No answer, and nothing done."""
    LOSES = "loses"
    """Only writes: done, and the connection is cut in place of the answer."""


class FaultyTable(ThreadingHTTPServer):
    """The proxy.

    Args:
        endpoint: the emulator's.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, endpoint: str) -> None:
        super().__init__((HOST, 0), _Call)
        address = urlsplit(endpoint)
        self.upstream = (address.hostname or HOST, address.port or 80)
        self.url = f"http://{HOST}:{self.server_port}"
        self._changed = threading.Condition()
        self._told = 0
        self.behave(Fault.NONE)

    def behave(self, fault: Fault, *, after: int = 0, times: int | None = None) -> None:
        """Has it fail from now on, and lets go what hangs.

        Args:
            fault: how.
            after: so many writes are done well before.
            times: so many requests fail, and then no more; None for all.
        """
        with self._changed:
            self._fault, self._passing, self._failing = fault, after, times
            self.done = self.failed = 0
            self._told += 1
            self._changed.notify_all()

    def until_done(self, writes: int, seconds: float = 20) -> None:
        """Waits until so many writes were done since it was told how to behave."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.done >= writes, seconds), self.done

    def fault_of(self, operation: str) -> Fault:
        """What is to become of a request."""
        concerned = {Fault.CANCELS: {_TRANSACTION}, Fault.LOSES: _WRITES}.get(self._fault)
        with self._changed:
            if self._passing > 0:
                self._passing -= operation in _WRITES
                return Fault.NONE
            if self._failing == 0 or (concerned is not None and operation not in concerned):
                return Fault.NONE
            if self._fault is not Fault.NONE:
                self.failed += 1
                self._failing = None if self._failing is None else self._failing - 1
            return self._fault

    def was_done(self, operation: str) -> None:
        """Counts a write that was done."""
        if operation in _WRITES:
            with self._changed:
                self.done += 1
                self._changed.notify_all()

    def hang(self) -> None:
        """Waits until it is told to behave otherwise."""
        with self._changed:
            told = self._told
            self._changed.wait_for(lambda: self._told != told, _HANGS_FOR)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in the base
        """Leaves out who went away meanwhile: that is what the faults are for."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Call(BaseHTTPRequestHandler):
    """One connection of a worker."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: FaultyTable

    def do_POST(self) -> None:
        """Passes a request on, or fails."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        operation = self.headers["X-Amz-Target"].rpartition(".")[2]
        match self.server.fault_of(operation):
            case Fault.NONE:
                self._answer(*self._done(operation, body))
            case Fault.THROTTLES:
                self._refuse({"__type": f"{_ERRORS}ThrottlingException", "message": "Rate exceeded"})
            case Fault.CANCELS:
                reasons = [{"Code": "None"} for _ in json.loads(body)["TransactItems"]]
                reasons[0] = {"Code": "ThrottlingError", "Message": "Throughput exceeds the current capacity"}
                self._refuse(
                    {
                        "__type": f"{_ERRORS}TransactionCanceledException",
                        "Message": "Transaction cancelled, please refer cancellation reasons",
                        "CancellationReasons": reasons,
                    }
                )
            case Fault.HANGS:
                self.close_connection = True
                self.server.hang()
            case Fault.LOSES:
                self.close_connection = True
                self._done(operation, body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _done(self, operation: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(*self.server.upstream, timeout=30)
        try:
            headers = {n: v for n, v in self.headers.items() if n.lower() not in _NOT_PASSED_ON}
            connection.request("POST", self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self.server.was_done(operation)
        return answer.status, answer.getheaders(), content

    def _refuse(self, error: dict[str, Any]) -> None:
        self._answer(400, [("Content-Type", "application/x-amz-json-1.0")], json.dumps(error).encode())

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def before_the_table(world: World) -> Iterator[FaultyTable]:
    """Puts the proxy between the deployed API and its table, and takes it away again."""
    name = world.stack.functions["api"]
    functions = world.aws("lambda")
    environment = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]

    def give(variables: dict[str, str]) -> None:
        # The emulator ends the workers that have the former environment.
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
        world.until(
            lambda: functions.get_function_configuration(FunctionName=name)["LastUpdateStatus"],
            lambda status: status == "Successful",
        )

    with FaultyTable(world.stack.aws_endpoint) as table:
        serving = threading.Thread(target=table.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        try:
            give({**environment, "AWS_ENDPOINT_URL_DYNAMODB": table.url})
            yield table
        finally:
            table.behave(Fault.NONE)
            give(environment)
            table.shutdown()
            serving.join()


def kill_api_workers(world: World) -> int:
    """Kills the API's worker processes of the tests' own emulator, as a crash does; how many there were."""
    emulator, table = world.stack.processes["ministack"], process_table()
    pid = int(emulator["pid"])
    assert table[pid].started == emulator["started"], "another process has the emulator's id now"
    mark = f"AWS_LAMBDA_FUNCTION_NAME={world.stack.functions['api']}".encode()
    workers = [
        entry.pid
        for entry in tree([pid], table)
        if mark in Path(f"/proc/{entry.pid}/environ").read_bytes().split(b"\0")
    ]
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    return len(workers)
