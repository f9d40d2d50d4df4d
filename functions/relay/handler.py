"""Reads the table's stream, publishes the events that each change brought, and what the stream lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports
from functions.domain.errors import Fault, Refused
from functions.observability import logger, observed
from functions.relay.relaying import publish
from functions.relay.republishing import STREAM_TAKES, publish_lost, publish_since

relay = Blueprint(__name__)


@relay.lambda_function(name="relay")
@observed
def relay_changes(event: dict[str, Any], _: object) -> dict[str, Any]:
    """DynamoDB stream batch -> partial batch response."""
    return publish(ports(), event["Records"])


@relay.lambda_function(name="republish")
@observed
def republish(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Schedule: publishes again what the stream lost.

    ``{"at_once": true}`` waits for no stream; ``{"since": "2026-11-24T09:00:00+05:30"}`` publishes what
    changed since then, whatever is known to be published, see ``republishing.publish_since``.
    """
    result: dict[str, Any]
    if "since" in event:
        result = publish_since(ports(), _moment(event["since"]))
    else:
        result = publish_lost(ports(), timedelta() if event.get("at_once") else STREAM_TAKES)
    logger.info("looked for lost changes", extra=result)
    return result


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(Fault("/since", "is no time with an offset, such as 2026-11-24T09:00:00+05:30"))
    return moment.astimezone(UTC)
