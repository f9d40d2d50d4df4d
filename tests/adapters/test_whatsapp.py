"""WhatsApp messages as Meta's Cloud API and the SDK's model of AWS's service take them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.model import Shape
from botocore.stub import ANY, Stubber

from functions.adapters.whatsapp import WhatsAppSender, cloud_api_message
from functions.adapters.whatsapp_templates import message_of, one_line, registered_templates, template_of
from functions.domain.errors import Unavailable, Undeliverable, Unregistered
from functions.domain.ports import WhatsAppMessage
from local.channels.models import problems
from local.channels.whatsapp import CloudMessage
from tests.adapters.conftest import Wire, client, errors_of

PHONE = "+919830012345"
NUMBER = "arn:aws:social-messaging:ap-south-1:000000000000:phone-number-id/976c72a700aac43eaf573ae050abcdef"
API_VERSION = "v20.0"
REFERENCE = "SSM-4821-903-7717"
TEMPLATE = "en/officer_emergency.whatsapp.j2"
LINK = "https://ssm.wb.example/v1/ack?t=abc_DEF-123"


def message(path: str = TEMPLATE, **values: str) -> WhatsAppMessage:
    filled = {name: f"the {name}" for name in template_of(path).parameters} | values
    return message_of(path, filled, REFERENCE, LINK)


@pytest.fixture
def wire(_aws: None) -> Wire:
    return Wire(client("socialmessaging"))


def sender(of: Any, arn: str = NUMBER, *, takes_placeholders: bool = True) -> WhatsAppSender:  # noqa: ANN401 - a client
    return WhatsAppSender(of, arn, API_VERSION, takes_placeholders=takes_placeholders)


def test_a_message_names_its_template_and_what_fills_it() -> None:
    made = client("socialmessaging")
    with Stubber(made) as stub:
        expected = {"originationPhoneNumberId": NUMBER, "message": ANY, "metaApiVersion": API_VERSION}
        stub.add_response("send_whatsapp_message", {"messageId": "m-1"}, expected)
        assert sender(made).send(PHONE, message()) == "m-1"
        stub.assert_no_pending_responses()


@pytest.mark.parametrize("path", sorted(registered_templates()))
def test_each_registered_template_makes_a_message_that_both_services_take(path: str) -> None:
    template, told = template_of(path), message(path)
    sent = cloud_api_message(PHONE, template, told)
    # THEN Meta's API takes it
    assert CloudMessage.model_validate_json(json.dumps(sent))
    assert (sent["type"], sent["template"]["name"]) == ("template", template.name)
    assert sent["template"]["language"] == {"code": template.language}
    assert sent["biz_opaque_callback_data"] == REFERENCE
    body, *buttons = sent["template"]["components"]
    assert [one["text"] for one in body["parameters"]] == list(told.parameters)
    suffixes = [one["parameters"] for one in buttons]
    assert suffixes == ([[{"type": "text", "text": "abc_DEF-123"}]] if template.button else [])
    # AND AWS's, by the SDK's own model
    parameters = {
        "originationPhoneNumberId": NUMBER,
        "message": json.dumps(sent).encode(),
        "metaApiVersion": API_VERSION,
    }
    assert problems("socialmessaging", "SendWhatsAppMessage", parameters) == []


def test_what_stands_in_a_message_is_utf_8_and_the_whole_is_told(wire: Wire) -> None:
    wire.fail("SendWhatsAppMessage", "ThrottledRequestException")
    with pytest.raises(Unavailable, match="whatsapp"):
        sender(wire.client).send(PHONE, message(category="পানীয় জল"))
    (sent,) = wire.parameters
    told = json.loads(sent["message"].decode())
    assert told["to"] == PHONE
    assert "পানীয় জল" in sent["message"].decode()


@pytest.mark.parametrize(
    "code", ["ThrottledRequestException", "InternalServiceException", "DependencyException"]
)
def test_a_service_that_is_out_is_named(wire: Wire, code: str) -> None:
    wire.fail("SendWhatsAppMessage", *[code] * 9)
    with pytest.raises(Unavailable, match="whatsapp"):
        sender(wire.client).send(PHONE, message())


@pytest.mark.parametrize("shape", errors_of("socialmessaging", "SendWhatsAppMessage"))
def test_each_error_of_the_services_model_is_an_outage_or_a_refusal_that_says_nothing_of_the_number(
    shape: Shape,
) -> None:
    made = client("socialmessaging")
    with Stubber(made) as stub:
        stub.add_client_error("send_whatsapp_message", shape.name, f"not {PHONE}")
        with pytest.raises((Undeliverable, Unavailable)) as caught:
            sender(made).send(PHONE, message())
    passes = {"ThrottledRequestException", "InternalServiceException", "DependencyException"}
    if shape.name in passes:
        assert isinstance(caught.value, Unavailable)
        return
    assert isinstance(caught.value, Undeliverable)
    assert (caught.value.code, caught.value.is_of_the_contact) == (shape.name, False)
    assert caught.value.__suppress_context__, "its cause may repeat the number"


def test_an_error_that_the_service_does_not_know_is_loud() -> None:
    made = client("socialmessaging")
    with Stubber(made) as stub:
        stub.add_client_error("send_whatsapp_message", "ExpiredTokenException")
        with pytest.raises(ClientError):
            sender(made).send(PHONE, message())


def test_a_message_without_registration_is_refused_before_it_is_sent(wire: Wire) -> None:
    unknown = replace(message(), template="en/nothing.whatsapp.j2")
    with pytest.raises(Unregistered, match="nothing"):
        sender(wire.client).send(PHONE, unknown)
    assert wire.sent == []


def test_a_placeholder_is_refused_where_real_people_read(wire: Wire) -> None:
    assert not template_of(TEMPLATE).is_approved
    with pytest.raises(Unregistered, match="placeholder"):
        sender(wire.client, takes_placeholders=False).send(PHONE, message())
    assert wire.sent == []


@pytest.mark.parametrize(
    "change", [{"parameters": ("one too many",) * 9}, {"parameters": ()}, {"link_token": None}]
)
def test_what_does_not_fit_the_registration_is_refused_before_it_is_sent(
    wire: Wire, change: dict[str, Any]
) -> None:
    with pytest.raises(Unregistered, match=TEMPLATE):
        sender(wire.client).send(PHONE, replace(message(), **change))
    assert wire.sent == []


@pytest.mark.parametrize("takes_placeholders", [True, False])
def test_a_deployment_without_a_number_says_that_it_has_no_such_channel(
    wire: Wire, *, takes_placeholders: bool
) -> None:
    with pytest.raises(Undeliverable) as caught:
        sender(wire.client, arn="", takes_placeholders=takes_placeholders).send(PHONE, message())
    assert caught.value.code == Undeliverable.NOT_SET_UP
    assert not caught.value.is_of_the_contact
    assert wire.sent == []


def test_a_template_with_a_button_has_a_link_to_open() -> None:
    filled = dict.fromkeys(template_of(TEMPLATE).parameters, "x")
    with pytest.raises(Unregistered, match="no link"):
        message_of(TEMPLATE, filled, REFERENCE, "")


@pytest.mark.parametrize(
    ("said", "taken"), [("a\nb\t c", "a b c"), ("a      b", "a b"), ("", "-"), (" \n", "-"), ("ক খ", "ক খ")]
)
def test_a_parameter_is_one_line_as_meta_asks(said: str, taken: str) -> None:
    assert one_line(said) == taken


def test_the_text_is_the_whole_as_it_is_read() -> None:
    told = message(reference=REFERENCE)
    assert REFERENCE in told.text
    assert told.text.endswith(LINK)
