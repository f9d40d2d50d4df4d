"""Sends records over several connections at a given rate, and reads back where they stand."""

from __future__ import annotations

import threading
import time  # noqa: TID251 - paces by the wall clock
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

import urllib3

from local.client import SignedClient
from local.replay.accounting import SETTLED
from local.retrying import Delivery, post_patiently

_RECORDS = "/v1/call-centre/records"
_QUIET_SECONDS = 90.0
_PAUSE = 0.5
_CHUNK = 4


class OutOfTimeError(Exception):
    """The time that was allowed is over."""


class Traffic:
    """The call centre application under load.

    Args:
        client: Signs and sends.
        connections: How many requests may be under way at once.
        deadline: By the monotonic clock, when to give up.
    """

    def __init__(self, client: SignedClient, connections: int, deadline: float) -> None:
        self._client = client
        self._connections = connections
        self._deadline = deadline
        self._stop = threading.Event()

    def send(self, records: Sequence[Mapping[str, Any]], rate: float) -> Iterator[Delivery]:
        """Posts the records.

        Args:
            records: In order.
            rate: Records a second; 0 is as fast as it goes.

        Yields:
            Each delivery as it ends; fewer than there are records when the time ran out.
        """
        began = time.monotonic()
        with ThreadPoolExecutor(self._connections) as pool:
            posts = [
                pool.submit(self._send_one, record, began + number / rate if rate else began)
                for number, record in enumerate(records)
            ]
            try:
                for post in as_completed(posts):
                    delivery = post.result()
                    if delivery is not None:
                        yield delivery
            finally:
                # Whoever stops listening, be it by Ctrl-C, ends the sending too.
                self._stop.set()

    def read_back(self, references: Sequence[str], on_settled: Callable[[int], None]) -> dict[str, str]:
        """Reads records until each was taken up, none has moved for a while or the time is over.

        Args:
            on_settled: Told how many more were taken up.

        Returns:
            By reference, its status as read last; ``HTTP 404`` and the like where it could not be read.
        """
        statuses: dict[str, str] = {}
        waiting = deque(dict.fromkeys(references))
        moved_at = time.monotonic()
        with ThreadPoolExecutor(self._connections) as pool:
            while waiting:
                size = min(len(waiting), _CHUNK * self._connections)
                chunk = [waiting.popleft() for _ in range(size)]
                statuses |= zip(chunk, pool.map(self._status_of, chunk), strict=True)
                left = [reference for reference in chunk if statuses[reference] not in SETTLED]
                waiting.extend(left)
                on_settled(size - len(left))
                now = time.monotonic()
                if len(left) < size:
                    moved_at = now
                elif len(statuses) < len(set(references)):
                    continue  # some were not read at all yet
                elif now > self._deadline or now - moved_at > _QUIET_SECONDS:
                    break
                else:
                    time.sleep(_PAUSE)
        return statuses

    def _send_one(self, record: Mapping[str, Any], due: float) -> Delivery | None:
        try:
            self._pause(due - time.monotonic())
            return post_patiently(
                self._client, _RECORDS, record, f"replay_{record['record_id']}", self._pause
            )
        except OutOfTimeError:
            return None

    def _pause(self, seconds: float) -> None:
        left = self._deadline - time.monotonic()
        if self._stop.wait(max(0.0, min(seconds, left))) or seconds > left or left <= 0:
            raise OutOfTimeError

    def _status_of(self, reference: str) -> str:
        try:
            answer = self._client.get(f"{_RECORDS}/{reference}")
        except urllib3.exceptions.HTTPError:
            return "no answer"
        if answer.status != 200:  # noqa: PLR2004 - HTTP's OK
            return f"HTTP {answer.status}"
        return str(answer.body["status"])
