"""The sweep that the EventBridge schedule starts each minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.domain.errors import Fault, Refused
from functions.observability import logger, observed
from functions.sla_timer.sweeping import run_out

sla_timer = Blueprint(__name__)

_AHEAD = timedelta(minutes=5)


@sla_timer.lambda_function(name="sla_timer")
@observed
def sweep(event: dict[str, Any], _: object) -> dict[str, int]:
    """EventBridge's scheduled event, whose ``time`` is now -> how many records were due, how many failed."""
    outside = ports()
    now = datetime.fromisoformat(event["time"]).astimezone(UTC)
    if settings().stage != "local" and now > outside.clock.now() + _AHEAD:
        raise Refused(Fault("/time", "lies more than five minutes in the future"))
    result = run_out(outside, now)
    logger.info("swept", extra=result)
    return result
