"""Calls as the SDK's model of the service takes them, and what they say."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from botocore.exceptions import ClientError
from botocore.model import Shape
from botocore.stub import ANY, Stubber
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.voice import WAITS, Caller, spoken
from functions.domain.errors import Unavailable, Undeliverable, Unregistered
from local.channels.models import problems
from local.channels.voice import heard
from tests.adapters.conftest import Wire, client, errors_of

PHONE = "+919830012345"
NUMBER = "arn:aws:sms-voice:ap-south-1:000000000000:phone-number/phone-0123456789abcdef0123456789abcdef"
REFERENCE = "SSM-4821-903-7717"
TEXT = f"An emergency.\nReference {REFERENCE}."


@pytest.fixture
def wire(_aws: None) -> Wire:
    return Wire(client("pinpoint-sms-voice-v2"))


def caller(of: Any, arn: str = NUMBER, configuration_set: str = "calls") -> Caller:  # noqa: ANN401 - a client
    return Caller(of, arn, configuration_set)


def requested(wire: Wire, configuration_set: str = "calls") -> dict[str, Any]:
    wire.fail("SendVoiceMessage", "ThrottlingException")
    with pytest.raises(Unavailable, match="voice"):
        caller(wire.client, configuration_set=configuration_set).call(PHONE, TEXT, "en", REFERENCE)
    return wire.parameters[-1]


def test_a_call_is_what_the_services_model_asks_for(wire: Wire) -> None:
    request = requested(wire)
    assert problems("pinpoint-sms-voice-v2", "SendVoiceMessage", request) == []
    assert request == {
        "DestinationPhoneNumber": PHONE,
        "OriginationIdentity": NUMBER,
        "MessageBody": spoken(TEXT),
        "MessageBodyTextType": "SSML",
        "VoiceId": "RAVEENA",
        "TimeToLive": WAITS,
        "Context": {"reference": REFERENCE},
        "ConfigurationSetName": "calls",
    }


def test_without_a_configuration_set_none_is_named(wire: Wire) -> None:
    request = requested(wire, configuration_set="")
    assert "ConfigurationSetName" not in request
    assert problems("pinpoint-sms-voice-v2", "SendVoiceMessage", request) == []


def test_the_providers_message_id_comes_back() -> None:
    made = client("pinpoint-sms-voice-v2")
    expected: dict[str, Any] = {
        "DestinationPhoneNumber": PHONE,
        "OriginationIdentity": NUMBER,
        **dict.fromkeys(("MessageBody", "MessageBodyTextType", "VoiceId", "TimeToLive"), ANY),
        **dict.fromkeys(("Context", "ConfigurationSetName"), ANY),
    }
    with Stubber(made) as stub:
        stub.add_response("send_voice_message", {"MessageId": "m-1"}, expected)
        assert caller(made).call(PHONE, TEXT, "en", REFERENCE) == "m-1"
        stub.assert_no_pending_responses()


def test_a_call_that_comes_late_is_not_placed() -> None:
    assert WAITS < 15 * 60, "by then the ladder has gone on"


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerException"])
def test_a_service_that_is_out_is_named(wire: Wire, code: str) -> None:
    wire.fail("SendVoiceMessage", *[code] * 9)
    with pytest.raises(Unavailable, match="voice"):
        caller(wire.client).call(PHONE, TEXT, "en", REFERENCE)


@pytest.mark.parametrize(
    ("code", "more", "told", "is_of_the_contact"),
    [
        ("ConflictException", {"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"}, None, True),
        ("ValidationException", {"Reason": "DESTINATION_COUNTRY_BLOCKED"}, None, False),
        ("ServiceQuotaExceededException", {"Reason": "DAILY_DESTINATION_CALL_LIMIT"}, None, False),
        (
            "ValidationException",
            {
                "Reason": "FIELD_VALIDATION_FAILED",
                "Fields": [{"Name": "DestinationPhoneNumber", "Message": "wrong"}],
            },
            "InvalidNumber",
            True,
        ),
    ],
)
def test_a_number_that_cannot_be_called_is_not_tried_again(
    code: str, more: dict[str, Any], told: str | None, *, is_of_the_contact: bool
) -> None:
    made = client("pinpoint-sms-voice-v2")
    with Stubber(made) as stub:
        stub.add_client_error("send_voice_message", code, f"not {PHONE}", modeled_fields=more)
        with pytest.raises(Undeliverable) as caught:
            caller(made).call(PHONE, TEXT, "en", REFERENCE)
    assert (caught.value.channel, caught.value.code) == ("voice", told or more["Reason"])
    assert caught.value.is_of_the_contact is is_of_the_contact
    assert PHONE not in str(caught.value)
    assert caught.value.__suppress_context__, "its cause may repeat the number"


OF_THE_NUMBER = {
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT",
}
OF_THE_ACCOUNT = {
    "ACCOUNT_DISABLED",
    "CHANNEL_NOT_ENABLED",
    "COUNTRY_NOT_ENABLED",
    "DAILY_DESTINATION_CALL_LIMIT",
    "DESTINATION_COUNTRY_BLOCKED",
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    # Of an account that is still in the sandbox.
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    "INSUFFICIENT_ACCOUNT_REPUTATION",
    "INTERNATIONAL_SENDING_NOT_SUPPORTED",
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
    "MESSAGE_TYPE_MISMATCH",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_VOICE",
    "NO_ORIGINATION_IDENTITIES_FOUND",
    "NUMBER_CAPABILITIES_MISMATCH",
    "PRICE_OVER_THRESHOLD",
    "REGISTRATION_NOT_COMPLETE",
    "RESOURCE_NOT_ACCESSIBLE",
    "RESOURCE_NOT_ACTIVE",
    "VOICE_CAPABILITY_NOT_AVAILABLE",
}
OF_A_FIELD = {"CANNOT_PARSE", "FIELD_VALIDATION_FAILED", "INVALID_PARAMETER", "INVALID_REQUEST", "OTHER"}
OF_THE_REQUEST = {
    "COUNTRY_CODE_MISMATCH",
    "INVALID_ARN",
    "MAXIMUM_SIZE_EXCEEDED",
    "MISSING_PARAMETER",
    "PARAMETERS_CANNOT_BE_USED_TOGETHER",
    "UNKNOWN_OPERATION",
    "UNSPECIFIED_PARAMETER_NOT_SUPPORTED",
}
OF_OTHER_OPERATIONS = set(
    """
    ASSOCIATIONS_PER_REGISTRATION ATTACHMENT_TYPE_NOT_SUPPORTED CANNOT_ADD_OPTED_OUT_NUMBER
    CONFIGURATION_SETS_PER_ACCOUNT CREATE_REGISTRATION_VERSION_NOT_ALLOWED DAILY_NOTIFY_TIER_MESSAGE_LIMIT
    DELETION_PROTECTION_ENABLED DISASSOCIATE_REGISTRATION_NOT_ALLOWED DISCARD_REGISTRATION_VERSION_NOT_ALLOWED
    EDIT_REGISTRATION_FIELD_VALUES_NOT_ALLOWED EVENT_DESTINATIONS_PER_CONFIGURATION_SET
    EVENT_DESTINATION_MISMATCH INVALID_FILTER_VALUES INVALID_NEXT_TOKEN INVALID_REGISTRATION_ASSOCIATION
    KEYWORDS_PER_PHONE_NUMBER KEYWORDS_PER_POOL KEYWORD_MISMATCH LAST_PHONE_NUMBER MEDIA_TYPE_NOT_SUPPORTED
    MONTHLY_SPEND_LIMIT_REACHED_FOR_MEDIA MONTHLY_SPEND_LIMIT_REACHED_FOR_NOTIFY
    MONTHLY_SPEND_LIMIT_REACHED_FOR_RCS MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT NOTIFY_CONFIGURATIONS_PER_ACCOUNT
    NOTIFY_CONFIGURATION_NOT_ACTIVE OPT_OUT_LISTS_PER_ACCOUNT OPT_OUT_LIST_MISMATCH
    ORIGINATION_IDENTITIES_PER_POOL PHONE_NUMBERS_PER_ACCOUNT PHONE_NUMBERS_PER_REGISTRATION
    PHONE_NUMBER_ASSOCIATED_TO_POOL PHONE_NUMBER_ASSOCIATED_TO_REGISTRATION PHONE_NUMBER_CANNOT_BE_OPTED_IN
    PHONE_NUMBER_CANNOT_BE_RELEASED PHONE_NUMBER_NOT_ASSOCIATED_TO_POOL
    PHONE_NUMBER_NOT_IN_REGISTRATION_REGION POOLS_PER_ACCOUNT POOL_ASSOCIATED_TO_NOTIFY_CONFIGURATION
    PROTECT_CONFIGURATIONS_PER_ACCOUNT PROTECT_CONFIGURATION_ASSOCIATED_WITH_CONFIGURATION_SET
    PROTECT_CONFIGURATION_IS_ACCOUNT_DEFAULT PROTECT_CONFIGURATION_NOT_ASSOCIATED_WITH_CONFIGURATION_SET
    RCS_AGENTS_PER_ACCOUNT RCS_AGENT_ALREADY_ASSOCIATED_TO_REGISTRATION_TYPE RCS_AGENT_ASSOCIATED_TO_POOL
    REGISTRATIONS_PER_ACCOUNT REGISTRATION_ALREADY_SUBMITTED REGISTRATION_ATTACHMENTS_CREATED_PER_DAY
    REGISTRATION_ATTACHMENTS_PER_ACCOUNT REGISTRATION_FIELD_CANNOT_BE_DELETED
    REGISTRATION_VERSIONS_CREATED_PER_DAY REQUESTED_SPEND_LIMIT_HIGHER_THAN_SERVICE_LIMIT
    RESOURCE_ALREADY_ASSOCIATED RESOURCE_ALREADY_EXISTS RESOURCE_DELETION_NOT_ALLOWED
    RESOURCE_MODIFICATION_NOT_ALLOWED RESOURCE_NOT_EMPTY SELF_MANAGED_OPT_OUTS_MISMATCH
    SENDER_IDS_PER_ACCOUNT SENDER_ID_ASSOCIATED_TO_POOL SENDER_ID_NOT_REGISTERED SENDER_ID_NOT_SUPPORTED
    SENDER_ID_REQUIRES_REGISTRATION SUBMIT_REGISTRATION_VERSION_NOT_ALLOWED TAGS_PER_RESOURCE
    TWO_WAY_CHANNEL_NOT_PRESENT TWO_WAY_CONFIG_MISMATCH TWO_WAY_NOT_ENABLED TWO_WAY_NOT_SUPPORTED_IN_COUNTRY
    TWO_WAY_NOT_SUPPORTED_IN_REGION TWO_WAY_TOPIC_NOT_PRESENT UNKNOWN_REGISTRATION_FIELD
    UNKNOWN_REGISTRATION_SECTION UNKNOWN_REGISTRATION_TYPE UNKNOWN_REGISTRATION_VERSION
    VERIFICATION_ALREADY_COMPLETE VERIFICATION_ATTEMPTS_PER_DAY VERIFICATION_CODE_EXPIRED
    VERIFICATION_CODE_MISMATCH VERIFIED_DESTINATION_NUMBERS_PER_ACCOUNT
    """.split()  # noqa: SIM905 - a name for each would fill two pages
)
REASONS = [
    (shape.name, reason)
    for shape in errors_of("pinpoint-sms-voice-v2", "SendVoiceMessage")
    if "Reason" in shape.members
    for reason in shape.members["Reason"].metadata["enum"]
]


def refusal(code: str, **more: object) -> Exception:
    made = client("pinpoint-sms-voice-v2")
    with Stubber(made) as stub:
        stub.add_client_error("send_voice_message", code, f"not {PHONE}", modeled_fields=more)
        with pytest.raises((Undeliverable, Unavailable)) as caught:
            caller(made).call(PHONE, TEXT, "en", REFERENCE)
    return caught.value


def test_each_reason_that_the_services_model_knows_was_thought_of() -> None:
    groups = (OF_THE_NUMBER, OF_THE_ACCOUNT, OF_A_FIELD, OF_THE_REQUEST, OF_OTHER_OPERATIONS)
    assert sum(map(len, groups)) == len(set().union(*groups))
    assert {reason for _, reason in REASONS} == set().union(*groups)


@pytest.mark.parametrize(("code", "reason"), REASONS)
def test_whatever_the_reason_it_is_refused_and_the_number_is_at_fault_where_it_says_so(
    code: str, reason: str
) -> None:
    refused = refusal(code, Reason=reason)
    assert isinstance(refused, Undeliverable)
    assert (refused.code, refused.is_of_the_contact) == (reason, reason in OF_THE_NUMBER)


VALIDATION = {reason for code, reason in REASONS if code == "ValidationException"} - OF_THE_NUMBER


@pytest.mark.parametrize("reason", sorted(VALIDATION))
def test_a_country_that_is_not_called_is_no_fault_of_a_number_that_is_named_with_it(reason: str) -> None:
    named = [{"Name": "DestinationPhoneNumber", "Message": "wrong"}]
    refused = refusal("ValidationException", Reason=reason, Fields=named)
    assert isinstance(refused, Undeliverable)
    assert refused.is_of_the_contact is (reason in OF_A_FIELD)


@pytest.mark.parametrize("shape", errors_of("pinpoint-sms-voice-v2", "SendVoiceMessage"))
def test_each_error_without_a_reason_is_an_outage_or_a_refusal(shape: Shape) -> None:
    refused = refusal(shape.name)
    passes = {"ThrottlingException", "InternalServerException"}
    assert isinstance(refused, Unavailable if shape.name in passes else Undeliverable)
    assert not getattr(refused, "is_of_the_contact", False)


def test_a_text_that_is_not_taken_is_no_fault_of_the_number() -> None:
    refused = refusal("ValidationException", Fields=[{"Name": "MessageBody", "Message": "wrong"}])
    assert isinstance(refused, Undeliverable)
    assert (refused.code, refused.is_of_the_contact) == ("ValidationException", False)


def test_an_error_that_the_service_does_not_know_is_loud() -> None:
    made = client("pinpoint-sms-voice-v2")
    with Stubber(made) as stub:
        stub.add_client_error("send_voice_message", "ExpiredTokenException")
        with pytest.raises(ClientError):
            caller(made).call(PHONE, TEXT, "en", REFERENCE)


def test_a_language_without_a_voice_is_refused_before_anybody_is_called(wire: Wire) -> None:
    with pytest.raises(Unregistered, match="bn"):
        caller(wire.client).call(PHONE, TEXT, "bn", REFERENCE)
    assert wire.sent == []


def test_a_deployment_without_a_number_says_that_it_has_no_such_channel(wire: Wire) -> None:
    with pytest.raises(Undeliverable) as caught:
        caller(wire.client, arn="").call(PHONE, TEXT, "en", REFERENCE)
    assert (caught.value.code, caught.value.is_of_the_contact) == (Undeliverable.NOT_SET_UP, False)
    assert wire.sent == []


def test_a_reference_is_said_digit_by_digit_and_a_line_is_a_pause() -> None:
    assert heard(spoken(TEXT)) == "An emergency.\nReference S S M 4 8 2 1, 9 0 3, 7 7 1 7."


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")))
def test_whatever_is_said_is_well_formed_markup_and_heard_as_it_was_written(text: str) -> None:
    ET.fromstring(spoken(text))  # noqa: S314 - our own
    assert heard(spoken(text)).split() == text.split()
