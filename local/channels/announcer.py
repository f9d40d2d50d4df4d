"""Publishes what becomes of messages to the deployed stack's topic."""

import json
import queue
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.aws import REGION, Emulator
from local.channels.outcomes import ACCOUNT

TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:ssm-local-deliveries"
LATER = 0.3
"""Seconds after a message was taken at which the first of its events comes: no carrier is faster."""

Tell = Callable[[Iterable[dict[str, Any]]], None]


def tell_nobody(_: Iterable[dict[str, Any]]) -> None:
    """Where there is no stack to tell."""


class Announcer:
    """Publishes events in their order, from a thread of its own; where there is no topic they are lost.

    Args:
        emulator: whose SNS holds the topic.
        wait: waits so many seconds, or less when the process is to stop.
    """

    def __init__(self, emulator: Emulator, wait: Callable[[float], object]) -> None:
        self._emulator = emulator
        self._wait = wait
        self._waiting: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def tell(self, events: Iterable[dict[str, Any]]) -> None:
        """Has events published."""
        for event in events:
            self._waiting.put(event)

    def stop(self) -> None:
        """Ends, when what waits is told."""
        self._waiting.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while (event := self._waiting.get()) is not None:
            self._wait(LATER)
            self._publish(event)

    def _publish(self, event: dict[str, Any]) -> None:
        topics = self._emulator.topics
        try:
            with suppress(topics.exceptions.NotFoundException):
                topics.publish(TopicArn=TOPIC, Message=json.dumps(event))
        except (BotoCoreError, ClientError) as error:
            sys.stderr.write(f"an event could not be published: {type(error).__name__}\n")
