"""The simulator on a socket: HTTP/1.1 with kept connections, one thread for each."""

import http.server
import json
import socket
import socketserver
import sys
import threading
import time  # noqa: TID251 - a process of its own, which no handler of the product runs in
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

from local.aws import Emulator as Aws
from local.channels.announcer import Announcer, tell_nobody
from local.channels.api import ChannelsApi
from local.channels.faults import ChannelFaults
from local.portal.api import PortalApi
from local.portal.emulator import Emulator
from local.portal.exchange import Answer, Request, problem
from local.portal.faults import Faults
from local.portal.journal import Journal
from local.portal.pages import Page
from local.portal.store import Store

_LARGEST_BODY = 256 * 1024
_LONGEST_LOGGED_PATH = 100
_POLL_SECONDS = 0.05

# The base class's type, whose second half is for datagrams.
_Request = socket.socket | tuple[bytes, socket.socket]


class _BodyError(Exception):
    """A body that is not read; carries the answer, after which the connection is closed."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection: reads requests, asks the API, writes answers, and logs nothing that was said."""

    server: "_HttpServer"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # Head and body of an answer leave together.
    wbufsize = -1

    def do_GET(self) -> None:
        """Answers any method that the API knows or refuses."""
        began = time.monotonic()
        path, _, query = self.path.partition("?")
        answer: Answer | None
        try:
            body = self._read_body()
            request = Request(self.command, path, dict(parse_qsl(query)), self.headers, body)
            answer = self.server.api.answer(request)
        except _BodyError as error:
            answer = error.answer
            self.close_connection = True
        except ConnectionError:
            answer = None
        if answer is None:
            self.close_connection = True
        else:
            self._write(answer)
        milliseconds = (time.monotonic() - began) * 1000
        self._log(path, "closed" if answer is None else str(answer.status), milliseconds)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the base class looks for these

    def handle_expect_100(self) -> bool:
        """Lets a caller who waits for it go on to send his body."""
        ready = super().handle_expect_100()
        self.wfile.flush()
        return ready

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers what the base class could not even read as a request; it repeats none of it."""
        del message, explain
        self.close_connection = True
        self._write(problem(code, "This is not a request that can be answered."))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Says nothing: the base class would log the query too."""

    def version_string(self) -> str:
        """The ``Server`` header."""
        return "portal-simulator"

    def _read_body(self) -> bytes:
        lengths = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers or (self.command == "POST" and not lengths):
            raise _BodyError(problem(411, "The header Content-Length is needed."))
        if not lengths:
            return b""
        if len(lengths) > 1 or not (lengths[0].isascii() and lengths[0].isdigit()):
            raise _BodyError(problem(400, "The header Content-Length is not a number."))
        if len(lengths[0]) > len(str(_LARGEST_BODY)) or int(lengths[0]) > _LARGEST_BODY:
            raise _BodyError(problem(413, f"A body has at most {_LARGEST_BODY} bytes."))
        body = self.rfile.read(int(lengths[0]))
        if len(body) < int(lengths[0]):
            raise ConnectionError
        return body

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def _log(self, path: str, status: str, milliseconds: float) -> None:
        # As a JSON string's inside: a path cannot break the line or drive the terminal.
        shown = json.dumps(path[:_LONGEST_LOGGED_PATH])[1:-1]
        sys.stderr.write(f"{self.command} {shown} {status} {milliseconds:.1f}ms\n")
        sys.stderr.flush()


class _HttpServer(http.server.ThreadingHTTPServer):
    """Listens, and knows the connections that are open."""

    request_queue_size = 128
    daemon_threads = True

    def __init__(self, address: tuple[str, int], api: PortalApi) -> None:
        self.api = api
        self.connections: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Binds without asking the name service for this machine's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def process_request(self, request: _Request, client_address: object) -> None:
        """Gives a connection to a thread of its own, and notes it."""
        assert isinstance(request, socket.socket)
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Request) -> None:
        """Ends a connection."""
        assert isinstance(request, socket.socket)
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Logs the kind of an error alone: its text could repeat a body."""
        del request, client_address
        kind = sys.exc_info()[0]
        sys.stderr.write(f"a connection ended with {kind.__name__ if kind else 'an error'}\n")

    def hang_up(self) -> None:
        """Ends every open connection, so that no thread goes on answering."""
        for connection in self.connections.copy():
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class PortalSimulator:
    """The portal simulator, from its start to its stop; a context manager that stops at the end.

    ``with PortalSimulator(state=path, token="…") as portal:`` serves at ``portal.url``, from its own threads.

    Args:
        state: the journal's file; it is made when there is none.
        token: the bearer token that the API asks for.
        host: the address to listen at.
        port: the port to listen at; 0 takes a free one.
        aws_endpoint: the emulator's ``http://`` address, whose SMS and mails the page shows; what becomes of
            WhatsApp messages and calls is published there.
        public_base_url: what the button of a WhatsApp message opens, without its path.

    Raises:
        JournalError: the journal is held by another process, or a line of it is unreadable.
        OSError: the port is taken, or the journal cannot be opened.
        ValueError: the token is empty, or the endpoint is not an ``http://`` address.
    """

    def __init__(
        self,
        *,
        state: Path,
        token: str,
        host: str = "127.0.0.1",
        port: int = 0,
        aws_endpoint: str | None = None,
        public_base_url: str = "",
    ) -> None:
        if not token:
            raise ValueError("the bearer token is empty")
        emulator = Emulator(aws_endpoint) if aws_endpoint else None
        self._stopping = threading.Event()
        self._announcer: Announcer | None = None
        journal = Journal(state)
        try:
            self.store = Store(journal)
            self.faults = Faults(time.monotonic)
            if aws_endpoint:
                self._announcer = Announcer(Aws(aws_endpoint), self._stopping.wait)
            page = Page(self.store, emulator)
            channel_faults = ChannelFaults()
            tell = self._announcer.tell if self._announcer else tell_nobody
            channels = ChannelsApi(self.store, channel_faults, tell, public_base_url)
            api = PortalApi(
                self.store, self.faults, token, self._stopping.wait, page, channels, channel_faults
            )
            self._server = _HttpServer((host, port), api)
        except BaseException:
            journal.close()
            raise
        self.url = f"http://{host}:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_SECONDS,), name="portal-simulator", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stops listening, ends every connection and closes the journal; a second call does nothing."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.hang_up()
        if self._announcer:
            self._announcer.stop()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
