"""What an AWS service says when it has no time for us, in the domain's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from functions.domain.errors import Unavailable

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
    }
)
_OUT = 500
"""From this HTTP status on the service itself says that it is not our fault."""


def code_of(error: ClientError) -> str:
    """The service's own code of an error."""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_transient(error: ClientError) -> bool:
    """Whether the same request may succeed later."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return code_of(error) in _TRANSIENT or status >= _OUT


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
