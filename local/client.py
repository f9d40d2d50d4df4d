"""A client of the service as the other systems write one: it signs each request by Standard Webhooks."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import urllib3
from standardwebhooks import Webhook

_TIMEOUT = urllib3.Timeout(connect=5.0, read=60.0)


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        status: HTTP status code.
        headers: names in lower case.
        body: the JSON body as Python values, or the text where it is no JSON.
    """

    status: int
    headers: Mapping[str, str]
    body: Any


class SignedClient:
    """One sender's client; safe to use from several threads.

    Args:
        api_url: base to which ``/v1/…`` is appended.
        secret: the sender's signing secret, ``whsec_…``.
        connections: how many requests may be under way at once.
    """

    def __init__(self, api_url: str, secret: str, connections: int = 8) -> None:
        self._api_url = api_url
        self._webhook = Webhook(secret)
        self._http = urllib3.PoolManager(maxsize=connections, block=True, timeout=_TIMEOUT, retries=False)

    def post(self, path: str, body: object, *, webhook_id: str | None = None) -> Answer:
        """Posts a JSON body.

        Args:
            path: from ``/v1`` on.
            body: what ``json`` can write.
            webhook_id: the idempotency key; a new one when left out.
        """
        payload = json.dumps(body, ensure_ascii=False).encode()
        headers = self.signature(payload, webhook_id) | {"Content-Type": "application/json"}
        return self.send("POST", path, headers, payload)

    def get(self, path: str, parameters: Sequence[tuple[str, str]] = ()) -> Answer:
        """Gets a path with its parameters."""
        signed = path
        if parameters:
            pairs = sorted(parameters, key=lambda pair: pair[0])
            signed += "?" + "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in pairs)
        return self.send("GET", signed, self.signature(signed.encode()), None)

    def signature(
        self, payload: bytes, webhook_id: str | None = None, at: datetime | None = None
    ) -> dict[str, str]:
        """The three headers that prove the sender of a payload."""
        webhook_id = webhook_id or "msg_" + base64.urlsafe_b64encode(secrets.token_bytes(18)).decode()
        at = at or datetime.now(UTC)
        return {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._webhook.sign(webhook_id, at, payload.decode()),
        }

    def send(self, method: str, path: str, headers: Mapping[str, str], payload: bytes | None) -> Answer:
        """Sends a request as it is given."""
        response = self._http.request(
            method, self._api_url + path, body=payload, headers=dict(headers), redirect=False
        )
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=_read(response.data),
        )


def _read(data: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return json.loads(data)
    except ValueError:
        return data.decode(errors="replace")
