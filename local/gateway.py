"""The front door of the local API: a plain address, and no more calls at once than the machine can carry.

For each call that runs at the same time the emulator starts a process of 50 MB, or it answers 429; on AWS
neither is seen. So calls queue here. Started by ``python -m local.gateway --port N --upstream URL``.
"""

from __future__ import annotations

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from local.ports import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_BODY = 10 * 2**20  # API Gateway's own limit
SECONDS = 60.0

_HOP_BY_HOP = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer"),
        *("transfer-encoding", "upgrade", "host", "expect", "content-length"),
    }
)
_DRAINED_AT_MOST = 64 * 2**20
_CHUNK = 64 * 2**10


class Gateway(ThreadingHTTPServer):
    """Passes each call on to the emulator, a few at a time."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, port: int, upstream: str, at_once: int) -> None:
        super().__init__((HOST, port), _Call)
        address = urlsplit(upstream)
        self.upstream = (address.hostname or HOST, address.port or 80)
        self.prefix = address.path.rstrip("/")
        self.turns = threading.BoundedSemaphore(at_once)


class _TooLargeError(Exception):
    """The body is larger than API Gateway takes."""


class _Call(BaseHTTPRequestHandler):
    """One client's connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body of an answer leave together
    server: Gateway

    def handle_any(self) -> None:
        """Passes a request on and its answer back."""
        try:
            body = self._body()
        except _TooLargeError:
            self._problem(413, "Content Too Large")
            return
        except ValueError:
            self._problem(400, "Bad Request")
            return
        with self.server.turns:
            connection = http.client.HTTPConnection(*self.server.upstream, timeout=SECONDS)
            try:
                connection.putrequest(self.command, self.server.prefix + self.path, skip_accept_encoding=True)
                for name, value in self._passed_on():
                    connection.putheader(name, value)
                connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body or None)
                answer = connection.getresponse()
                content = answer.read()
            except (http.client.InvalidURL, ValueError):
                self._problem(400, "Bad Request")
                return
            except (OSError, http.client.HTTPException) as error:
                self.log_error("%s %s: %r", self.command, self.path, error)
                self._problem(504 if isinstance(error, TimeoutError) else 502, "No answer from the emulator")
                return
            finally:
                connection.close()
        self._answer(answer.status, answer.getheaders(), content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_any  # noqa: N815 - the base class looks for these

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Leaves successful calls unlogged: their addresses are the clients' business."""

    def _passed_on(self) -> Iterator[tuple[str, str]]:
        yield from ((name, value) for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP)

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(self._chunks())
        length = int(self.headers.get("Content-Length") or 0)
        if length < 0:
            raise ValueError(length)
        if length > LARGEST_BODY:
            self._drain(length)
            raise _TooLargeError
        return self.rfile.read(length)

    def _chunks(self) -> Iterator[bytes]:
        total = 0
        while size := int(self.rfile.readline(1024).partition(b";")[0], 16):
            total += size
            if total > LARGEST_BODY:
                self.close_connection = True
                raise _TooLargeError
            yield self.rfile.read(size)
            self.rfile.readline(1024)
        while self.rfile.readline(1024).strip():
            pass

    def _drain(self, length: int) -> None:
        # A client that is cut off while it sends sees a broken connection and not the answer.
        self.close_connection = True
        left = min(length, _DRAINED_AT_MOST)
        while left and (chunk := self.rfile.read(min(left, _CHUNK))):
            left -= len(chunk)

    def _problem(self, status: int, title: str) -> None:
        problem = json.dumps({"type": "about:blank", "title": title, "status": status}).encode()
        self._answer(status, [("Content-Type", "application/problem+json")], problem)

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def main(
    port: Annotated[int, typer.Option(help="The port of the loopback interface to listen on.")],
    upstream: Annotated[str, typer.Option(help="The emulator's address of the API and its stage.")],
    at_once: Annotated[int, typer.Option(help="How many calls may run at the same time.")] = 3,
) -> None:
    """Serves the local API's front door until it is stopped."""
    Gateway(port, upstream, at_once).serve_forever()


if __name__ == "__main__":
    typer.run(main)
