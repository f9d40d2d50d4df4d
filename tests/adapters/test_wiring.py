"""The clients: what they wait for is over before the function that waits is."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from functions.adapters.alert_log import LEASE
from functions.adapters.wiring import Wiring
from functions.intake.batches import TIME
from functions.settings import Settings
from local.layout import PROJECT
from tests.adapters.conftest import REGION
from tests.builders import settings as settings_of

COLD_START = timedelta(seconds=3)
"""What a worker needs beside its waiting: its clients, the secrets, the answer."""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - the SDK's own
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    settings = SimpleNamespace(table="ssm-test")
    return Wiring(cast("Settings", settings)).records._table.client


def seconds_of(function: str) -> timedelta:
    config = json.loads((PROJECT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    return timedelta(seconds=config["stages"]["app"]["lambda_functions"][function]["lambda_timeout"])


def test_a_table_that_hangs_is_given_up_while_the_api_can_still_say_so(client: Any) -> None:  # noqa: ANN401 - see above
    # GIVEN as many tries as the SDK makes, each of them silent, and its longest pauses between them
    config = client.meta.config
    tries = config.retries["total_max_attempts"]
    longest = timedelta(seconds=tries * config.read_timeout + sum(2**pause for pause in range(tries - 1)))
    # THEN there is time left for the answer
    assert longest + COLD_START <= seconds_of("api_handler")


def test_a_batch_answers_while_the_api_can_still_say_so() -> None:
    assert seconds_of("api_handler") >= TIME + COLD_START


def test_a_message_is_tried_once_and_waited_for_no_longer_than_its_claim_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    messaging = Wiring(settings_of()).messaging
    clients: list[Any] = [
        messaging._sns,
        messaging._ses,
        messaging._whatsapp._client,
        messaging._voice._client,
    ]
    for sender in clients:
        config = sender.meta.config
        assert config.retries["total_max_attempts"] == 1
        waits = timedelta(seconds=config.connect_timeout + config.read_timeout)
        assert timedelta(seconds=10) <= waits
        # Whoever sends notes it afterwards, in a table that may take its time.
        assert waits + seconds_of("api_handler") < LEASE
        assert 2 * waits < min(map(seconds_of, ("notify", "notify_citizens", "deliveries")))
