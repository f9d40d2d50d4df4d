"""What DynamoDB says, in the domain's words."""

from decimal import Decimal

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.outages import code_of, unavailable_when_out
from functions.adapters.record_items import record_from_item, record_to_item
from functions.adapters.table import from_item, to_item
from functions.domain.errors import Unavailable
from functions.domain.record import Status
from tests.builders import NOW, REACHED, in_status

plain = st.recursive(
    st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


def fault(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "a fault"}}, "PutItem")


@pytest.mark.parametrize(
    "code",
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "InternalServerError",
        "InternalFailure",
        "ServiceUnavailable",
        "TransactionInProgressException",
        "TooManyRequestsException",
        "Throttled",
        "SlowDown",
        "InternalServiceError",
    ],
)
def test_not_now_is_an_outage(code: str) -> None:
    with pytest.raises(Unavailable) as out, unavailable_when_out("bus"):
        raise fault(code)
    assert out.value.dependency == "bus"
    assert out.value.retry_after > 0


def test_what_says_by_its_status_that_it_is_out_is_out_whatever_its_code() -> None:
    answer = {"Error": {"Code": "NewWord"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
    with pytest.raises(Unavailable), unavailable_when_out("mail"):
        raise ClientError(answer, "SendEmail")  # type: ignore[arg-type]  # what is read of it


def test_no_connection_is_an_outage() -> None:
    with pytest.raises(Unavailable), unavailable_when_out("table"):
        raise EndpointConnectionError(endpoint_url="https://example")


@pytest.mark.parametrize(
    "code", ["AccessDeniedException", "ValidationException", "ResourceNotFoundException"]
)
def test_never_is_no_outage(code: str) -> None:
    with pytest.raises(ClientError, match=code), unavailable_when_out("table"):
        raise fault(code)


def test_other_exceptions_pass() -> None:
    with pytest.raises(KeyError), unavailable_when_out("table"):
        raise KeyError("x")


def test_the_code_of_an_error_is_the_services_own() -> None:
    assert code_of(fault("ThrottlingException")) == "ThrottlingException"
    assert code_of(ClientError({}, "PutItem")) == ""


@given(st.dictionaries(st.text(max_size=9), plain, max_size=4))
def test_values_come_back_as_they_went(values: dict[str, object]) -> None:
    assert from_item(to_item(values)) == values


def test_none_is_left_out_and_numbers_come_back_exact() -> None:
    assert to_item({"a": None, "b": 1}) == {"b": {"N": "1"}}
    assert from_item({"b": {"N": "1"}}) == {"b": Decimal(1)}


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_a_record_in_any_state_is_the_same_after_the_table(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    back = record_from_item(record_to_item(record, NOW))
    assert back == record
    # equal is not enough: True == 1, and the bus would tell another type
    for before, after in zip(record.events, back.events, strict=True):
        assert {name: type(value) for name, value in after.data.items()} == {
            name: type(value) if not isinstance(value, str) else str for name, value in before.data.items()
        }
