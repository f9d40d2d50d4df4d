"""A simulator of AWS End User Messaging's calls: ``SendVoiceMessage``."""

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Any

from local.channels.models import RefusedError, problems

SERVICE = "pinpoint-sms-voice-v2"
OPERATION = "SendVoiceMessage"
TARGET = f"PinpointSMSVoiceV2.{OPERATION}"

_SPELLED = frozenset({"characters", "digits", "spell-out"})
_PAUSES = frozenset({"break", "p", "s"})


@dataclass(frozen=True)
class Call:
    """A call that was asked for.

    Attributes:
        text: as the recipient hears it.
        context: what is to come back with what becomes of it.
    """

    to: str
    text: str
    context: dict[str, str]


def read(body: bytes) -> Call:
    """The call of a request.

    Args:
        body: the request's, as the SDK writes it: JSON.

    Raises:
        RefusedError: the service would not take it.
    """
    try:
        parameters: dict[str, Any] = json.loads(body)
    except ValueError:
        raise RefusedError("ValidationException", "The body is not JSON.") from None
    if wrong := problems(SERVICE, OPERATION, parameters):
        raise RefusedError("ValidationException", "; ".join(wrong))
    text = parameters.get("MessageBody", "")
    if parameters.get("MessageBodyTextType") == "SSML":
        text = heard(text)
    return Call(parameters["DestinationPhoneNumber"], text, parameters.get("Context", {}))


def heard(markup: str) -> str:
    """Speech Synthesis Markup as it is heard: a pause is a new line, what is spelled stands apart.

    Raises:
        RefusedError: it is no such markup.
    """
    try:
        root = ET.fromstring(markup)  # noqa: S314 - of this machine's own functions
    except ET.ParseError:
        raise RefusedError("ValidationException", "MessageBody is not well-formed markup.") from None
    if root.tag != "speak":
        raise RefusedError("ValidationException", "MessageBody is no <speak>.")
    lines = (" ".join(line.split()) for line in _heard(root).splitlines())
    return "\n".join(line for line in lines if line)


def _heard(element: ET.Element) -> str:
    said = element.text or ""
    if element.get("interpret-as") in _SPELLED:
        said = " ".join(said)
    for child in element:
        said += _heard(child) + ("\n" if child.tag in _PAUSES else "") + (child.tail or "")
    return said
