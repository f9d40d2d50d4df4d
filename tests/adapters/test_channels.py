"""The simulators of WhatsApp and calls, asked over sockets by the SDK that finds them by its own settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3  # noqa: TID251 - as the functions build theirs
import pytest
import urllib3
from botocore.config import Config
from botocore.exceptions import ClientError

from functions.adapters.voice import Caller
from functions.adapters.whatsapp import WhatsAppSender
from functions.adapters.whatsapp_templates import message_of, template_of
from functions.domain.errors import Unavailable, Undeliverable
from functions.domain.ports import WhatsAppMessage
from local.channels.api import VOICE_NUMBER, WHATSAPP_NUMBER, endpoints
from local.portal.server import PortalSimulator

REFERENCE = "SSM-4821-903-7717"
PUBLIC = "https://ssm.wb.example"
TOKEN = "abc_DEF-123"
PHONE = "+919830012345"
OPTED_OUT = "+919830010410"
TEMPLATE = "en/officer_emergency.whatsapp.j2"
TEXT = f"An emergency.\nReference {REFERENCE}."
ONCE = Config(retries={"total_max_attempts": 1}, proxies={}, read_timeout=10)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "portal.jsonl"


@pytest.fixture
def simulator(state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PortalSimulator]:
    with PortalSimulator(state=state, token="a-token-for-tests", public_base_url=PUBLIC) as running:
        for name, value in endpoints(running.url).items():
            monkeypatch.setenv(name, value)
        yield running


def sdk(service: str) -> Any:  # noqa: ANN401 - the stubs know literals only
    """The SDK's client, which is told of no endpoint but by the environment."""
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="ap-south-1")
    return session.client(service, config=ONCE)  # type: ignore[call-overload]  # see above


def whatsapp() -> WhatsAppSender:
    return WhatsAppSender(sdk("socialmessaging"), WHATSAPP_NUMBER, "v20.0", takes_placeholders=True)


def caller() -> Caller:
    return Caller(sdk("pinpoint-sms-voice-v2"), VOICE_NUMBER, "")


def message() -> WhatsAppMessage:
    filled = {name: f"the {name}" for name in template_of(TEMPLATE).parameters} | {"reference": REFERENCE}
    return message_of(TEMPLATE, filled, REFERENCE, f"{PUBLIC}/v1/ack?t={TOKEN}")


def get(simulator: PortalSimulator, path: str) -> Any:  # noqa: ANN401 - a test reads what it expects
    return json.loads(urllib3.request("GET", f"{simulator.url}{path}").data)


def fault(simulator: PortalSimulator, **order: object) -> int:
    return urllib3.request("POST", f"{simulator.url}/_sim/faults", json=order).status


def test_a_message_stands_in_the_outbox_as_its_recipient_reads_it(simulator: PortalSimulator) -> None:
    sent = message()
    assert whatsapp().send(PHONE, sent)
    (entry,) = get(simulator, "/_sim/outbox")
    assert entry.keys() == {"channel", "to", "text", "reference", "at"}
    assert (entry["channel"], entry["to"], entry["reference"]) == ("whatsapp", PHONE, REFERENCE)
    # THEN it was made of the registered template, and is what the sender meant
    assert entry["text"] == sent.text
    assert entry["text"].endswith(f"{PUBLIC}/v1/ack?t={TOKEN}")


def test_a_call_stands_in_the_outbox_as_it_is_heard(simulator: PortalSimulator) -> None:
    assert caller().call(PHONE, TEXT, "en", REFERENCE)
    (entry,) = get(simulator, "/_sim/outbox")
    assert (entry["channel"], entry["to"], entry["reference"]) == ("voice", PHONE, REFERENCE)
    assert entry["text"] == "An emergency.\nReference S S M 4 8 2 1, 9 0 3, 7 7 1 7."


def test_two_messages_have_ids_of_their_own(simulator: PortalSimulator) -> None:
    ids = {whatsapp().send(PHONE, message()), whatsapp().send(PHONE, message())}
    assert len(ids) == 2
    assert len(get(simulator, "/_sim/outbox")) == 2


def test_what_was_sent_is_there_after_a_restart(simulator: PortalSimulator, state: Path) -> None:
    caller().call(PHONE, TEXT, "en", REFERENCE)
    before = get(simulator, "/_sim/outbox")
    simulator.stop()
    with PortalSimulator(state=state, token="a-token-for-tests") as again:
        assert get(again, "/_sim/outbox") == before


def test_the_page_shows_it_escaped(simulator: PortalSimulator) -> None:
    caller().call(PHONE, "<script>alert(1)</script> & more", "en", REFERENCE)
    page = urllib3.request("GET", f"{simulator.url}/?show=messages").data.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>" not in page


