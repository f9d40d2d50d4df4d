"""Secrets Manager, cached for the life of the worker."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from functions.adapters.outages import unavailable_when_out
from functions.domain.ports import Clock

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

_REREAD_AFTER = timedelta(minutes=1)
_STALE_AFTER = timedelta(minutes=15)
"""A secret that was withdrawn stops opening the door after so long at the most."""


class ManagedSecrets:
    """Fills the ``Secrets`` port."""

    def __init__(self, client: SecretsManagerClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}

    def webhook(self, sender: str, *, fresh: bool = False) -> Sequence[str]:
        """See ``ports.Secrets.webhook``."""
        value = self._read(f"ssm/webhook/{sender}", _REREAD_AFTER if fresh else _STALE_AFTER)
        return [secret for secret in (value["current"], value.get("previous")) if secret]

    def reference_key(self) -> bytes:
        """See ``ports.Secrets.reference_key``."""
        return base64.b64decode(self._read("ssm/reference-key", timedelta.max)["key"])

    def portal_token(self) -> str:
        """The bearer token of the CMO Grievance Portal."""
        return str(self._read("ssm/portal/token", _STALE_AFTER)["token"])

    def _read(self, name: str, max_age: timedelta) -> dict[str, Any]:
        now = self._clock.now()
        known = self._known.get(name)
        if known is not None and now - known[0] <= max_age:
            return known[1]
        with unavailable_when_out("secrets"):
            answer = self._client.get_secret_value(SecretId=name)
        value: dict[str, Any] = json.loads(answer["SecretString"])
        self._known[name] = (now, value)
        return value
