"""A simulator of AWS End User Messaging Social: ``SendWhatsAppMessage``, for template messages."""

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from functions.adapters.whatsapp_templates import WhatsAppTemplate, registered_templates, text_of
from local.channels.models import RefusedError, problems

SERVICE = "socialmessaging"
OPERATION = "SendWhatsAppMessage"

_LONGEST_PARAMETER = 1024


class _Meta(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# Meta refuses a parameter with a line break, a tab or more than four spaces in a row.
_Filled = Annotated[
    str,
    StringConstraints(min_length=1, max_length=_LONGEST_PARAMETER, pattern=r"^ {0,4}(?:[^\n\t ]+ {0,4})+$"),
]


class _Parameter(_Meta):
    type: Literal["text"]
    text: _Filled


class _Body(_Meta):
    type: Literal["body"]
    parameters: list[_Parameter]


class _Button(_Meta):
    type: Literal["button"]
    sub_type: Literal["url"]
    index: Literal["0"]
    parameters: Annotated[list[_Parameter], Field(min_length=1, max_length=1)]


class _Language(_Meta):
    code: str


class _Template(_Meta):
    name: str
    language: _Language
    components: list[Annotated[_Body | _Button, Field(discriminator="type")]]


class CloudMessage(_Meta):
    """A template message of Meta's Cloud API."""

    messaging_product: Literal["whatsapp"]
    recipient_type: Literal["individual"] = "individual"
    to: Annotated[str, StringConstraints(pattern=r"^\+?[1-9][0-9]{6,14}$")]
    type: Literal["template"]
    template: _Template
    biz_opaque_callback_data: Annotated[str, StringConstraints(max_length=512)] | None = None

    def body(self) -> list[str]:
        """What fills the body."""
        return [
            one.text for part in self.template.components if part.type == "body" for one in part.parameters
        ]

    def button(self) -> str | None:
        """What fills the address of the button; None where there is none."""
        buttons = [part for part in self.template.components if part.type == "button"]
        return buttons[0].parameters[0].text if buttons else None


def read(body: bytes) -> tuple[str, CloudMessage]:
    """The sender's ARN and the message of a request.

    Args:
        body: the request's, as the SDK writes it: JSON, the message in base 64.

    Raises:
        RefusedError: the service would not take it.
    """
    try:
        parameters: dict[str, Any] = json.loads(body)
        parameters["message"] = base64.b64decode(parameters["message"], validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise RefusedError("ValidationException", "The body is not the operation's JSON.") from None
    if wrong := problems(SERVICE, OPERATION, parameters):
        raise RefusedError("ValidationException", "; ".join(wrong))
    try:
        message = CloudMessage.model_validate_json(parameters["message"])
    except ValidationError as error:
        places = {".".join(str(step) for step in one["loc"]) for one in error.errors(include_input=False)}
        raise RefusedError(
            "InvalidParametersException", f"The message is wrong at {', '.join(sorted(places))}."
        ) from None
    return parameters["originationPhoneNumberId"], message


def text_as_read(message: CloudMessage, public_base_url: str) -> str:
    """The message as its recipient reads it, made of the template that is registered under its name.

    Args:
        message: which template, and what fills it.
        public_base_url: what the registration's button opens, without its path.

    Raises:
        RefusedError: no such template is registered, or what fills it does not fit.
    """
    template = _registered(message, registered_templates().values())
    body, token = message.body(), message.button()
    if len(body) != len(template.parameters) or (token is None) != (template.button is None):
        raise RefusedError("InvalidParametersException", "The parameters do not fit the template.")
    filled = dict(zip(template.parameters, body, strict=True))
    return text_of(template, filled, f"{public_base_url}/v1/ack?t={token}")


def _registered(message: CloudMessage, templates: Iterable[WhatsAppTemplate]) -> WhatsAppTemplate:
    wanted = (message.template.name, message.template.language.code)
    found = next((one for one in templates if (one.name, one.language) == wanted), None)
    if found is None:
        raise RefusedError("InvalidParametersException", "No such template in that language.")
    return found
