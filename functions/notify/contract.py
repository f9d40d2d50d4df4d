"""What comes to the room ``deliveries``: notifications of providers, and what the room puts off itself."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from functions.adapters.delivery_events import from_body, is_own
from functions.notify.providers import end_user_messaging, ses, sns, whatsapp
from functions.notify.providers.reading import Reading, UnreadableError

_GREETING = "Successfully validated SNS topic for Amazon SES event publishing."
_ENVELOPE = "Notification"


def read(text: str) -> Reading:
    """What a queued message tells.

    Args:
        text: a provider's notification, bare or in SNS's envelope; a log line of SNS; or our own form.

    Raises:
        UnreadableError: it is none of these. The text is never repeated.
    """
    if text.strip() == _GREETING:
        return Reading()
    body = _object_in(text)
    if body.get("Type") == _ENVELOPE and isinstance(body.get("Message"), str):
        return read(body["Message"])
    try:
        return _read_object(body)
    except (ValidationError, OverflowError):
        raise UnreadableError("form") from None


def log_lines(event: dict[str, Any]) -> Sequence[str] | None:
    """The lines that CloudWatch Logs hands over by a subscription; None where the event is none of its.

    Raises:
        UnreadableError: the data are broken.
    """
    if "awslogs" not in event:
        return None
    try:
        data = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
        # A CONTROL_MESSAGE only asks whether we are there.
        is_data = data["messageType"] == "DATA_MESSAGE"
        return [str(line["message"]) for line in data["logEvents"]] if is_data else []
    except (binascii.Error, OSError, EOFError, ValueError, KeyError, TypeError):
        raise UnreadableError("log-lines") from None


def _object_in(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError("no-json") from None
    if not isinstance(body, dict):
        raise UnreadableError("no-object")
    return body


def _read_object(body: dict[str, Any]) -> Reading:
    if is_own(body):
        return Reading([from_body(body)])
    if "whatsAppWebhookEntry" in body:
        return whatsapp.read(body)
    if "mail" in body:
        return ses.read(body)
    if end_user_messaging.is_known(body.get("eventType")):
        return end_user_messaging.read(body)
    if "notification" in body:
        return sns.read(body)
    raise UnreadableError("unknown-provider")
