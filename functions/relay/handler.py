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

# At the most, so that the one which is begun last is brought to its end.
_A_PORTION_TAKES = timedelta(minutes=2)
# The schedule brings another run each minute: two at once would publish the same.
_UNTIL_THE_NEXT = timedelta(seconds=50)


@relay.lambda_function(name="relay")
@observed
def relay_changes(event: dict[str, Any], _: object) -> dict[str, Any]:
    """DynamoDB stream batch -> partial batch response."""
    return publish(ports(), event["Records"])


@relay.lambda_function(name="republish")
@observed
def republish(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """Schedule: publishes again what the stream lost.

    ``{"at_once": true}`` waits for no stream; ``{"since": "2026-11-24T09:00:00+05:30"}`` publishes what
    changed since then, whatever is known to be published, see ``republishing.publish_since``.
    """
    result: dict[str, Any]
    outside = ports()
    now = outside.clock.now()
    if "since" in event:
        left = timedelta(milliseconds=context.get_remaining_time_in_millis())
        stop_at = now + left - _A_PORTION_TAKES
        result = publish_since(outside, _moment(event["since"]), stop_at=stop_at)
    else:
        stream_takes = timedelta() if event.get("at_once") else STREAM_TAKES
        result = publish_lost(outside, stream_takes, stop_at=now + _UNTIL_THE_NEXT)
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