WELL_FORMED = {
    "messaging_product": "whatsapp",
    "to": PHONE,
    "type": "template",
    "template": {"name": "nobody_registered_this", "language": {"code": "en"}, "components": []},
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"originationPhoneNumberId": "a number"}, "ValidationException"),
        ({"message": b"no JSON"}, "InvalidParametersException"),
        ({"message": json.dumps({**WELL_FORMED, "type": "text"}).encode()}, "InvalidParametersException"),
        ({"message": json.dumps({**WELL_FORMED, "text": "free"}).encode()}, "InvalidParametersException"),
        ({"message": json.dumps(WELL_FORMED).encode()}, "InvalidParametersException"),
    ],
)
def test_a_whatsapp_request_that_the_services_would_not_take_is_refused(
    simulator: PortalSimulator, change: dict[str, Any], code: str
) -> None:
    request = {"originationPhoneNumberId": WHATSAPP_NUMBER, "message": b"{}", "metaApiVersion": "v20.0"}
    with pytest.raises(ClientError) as caught:
        sdk("socialmessaging").send_whatsapp_message(**{**request, **change})
    assert caught.value.response["Error"]["Code"] == code
    assert get(simulator, "/_sim/outbox") == []


@pytest.mark.parametrize(
    "change",
    [
        {"VoiceId": "NOBODY"},
        {"TimeToLive": 259_201},
        {"DestinationPhoneNumber": "nobody"},
        {"MessageBody": "x" * 6001},
        {"MessageBody": "<speak>not closed", "MessageBodyTextType": "SSML"},
        {"MessageBody": "<p>no speech</p>", "MessageBodyTextType": "SSML"},
        {"Context": {str(number): "x" for number in range(6)}},
    ],
)
def test_a_call_that_the_service_would_not_place_is_refused(
    simulator: PortalSimulator, change: dict[str, Any]
) -> None:
    request = {"DestinationPhoneNumber": PHONE, "OriginationIdentity": VOICE_NUMBER, "MessageBody": "hello"}
    with pytest.raises(ClientError) as caught:
        sdk("pinpoint-sms-voice-v2").send_voice_message(**{**request, **change})
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert get(simulator, "/_sim/outbox") == []


def test_plain_text_is_heard_as_it_is(simulator: PortalSimulator) -> None:
    request = {"DestinationPhoneNumber": PHONE, "OriginationIdentity": VOICE_NUMBER, "MessageBody": "a < b"}
    sdk("pinpoint-sms-voice-v2").send_voice_message(**request)
    assert get(simulator, "/_sim/outbox")[0]["text"] == "a < b"


def test_a_request_that_is_not_signed_for_the_service_is_turned_away(simulator: PortalSimulator) -> None:
    social, voice = endpoints(simulator.url).values()
    for url in (f"{social}/v1/whatsapp/send", voice):
        assert urllib3.request("POST", url, body=b"{}").status == 403
    assert get(simulator, "/_sim/outbox") == []


@pytest.mark.parametrize("mode", ["down", "throttle"])
def test_a_channel_misbehaves_alone(simulator: PortalSimulator, mode: str) -> None:
    assert fault(simulator, channel="whatsapp", mode=mode) == 200
    assert get(simulator, "/_sim/faults") == {"mode": "ok", "value": None, "channels": {"whatsapp": mode}}
    with pytest.raises(Unavailable, match="whatsapp"):
        whatsapp().send(PHONE, message())
    assert caller().call(PHONE, TEXT, "en", REFERENCE)
    assert fault(simulator, channel="whatsapp", mode="ok") == 200
    assert whatsapp().send(PHONE, message())


def test_a_voice_channel_that_throttles_says_so(simulator: PortalSimulator) -> None:
    fault(simulator, channel="voice", mode="throttle")
    with pytest.raises(Unavailable, match="voice"):
        caller().call(PHONE, TEXT, "en", REFERENCE)


def test_the_portals_faults_leave_the_channels_alone_and_ok_ends_all(simulator: PortalSimulator) -> None:
    fault(simulator, mode="down")
    assert whatsapp().send(PHONE, message())
    fault(simulator, channel="voice", mode="down")
    fault(simulator, mode="ok")
    assert get(simulator, "/_sim/faults") == {"mode": "ok", "value": None}
    assert caller().call(PHONE, TEXT, "en", REFERENCE)


@pytest.mark.parametrize(
    "order",
    [{"channel": "pigeon", "mode": "down"}, {"channel": "voice", "mode": "slow"}, {"channel": "voice"}],
)
def test_an_order_for_a_channel_that_means_nothing_is_refused(
    simulator: PortalSimulator, order: dict[str, str]
) -> None:
    assert fault(simulator, **order) == 422
    assert "channels" not in get(simulator, "/_sim/faults")


def test_a_number_that_wants_no_calls_is_undeliverable(simulator: PortalSimulator) -> None:
    with pytest.raises(Undeliverable) as caught:
        caller().call(OPTED_OUT, TEXT, "en", REFERENCE)
    assert caught.value.code == "DESTINATION_PHONE_NUMBER_OPTED_OUT"
    assert whatsapp().send(OPTED_OUT, message())
    assert [one["channel"] for one in get(simulator, "/_sim/outbox")] == ["whatsapp"]
