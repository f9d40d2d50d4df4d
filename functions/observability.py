"""Logs and metrics: structured, and never with personal data.

Log keys are codes, counts, statuses and references. What a citizen said, who they are and how to reach them
never gets here. Of an exception the log tells its type, a service's error code and where it happened, never
its text: a provider's may repeat the telephone number that it did not like.
"""

from __future__ import annotations

import functools
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter
from aws_lambda_powertools.metrics import MetricUnit
from botocore.exceptions import ClientError


class WithoutTexts(LambdaPowertoolsFormatter):
    """Powertools' JSON lines, with exceptions told by their frames and types alone."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - logging's own signature
        """The exception and what caused it, the cause first."""
        told = [
            line
            for error in _chain(ei[1])
            for line in (*traceback.format_tb(error.__traceback__), _name(error))
        ]
        return "\n".join(line.rstrip("\n") for line in told)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _name(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, ClientError):
        return f"{name}: {error.response.get('Error', {}).get('Code', '')} by {error.operation_name}"
    return name


# Not the app's name: of the logger of that name Chalice lets nothing through but errors.
logger = Logger(service="sorasori-mukhyomontri", logger_formatter=WithoutTexts(serialize_stacktrace=False))
metrics = Metrics(namespace="SorasoriMukhyomontri", service="ssm")

# An invocation that counts nothing is no news.
warnings.filterwarnings("ignore", "No application metrics to publish")

PROBE = {"probe": True}


def count(name: str, value: int = 1) -> None:
    """Adds to a counter metric of this invocation."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def flush() -> None:
    """Writes the metrics of this invocation, if there are any."""
    metrics.flush_metrics()


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
