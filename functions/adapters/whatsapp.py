"""WhatsApp by AWS End User Messaging Social: template messages of Meta's Cloud API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unanswered_when_unsure
from functions.adapters.whatsapp_templates import WhatsAppTemplate, template_of
from functions.domain.errors import Undeliverable, Unregistered
from functions.domain.ports import WhatsAppMessage

CHANNEL = "whatsapp"

# What the service says no to is no the next time too. It speaks of the account, the sender or the template:
# that a number has no WhatsApp, Meta tells afterwards.
_REFUSALS = frozenset(
    {
        "AccessDeniedException",
        "InvalidParametersException",
        "ResourceNotFoundException",
        "ValidationException",
    }
)


class WhatsAppClient(Protocol):
    """What is asked of the SDK's client ``socialmessaging``."""

    def send_whatsapp_message(
        self,
        *,
        originationPhoneNumberId: str,  # noqa: N803 - the SDK's name
        message: bytes,
        metaApiVersion: str,  # noqa: N803 - the SDK's name
    ) -> Mapping[str, Any]:
        """Sends a message."""


class WhatsAppSender:
    """Sends template messages.

    Args:
        client: the SDK's.
        phone_number_arn: of the number that they come from; empty where the deployment has none.
        api_version: of Meta's Cloud API, such as ``v20.0``.
        takes_placeholders: whether templates that Meta did not approve are sent too.
    """

    def __init__(
        self, client: WhatsAppClient, phone_number_arn: str, api_version: str, *, takes_placeholders: bool
    ) -> None:
        self._client = client
        self._phone_number_arn = phone_number_arn
        self._api_version = api_version
        self._takes_placeholders = takes_placeholders

    def send(self, phone: str, message: WhatsAppMessage) -> str:
        """See ``ports.Messaging.send_whatsapp``."""
        template = template_of(message.template)
        if not self._phone_number_arn:
            raise Undeliverable(CHANNEL, Undeliverable.NOT_SET_UP, is_of_the_contact=False)
        if not (template.is_approved or self._takes_placeholders):
            raise Unregistered(template.path, "its registration with Meta is a placeholder")
        body = json.dumps(cloud_api_message(phone, template, message), ensure_ascii=False)
        with unanswered_when_unsure(CHANNEL):
            try:
                answer = self._client.send_whatsapp_message(
                    originationPhoneNumberId=self._phone_number_arn,
                    message=body.encode(),
                    metaApiVersion=self._api_version,
                )
            except ClientError as error:
                if code_of(error) not in _REFUSALS:
                    raise
                # Without its cause, which may repeat the number.
                raise Undeliverable(CHANNEL, code_of(error), is_of_the_contact=False) from None
        return str(answer["messageId"])


def cloud_api_message(phone: str, template: WhatsAppTemplate, message: WhatsAppMessage) -> dict[str, Any]:
    """A message as Meta's Cloud API takes it.

    Args:
        phone: E.164.
        template: its registration.
        message: what fills it.

    Raises:
        Unregistered: what fills it is not what the registration asks for.
    """
    if len(message.parameters) != len(template.parameters):
        raise Unregistered(template.path, "it has another number of parameters than its registration")
    if (message.link_token is None) != (template.button is None):
        raise Unregistered(template.path, "it has a button where its registration has none, or the reverse")
    components: list[dict[str, Any]] = []
    if message.parameters:
        components.append({"type": "body", "parameters": [_text(text) for text in message.parameters]})
    if message.link_token is not None:
        button = {"type": "button", "sub_type": "url", "index": "0"}
        components.append({**button, "parameters": [_text(message.link_token)]})
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": phone,
        "type": "template",
        "template": {
            "name": template.name,
            "language": {"code": template.language},
            "components": components,
        },
        "biz_opaque_callback_data": message.reference,
    }


def _text(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}
