"""Posts until there is an answer that counts: what a sender of the service has to do."""

from __future__ import annotations

import random  # noqa: TID251 - commands draw for themselves, only the functions go through the ports
import time  # noqa: TID251 - measures by the wall clock
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import urllib3

from local.client import Answer, SignedClient

ATTEMPTS = 8
LONGEST_PAUSE = 120.0

# Of the gateway's two nobody knows whether the record was kept; the same webhook-id makes a repeat harmless.
_TRY_AGAIN = frozenset({429, 502, 503, 504})
_FIRST_PAUSE = 0.5
_LARGEST_OWN_PAUSE = 30.0


@dataclass(frozen=True)
class Delivery:
    """What became of a post.

    Attributes:
        answer: The last answer; None when nobody answered.
        seconds: How long the last answer took.
        tries: How often it was posted.
    """

    answer: Answer | None
    seconds: float
    tries: int

    @property
    def outcome(self) -> str:
        """The status in words, for counting."""
        return str(self.answer.status) if self.answer else "no answer"


def post_patiently(
    client: SignedClient,
    path: str,
    body: object,
    webhook_id: str,
    pause: Callable[[float], object] = time.sleep,
) -> Delivery:
    """Posts a body, and again with the same ``webhook-id`` while the service has no time for it.

    Args:
        client: The sender's.
        path: From ``/v1`` on.
        body: What ``json`` can write.
        webhook_id: The idempotency key.
        pause: How to wait; may raise to give up.

    Returns:
        The first answer that counts, or the last one after as many tries as are allowed.
    """
    for tries in range(1, ATTEMPTS + 1):
        began = time.monotonic()
        answer: Answer | None = None
        try:
            answer = client.post(path, body, webhook_id=webhook_id)
        except urllib3.exceptions.HTTPError:
            waited = None
        else:
            waited = retry_after(answer.headers, datetime.now(UTC))
        delivery = Delivery(answer, time.monotonic() - began, tries)
        if answer is not None and answer.status not in _TRY_AGAIN:
            return delivery
        seconds = pause_before(tries, waited, random.random())  # noqa: S311 - spreads repeats, hides nothing
        if seconds > LONGEST_PAUSE or tries == ATTEMPTS:
            break
        pause(seconds)
    return delivery


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that ``Retry-After`` asks for, be they given as a number or as a date.

    Args:
        headers: Of the answer, names in lower case.
        now: The present.

    Returns:
        None where it is missing or unreadable.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


def pause_before(tries: int, asked: float | None, share: float) -> float:
    """How long to wait before the next try: never less than was asked for, and spread.

    Args:
        tries: How many there were.
        asked: By ``Retry-After``, None where it said nothing.
        share: From 0 to 1, drawn anew for each pause.
    """
    own = min(_LARGEST_OWN_PAUSE, _FIRST_PAUSE * 2.0 ** (tries - 1))
    if asked is None:
        return own * (0.5 + share / 2)
    return asked + max(own, asked) / 2 * share
