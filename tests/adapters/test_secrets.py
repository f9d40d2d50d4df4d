"""Secrets Manager, read seldom: a rotated secret is found in time, a withdrawn one stops opening the door."""

import base64
import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from functions.adapters.secrets import ManagedSecrets
from functions.domain.errors import Unavailable
from tests.adapters.conftest import Wire, client
from tests.fakes import FakeClock

NAME = "ssm/webhook/call-centre"


@pytest.fixture
def manager(_aws: None) -> Any:  # noqa: ANN401 - a client
    made = client("secretsmanager")
    made.create_secret(Name=NAME, SecretString=json.dumps({"current": "whsec_b25l", "previous": None}))
    made.create_secret(Name="ssm/webhook/field", SecretString=json.dumps({"current": "whsec_ZmllbGQ="}))
    key = base64.b64encode(b"sixteen bytes ok").decode()
    made.create_secret(Name="ssm/reference-key", SecretString=json.dumps({"key": key}))
    made.create_secret(Name="ssm/portal/token", SecretString=json.dumps({"token": "portal-token"}))
    return made


@pytest.fixture
def asked(manager: Any) -> Wire:  # noqa: ANN401 - a client
    return Wire(manager)


@pytest.fixture
def secrets(manager: Any, clock: FakeClock) -> ManagedSecrets:  # noqa: ANN401 - a client
    return ManagedSecrets(manager, clock)


def rotate(manager: Any, current: str, previous: str | None) -> None:  # noqa: ANN401 - a client
    value = json.dumps({"current": current, "previous": previous})
    manager.put_secret_value(SecretId=NAME, SecretString=value)


def test_without_a_previous_one_there_is_one_secret(secrets: ManagedSecrets) -> None:
    assert secrets.webhook("call-centre") == ["whsec_b25l"]
    assert secrets.webhook("field") == ["whsec_ZmllbGQ="]


def test_while_it_is_rotated_the_current_one_comes_first(manager: Any, secrets: ManagedSecrets) -> None:  # noqa: ANN401 - a client
    rotate(manager, "whsec_dHdv", "whsec_b25l")
    assert secrets.webhook("call-centre") == ["whsec_dHdv", "whsec_b25l"]


def test_a_secret_is_read_once_for_a_quarter_of_an_hour(
    secrets: ManagedSecrets, asked: Wire, clock: FakeClock
) -> None:
    for _ in range(15):
        secrets.webhook("call-centre")
        clock.advance(minutes=1)
    assert asked.sent == ["GetSecretValue"]


def test_a_withdrawn_secret_stops_opening_the_door(
    manager: Any,  # noqa: ANN401 - a client
    secrets: ManagedSecrets,
    clock: FakeClock,
) -> None:
    secrets.webhook("call-centre")
    rotate(manager, "whsec_dHdv", None)
    clock.advance(minutes=15, seconds=1)
    assert secrets.webhook("call-centre") == ["whsec_dHdv"]


def test_a_signature_that_fails_makes_it_read_again_at_once(
    manager: Any,  # noqa: ANN401 - a client
    secrets: ManagedSecrets,
) -> None:
    assert secrets.webhook("call-centre") == ["whsec_b25l"]
    rotate(manager, "whsec_dHdv", "whsec_b25l")
    assert secrets.webhook("call-centre", fresh=True) == ["whsec_dHdv", "whsec_b25l"]
    assert secrets.webhook("call-centre") == ["whsec_dHdv", "whsec_b25l"]


def test_however_many_fail_it_is_read_ten_times_a_minute(
    manager: Any,  # noqa: ANN401 - a client
    secrets: ManagedSecrets,
    asked: Wire,
    clock: FakeClock,
) -> None:
    secrets.webhook("call-centre")
    asked.sent.clear()
    # GIVEN somebody who goes on knocking
    for _ in range(50):
        secrets.webhook("call-centre", fresh=True)
        clock.advance(seconds=1)
    assert asked.sent == ["GetSecretValue"] * 10
    # WHEN a minute has passed since the first of them THEN a new secret is found
    rotate(manager, "whsec_dHdv", None)
    clock.advance(seconds=10)
    assert secrets.webhook("call-centre", fresh=True) == ["whsec_dHdv"]


def test_the_key_of_references_never_changes_and_is_read_once(
    secrets: ManagedSecrets, asked: Wire, clock: FakeClock
) -> None:
    for _ in range(3):
        assert secrets.reference_key() == b"sixteen bytes ok"
        clock.advance(days=300)
    assert asked.sent == ["GetSecretValue"]


def test_the_portals_token_follows_its_rotation(
    manager: Any,  # noqa: ANN401 - a client
    secrets: ManagedSecrets,
    clock: FakeClock,
) -> None:
    assert secrets.portal_token() == "portal-token"
    manager.put_secret_value(SecretId="ssm/portal/token", SecretString='{"token": "next"}')
    clock.advance(minutes=16)
    assert secrets.portal_token() == "next"


@pytest.mark.parametrize(
    "fault", ["ThrottlingException", EndpointConnectionError(endpoint_url="https://x")], ids=str
)
def test_secrets_that_cannot_be_read_are_an_outage(
    secrets: ManagedSecrets, asked: Wire, fault: str | Exception
) -> None:
    # the SDK's own standard retries come before ours
    asked.fail("GetSecretValue", *[fault] * 9)
    with pytest.raises(Unavailable, match="secrets"):
        secrets.webhook("call-centre")


def test_an_outage_is_no_matter_while_they_are_known(
    secrets: ManagedSecrets, asked: Wire, clock: FakeClock
) -> None:
    secrets.webhook("call-centre")
    asked.fail("GetSecretValue", *["ThrottlingException"] * 9)
    clock.advance(minutes=14)
    assert secrets.webhook("call-centre") == ["whsec_b25l"]
