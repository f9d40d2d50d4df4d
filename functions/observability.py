"""Logs and metrics: structured, and never with personal data.

Log keys are codes, counts, statuses and references. What a citizen said, who they are and how to reach them
never gets here; exceptions of the domain carry none of it, and pydantic is told to hide its input.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

# Not the app's name: of the logger of that name Chalice lets nothing through but errors.
logger = Logger(service="sorasori-mukhyomontri")
metrics = Metrics(namespace="SorasoriMukhyomontri", service="ssm")

# An invocation that counts nothing is no news.
warnings.filterwarnings("ignore", "No application metrics to publish")

PROBE = {"probe": True}


def count(name: str, value: int = 1) -> None:
    """Adds to a counter metric of this invocation."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def observed(handler: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Wraps a pure Lambda: log context set and cleared, metrics flushed, failures logged by their type.

    The event ``{"probe": true}`` is answered before the handler sees it: whoever deploys can ask each
    function whether it loads, and has it warm.
    """

    @functools.wraps(handler)
    @metrics.log_metrics
    @logger.inject_lambda_context(clear_state=True)
    def wrapper(event: Any, context: Any) -> Any:  # noqa: ANN401 - Lambda's own events
        if event == PROBE:
            return {"ready": True}
        try:
            return handler(event, context)
        except Exception as error:
            logger.exception("failed", error=type(error).__name__)
            raise

    return wrapper
