"""What becomes of a WhatsApp message or a call, told in the providers' words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import botocore.session
import pytest
from botocore.exceptions import EndpointConnectionError

from local.aws import Emulator
from local.channels import outcomes
from local.channels.announcer import TOPIC, Announcer
from local.channels.api import WHATSAPP_NUMBER

REFERENCE = "SSM-4821-903-7717"
AT = datetime(2026, 11, 24, 4, 45, tzinfo=UTC)
REACHED = "+919830012345"
UNREACHABLE = "+919830010404"
RINGS_OUT = "+919830010480"


def statuses(phone: str) -> list[dict[str, Any]]:
    """Meta's statuses of a message, out of the envelopes of AWS."""
    events = outcomes.of_whatsapp("m-1", phone, WHATSAPP_NUMBER, REFERENCE, AT)
    assert {event["messageId"] for event in events} == {"m-1"}, "the id that the API answered"
    entries = [json.loads(event["whatsAppWebhookEntry"]) for event in events]
    return [entry["changes"][0]["value"]["statuses"][0] for entry in entries]


@pytest.mark.parametrize(
    ("phone", "course"),
    [
        (REACHED, ["sent", "delivered"]),
        (RINGS_OUT, ["sent", "delivered"]),
        (UNREACHABLE, ["sent", "failed"]),
    ],
)
def test_a_message_is_sent_and_then_delivered_or_not(phone: str, course: list[str]) -> None:
    told = statuses(phone)
    assert [one["status"] for one in told] == course
    assert {one["recipient_id"] for one in told} == {phone.removeprefix("+")}
    assert {one["biz_opaque_callback_data"] for one in told} == {REFERENCE}
    assert {one["timestamp"] for one in told} == {str(int(AT.timestamp()))}
    assert len({one["id"] for one in told}) == 1
    assert told[0]["id"].startswith("wamid.")


def test_a_failure_has_metas_code() -> None:
    *_, last = statuses(UNREACHABLE)
    assert [error["code"] for error in last["errors"]] == [131026]
    assert all("errors" not in one for one in statuses(REACHED))


@pytest.mark.parametrize(
    ("phone", "last"),
    [(REACHED, "VOICE_COMPLETED"), (RINGS_OUT, "VOICE_NO_ANSWER"), (UNREACHABLE, "VOICE_FAILED")],
)
def test_a_call_is_placed_and_ends_as_its_number_says(phone: str, last: str) -> None:
    told = outcomes.of_call("m-1", phone, {"reference": REFERENCE}, AT)
    assert (told[0]["eventType"], told[-1]["eventType"]) == ("VOICE_INITIATED", last)
    assert [one["isFinal"] for one in told] == [False] * (len(told) - 1) + [True]
    assert {one["messageId"] for one in told} == {"m-1"}
    assert {one["destinationPhoneNumber"] for one in told} == {phone}
    assert {one["context"]["reference"] for one in told} == {REFERENCE}
    assert {one["eventTimestamp"] for one in told} == {int(AT.timestamp() * 1000)}


def test_the_calls_events_are_those_that_the_service_knows() -> None:
    model = botocore.session.get_session().get_service_model("pinpoint-sms-voice-v2")
    known = set(cast("Any", model.shape_for("EventType")).enum)
    for phone in (REACHED, RINGS_OUT, UNREACHABLE):
        assert {one["eventType"] for one in outcomes.of_call("m-1", phone, {}, AT)} <= known


# --- how it is published ------------------------------------------------------------------------------


class NoSuchTopicError(Exception):
    """There is no such topic."""


class Topics:
    """SNS, as far as it is asked of here."""

    exceptions = SimpleNamespace(NotFoundException=NoSuchTopicError)

    def __init__(self) -> None:
        self.published: list[tuple[str, str]] = []
        self.failing: list[Exception] = []

    def publish(self, **request: str) -> None:
        """Publishes, or fails as it is told."""
        if self.failing:
            raise self.failing.pop(0)
        self.published.append((request["TopicArn"], request["Message"]))


@pytest.fixture
def topics() -> Topics:
    return Topics()


@pytest.fixture
def announcer(topics: Topics) -> Iterator[Announcer]:
    running = Announcer(cast("Emulator", SimpleNamespace(topics=topics)), wait=lambda _: None)
    yield running
    running.stop()


def test_events_are_published_in_their_order(announcer: Announcer, topics: Topics) -> None:
    announcer.tell([{"n": 1}, {"n": 2}])
    announcer.tell([{"n": 3}])
    announcer.stop()
    assert {topic for topic, _ in topics.published} == {TOPIC}
    assert [json.loads(text)["n"] for _, text in topics.published] == [1, 2, 3]


def test_without_a_topic_and_without_an_emulator_it_goes_on(
    announcer: Announcer, topics: Topics, capsys: pytest.CaptureFixture[str]
) -> None:
    topics.failing = [NoSuchTopicError(), EndpointConnectionError(endpoint_url="http://nowhere")]
    announcer.tell([{"phone": REACHED}, {"phone": REACHED}, {"n": 3}])
    announcer.stop()
    assert [json.loads(text) for _, text in topics.published] == [{"n": 3}]
    assert REACHED not in capsys.readouterr().err
