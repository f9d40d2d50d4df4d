"""The nightly schedule, and an administrator who asks for certain days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.domain.calendar import IST
from functions.observability import logger, observed
from functions.reconcile.contract import is_nightly, read_days, read_time
from functions.reconcile.reconciling import reconcile as go_through

reconcile = Blueprint(__name__)

# What is needed after the last page: an answer of the portal that is waited for, the reports and a mail.
_MARGIN = timedelta(seconds=45)


@reconcile.lambda_function(name="reconcile")
@observed
def reconcile_days(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
    """EventBridge's scheduled event, or ``{"day"}`` or ``{"from", "to"}`` by hand -> each day's figures."""
    outside = ports()
    clock = outside.clock.now()
    now = read_time(event, clock, may_be_ahead=settings().stage == "local")
    days = read_days(event, now)
    late = outside.records.late_pushes(now.astimezone(IST).date()) if is_nightly(event) else ()
    left = timedelta(milliseconds=context.get_remaining_time_in_millis())
    until, tell = clock + left - _MARGIN, settings().grievance_cell_mail
    reports = go_through(outside, days, now=now, until=until, tell=tell, late=late)
    result = {"days": [report.summary() for report in reports]}
    logger.info("reconciled", days=len(reports))
    return result
