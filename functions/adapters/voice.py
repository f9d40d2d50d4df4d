"""Calls by AWS End User Messaging: a text spoken by a voice of Amazon Polly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol
from xml.sax.saxutils import escape

from botocore.exceptions import ClientError

from functions.adapters.outages import code_of, unanswered_when_unsure
from functions.domain.errors import Undeliverable, Unregistered

CHANNEL = "voice"
VOICES = {"en": "RAVEENA"}
"""By language: Indian English. Of the languages of West Bengal the service has no voice."""
WAITS = 300
"""Seconds for which a call that cannot be placed at once is tried; after that it would come too late."""

_REFERENCE = re.compile(r"\bSSM-([0-9]{4})-([0-9]{3})-([0-9]{4})\b")
_OF_THE_CONTACT = frozenset(
    {"DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE", "DESTINATION_PHONE_NUMBER_OPTED_OUT"}
)
# With these the field that is named is at fault. With any other the account is, which may not call that
# country, that number or as often, though the number is named.
_OF_A_FIELD = frozenset(
    {"", "CANNOT_PARSE", "FIELD_VALIDATION_FAILED", "INVALID_PARAMETER", "INVALID_REQUEST", "OTHER"}
)
# What the service says no to is no the next time too, whatever its reason; the other channels can go.
_REFUSALS = frozenset(
    {
        "AccessDeniedException",
        "ConflictException",
        "ResourceNotFoundException",
        "ServiceQuotaExceededException",
        "ValidationException",
    }
)


class VoiceClient(Protocol):
    """What is asked of the SDK's client ``pinpoint-sms-voice-v2``."""

    def send_voice_message(self, **request: Any) -> Mapping[str, Any]:  # noqa: ANN401 - as the SDK has it
        """Places a call."""


class Caller:
    """Places calls.

    Args:
        client: the SDK's.
        number_arn: of the number, or pool of numbers, that calls; empty where the deployment has none.
        configuration_set: names where the service tells what becomes of a call; empty for nowhere.
    """

    def __init__(self, client: VoiceClient, number_arn: str, configuration_set: str) -> None:
        self._client = client
        self._number_arn = number_arn
        self._configuration_set = configuration_set

    def call(self, phone: str, text: str, language: str, reference: str) -> str:
        """See ``ports.Messaging.call``."""
        voice = VOICES.get(language)
        if voice is None:
            raise Unregistered(f"voice in {language}", "the service has no voice for it")
        if not self._number_arn:
            raise Undeliverable(CHANNEL, Undeliverable.NOT_SET_UP, is_of_the_contact=False)
        request: dict[str, Any] = {
            "DestinationPhoneNumber": phone,
            "OriginationIdentity": self._number_arn,
            "MessageBody": spoken(text),
            "MessageBodyTextType": "SSML",
            "VoiceId": voice,
            "TimeToLive": WAITS,
            "Context": {"reference": reference},
        }
        if self._configuration_set:
            request["ConfigurationSetName"] = self._configuration_set
        with unanswered_when_unsure(CHANNEL):
            try:
                answer = self._client.send_voice_message(**request)
            except ClientError as error:
                undeliverable = _undeliverable(error)
                if undeliverable is None:
                    raise
                # Without its cause, which may repeat the number.
                raise undeliverable from None
        return str(answer["MessageId"])


def spoken(text: str) -> str:
    """A text as Speech Synthesis Markup: said slowly, line by line, a reference digit by digit."""
    lines = [_REFERENCE.sub(_digit_by_digit, escape(line.strip())) for line in text.splitlines()]
    return f'<speak><prosody rate="slow">{_PAUSE.join(line for line in lines if line)}</prosody></speak>'


_PAUSE = '<break time="600ms"/>'


def _digit_by_digit(reference: re.Match[str]) -> str:
    groups = (f'<say-as interpret-as="digits">{digits}</say-as>' for digits in reference.groups())
    return f'<say-as interpret-as="characters">SSM</say-as> {", ".join(groups)}'


def _undeliverable(error: ClientError) -> Undeliverable | None:
    code, reason = code_of(error), str(error.response.get("Reason", ""))
    if code not in _REFUSALS:
        return None
    fields: Any = error.response.get("Fields", ())
    if reason in _OF_A_FIELD and any(field.get("Name") == "DestinationPhoneNumber" for field in fields):
        return Undeliverable(CHANNEL, "InvalidNumber")
    return Undeliverable(CHANNEL, reason or code, is_of_the_contact=reason in _OF_THE_CONTACT)
