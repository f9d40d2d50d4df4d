"""The secrets of the local stack: made once, then kept in the emulator's Secrets Manager."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.aws import Emulator

SENDERS = ("call-centre", "portal", "field")

_WEBHOOK = "ssm/webhook/{}"
_PORTAL_TOKEN = "ssm/portal/token"  # noqa: S105 - a name
_REFERENCE_KEY = "ssm/reference-key"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Credentials:
    """What local clients and the portal simulator need to know.

    Attributes:
        webhook_secrets: The current secret of each sender.
        portal_token: The bearer token for the portal.
    """

    webhook_secrets: dict[str, str]
    portal_token: str


def ensure_credentials(emulator: Emulator) -> Credentials:
    """Makes the secrets that are not there yet, and reads them all."""
    webhooks = {
        sender: _ensure(
            emulator, _WEBHOOK.format(sender), lambda: {"current": f"whsec_{_key()}", "previous": None}
        )["current"]
        for sender in SENDERS
    }
    token = _ensure(emulator, _PORTAL_TOKEN, lambda: {"token": secrets.token_urlsafe(_KEY_BYTES)})["token"]
    _ensure(emulator, _REFERENCE_KEY, lambda: {"key": _key()})
    return Credentials(webhook_secrets=webhooks, portal_token=token)


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(path)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _ensure(emulator: Emulator, name: str, fresh: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        held = emulator.secrets.get_secret_value(SecretId=name)["SecretString"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        held = json.dumps(fresh())
        emulator.secrets.create_secret(Name=name, SecretString=held)
    value: dict[str, Any] = json.loads(held)
    return value
