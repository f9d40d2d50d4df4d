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

_REREADS, _WITHIN = 10, timedelta(minutes=1)
"""Wrong signatures make a worker read so often in that time, however many they are."""
_STALE_AFTER = timedelta(minutes=15)
"""A secret that was withdrawn stops opening the door after so long at the most."""


class ManagedSecrets:
    """Fills the ``Secrets`` port."""

    def __init__(self, client: SecretsManagerClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}
        self._reread: dict[str, list[datetime]] = {}

    def webhook(self, sender: str, *, fresh: bool = False) -> Sequence[str]:
        """See ``ports.Secrets.webhook``."""
        name = f"ssm/webhook/{sender}"
        value = self._read(name, timedelta(0) if fresh and self._may_reread(name) else _STALE_AFTER)
        return [secret for secret in (value["current"], value.get("previous")) if secret]

    def _may_reread(self, name: str) -> bool:
        # What counts is how often that was done, not how old the value is: a sender may use a new secret in
        # the very second in which a worker has read the old one.
        now = self._clock.now()
        lately = [at for at in self._reread.get(name, ()) if now - at < _WITHIN]
        may = len(lately) < _REREADS
        self._reread[name] = [*lately, now] if may else lately
        return may

    def reference_key(self) -> bytes:
        """See ``ports.Secrets.reference_key``."""
        return base64.b64decode(self._read("ssm/reference-key", timedelta.max)["key"])

    def portal_token(self) -> str:
        """The bearer token of the CMO Grievance Portal."""
        return str(self._read("ssm/portal/token", _STALE_AFTER)["token"])

    def _read(self, name: str, max_age: timedelta) -> dict[str, Any]:
        now = self._clock.now()
        known = self._known.get(name)
        if known is not None and max_age and now - known[0] <= max_age:
            return known[1]
        with unavailable_when_out("secrets"):
            answer = self._client.get_secret_value(SecretId=name)
        value: dict[str, Any] = json.loads(answer["SecretString"])
        self._known[name] = (now, value)
        return value
