"""What an AWS service says when it has no time for us, in the domain's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError, SSLError
from botocore.parsers import ResponseParserError

from functions.domain.errors import Unanswered, Unavailable

# Everything that says "not now" rather than "never": worth the caller's trying again. Each service has its
# own words for it.
_TRANSIENT = frozenset(
    {
        # DynamoDB, SQS, Step Functions, EventBridge, Secrets Manager, S3
        "InternalError",
        "InternalException",
        "InternalFailure",
        "InternalServerError",
        "InternalServiceError",
        "InternalServiceErrorException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TransactionInProgressException",
        # SNS and SES
        "KMSThrottling",
        "KMSThrottlingException",
        "LimitExceededException",
        "Throttled",
        "ThrottledException",
        "TooManyRequestsException",
        # End User Messaging
        "DependencyException",
        "InternalServerException",
        "InternalServiceException",
        "ThrottledRequestException",
    }
)
_OUT = 500
"""From this HTTP status on the service itself says that it is not our fault."""
_GAVE_UP_WAITING = 504
"""The HTTP status of a gateway that does not know either what became of the request behind it."""
# What fails to connect reached nobody. Of all else the request may have come through whole: its answer took
# too long, broke off or was none.
_AFTER_SENDING = (HTTPClientError, IncompleteReadError, SSLError, ResponseParserError)


def code_of(error: ClientError) -> str:
    """The service's own code of an error."""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_transient(error: ClientError) -> bool:
    """Whether the same request may succeed later."""
    return code_of(error) in _TRANSIENT or _status_of(error) >= _OUT


def _status_of(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


@contextmanager
def unavailable_when_out(dependency: str) -> Iterator[None]:
    """Turns throttling, time-outs and connection failures into ``Unavailable``; lets all else pass."""
    try:
        yield
    except ClientError as error:
        if is_transient(error):
            raise Unavailable(dependency) from error
        raise
    except BotoCoreError as error:
        raise Unavailable(dependency) from error


@contextmanager
def unanswered_when_unsure(dependency: str) -> Iterator[None]:
    """As :func:`unavailable_when_out`, for what must not be done twice: tells apart what may have been done.

    Raises:
        Unanswered: nobody knows whether the service took the request.
        Unavailable: it did not.
    """
    try:
        yield
    except (BotoCoreError, ClientError, ResponseParserError) as error:
        if _may_have_been_taken(error):
            raise Unanswered(dependency) from error
        with unavailable_when_out(dependency):
            raise


def _may_have_been_taken(error: Exception) -> bool:
    if isinstance(error, ClientError):
        return _status_of(error) == _GAVE_UP_WAITING
    return isinstance(error, _AFTER_SENDING)
