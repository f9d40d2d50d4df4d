"""Logs and metrics: structured, and never with personal data.

Log keys are codes, counts, statuses and references. What a citizen said, who they are and how to reach them
never gets here; exceptions of the domain carry none of it, and pydantic is told to hide its input.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger(service="ssm")
metrics = Metrics(namespace="SorasoriMukhyomontri", service="ssm")

Handler = TypeVar("Handler", bound=Callable[..., Any])


def count(name: str, value: int = 1) -> None:
    """Adds to a counter metric of this invocation."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def observed(handler: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Wraps a pure Lambda: log context set and cleared, metrics flushed, failures logged by their type."""

    @functools.wraps(handler)
    @metrics.log_metrics
    @logger.inject_lambda_context(clear_state=True)
    def wrapper(event: Any, context: Any) -> Any:  # noqa: ANN401 - Lambda's own events
        try:
            return handler(event, context)
        except Exception as error:
            logger.exception("failed", error=type(error).__name__)
            raise

    return wrapper
