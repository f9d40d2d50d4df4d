"""Standard Webhooks signatures (https://www.standardwebhooks.com, specification 1.0), strictly read.

The library signs; the header grammar, the tolerance and the comparison are held here, since its ``verify``
takes fractional times and loose base64 and reads the machine's own clock.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from standardwebhooks import Webhook

from functions.domain.errors import Unauthenticated

TOLERANCE = timedelta(minutes=5)
_ID = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE_BYTES = 32
_MOST_SIGNATURES = 8


def canonical_path(path: str, parameters: Sequence[tuple[str, str]]) -> str:
    """What a request without a body signs: the path and its parameters, sorted by name.

    Args:
        path: from ``/v1`` on, without API stage or base path.
        parameters: decoded; values are percent-encoded by RFC 3986.
    """
    if not parameters:
        return path
    pairs = sorted(parameters, key=lambda pair: pair[0])
    return path + "?" + "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def verify(headers: Mapping[str, str], payload: bytes, secrets: Sequence[str], now: datetime) -> str:
    """The ``webhook-id`` of a request that proved its sender.

    Args:
        headers: the request's; names in lower case.
        payload: what was signed: the raw body, or the canonical path of a request without one.
        secrets: any of these may have signed (current and previous).
        now: our clock; five minutes of difference are tolerated.

    Raises:
        Unauthenticated: something is missing, malformed, stale or wrong; ``reason`` says which, for logs.
    """
    webhook_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not _ID.fullmatch(webhook_id) or not _TIMESTAMP.fullmatch(timestamp):
        raise Unauthenticated("malformed-headers")
    signed_at = _moment(timestamp)
    if abs(now - signed_at) > TOLERANCE:
        raise Unauthenticated("stale")
    presented = _signatures(headers.get("webhook-signature", ""))
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        raise Unauthenticated("not-utf-8") from None
    matched = False
    for secret in secrets:
        made = Webhook(secret).sign(webhook_id, signed_at, text)
        expected = base64.b64decode(made.removeprefix("v1,"))
        for signature in presented:
            matched |= hmac.compare_digest(expected, signature)
    if not matched:
        raise Unauthenticated("wrong-signature")
    return webhook_id


def _moment(timestamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(timestamp), UTC)
    except (OverflowError, ValueError):
        raise Unauthenticated("malformed-headers") from None


def _signatures(header: str) -> list[bytes]:
    """The ``v1`` signatures of the header; other versions are passed over, as the specification says."""
    presented: list[bytes] = []
    parts = header.split(" ")
    if len(parts) > _MOST_SIGNATURES:
        raise Unauthenticated("malformed-headers")
    for part in parts:
        version, comma, encoded = part.partition(",")
        if not comma:
            raise Unauthenticated("malformed-headers")
        if version != "v1":
            continue
        try:
            signature = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise Unauthenticated("malformed-headers") from None
        if len(signature) != _SIGNATURE_BYTES:
            raise Unauthenticated("malformed-headers")
        presented.append(signature)
    return presented
