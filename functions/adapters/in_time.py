"""HTTP requests that are over in time as a whole, and whose answers are no longer than they may be.

A time-out of a socket starts anew with each piece that comes: whoever sends a byte now and then holds a
reader for as long as he likes.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Timer
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection


class OutOfTime(urllib3.exceptions.HTTPError):
    """The answer was not there in time."""


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        body: no more of it than was asked for.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Deadline:
    """Cuts the connection of a request when its time is over, wherever the reader waits."""

    def __init__(self) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []

    def watch(self, sock: socket.socket | None) -> None:
        """From here on that is what is cut."""
        if sock is not None:
            self._sockets.append(sock)
        if self.is_over:
            self.cut()

    def cut(self) -> None:
        """The time is over: whoever reads meets the end."""
        self.is_over = True
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


_current: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[_Deadline]:
    deadline = _Deadline()
    timer = Timer(seconds, deadline.cut)
    timer.daemon = True
    token = _current.set(deadline)
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()
        _current.reset(token)


class _Watched(HTTPConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3's own
        if (deadline := _current.get()) is not None:
            deadline.watch(self.sock)
        return super().getresponse()


class _WatchedTls(HTTPSConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3's own
        if (deadline := _current.get()) is not None:
            deadline.watch(self.sock)
        return super().getresponse()


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Watched


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _WatchedTls


class Requests:
    """Connections that are kept open, and requests over them."""

    def __init__(self, connect: float) -> None:
        self._connect = connect
        self._http = urllib3.PoolManager(retries=False, maxsize=2)
        self._http.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def ask(self, method: str, url: str, *, seconds: float, longest: int, **request: Any) -> Answer:  # noqa: ANN401 - urllib3's own
        """One request, one answer.

        Args:
            method: of HTTP.
            url: whom to ask.
            seconds: in which all of the answer is to be there.
            longest: bytes of its body that are read; of a longer one nobody waits for the end.
            request: as for ``urllib3.PoolManager.request``.

        Raises:
            urllib3.exceptions.HTTPError: there is no answer, or not all of it in time.
        """
        timeout = urllib3.Timeout(connect=self._connect, read=seconds)
        with _deadline(seconds) as deadline:
            response = self._http.request(method, url, timeout=timeout, preload_content=False, **request)
            try:
                body = response.read(longest)
            except urllib3.exceptions.HTTPError:
                response.close()
                raise
            if len(body) < longest and not deadline.is_over:
                response.release_conn()
            else:
                response.close()
            if deadline.is_over:
                # Where it was cut looks like its end.
                raise OutOfTime
            return Answer(response.status, response.headers, body)
