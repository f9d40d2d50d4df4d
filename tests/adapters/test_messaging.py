"""SMS as India's operators ask for them, and mails in both forms."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from functions.adapters import messages
from functions.adapters.messages import (
    CITIZENS_FALLBACK,
    FALLBACK_LANGUAGE,
    language_for,
    registration_of,
    render,
)
from functions.adapters.messaging import REFUSED_MAIL, AwsMessaging
from functions.domain.errors import Unavailable, Undeliverable, Unregistered
from functions.domain.ports import Attachment, Mail
from tests.adapters.conftest import Wire, client, errors_of

FROM = "ssm@wb.example"
ENTITY = "1101000000000000001"
TEMPLATE = "bn/officer_emergency.sms.j2"
MAIL = Mail(to="nodal@officers.wb.example", subject="অভিযোগ", text="পাঠ্য", html="<p>পাঠ্য</p>")
REGISTERED = yaml.safe_load(
    (Path(messages.__file__).parents[1] / "messages" / "dlt.yaml").read_text(encoding="utf-8")
)


@pytest.fixture
def sns(_aws: None) -> Wire:
    return Wire(client("sns"))


@pytest.fixture
def ses(_aws: None) -> Wire:
    made = client("sesv2")
    made.create_email_identity(EmailIdentity=FROM)
    return Wire(made)


def _nobody() -> Any:  # noqa: ANN401 - a sender of another channel
    raise AssertionError("neither an SMS nor a mail needs another channel's client")


def messaging_of(
    sns: Any,  # noqa: ANN401 - any client
    ses: Any,  # noqa: ANN401 - any client
    *,
    takes_placeholders: bool,
    mail_from: str = FROM,
) -> AwsMessaging:
    return AwsMessaging(
        sns=sns,
        ses=ses,
        mail_from=mail_from,
        sms_entity_id=ENTITY,
        takes_placeholders=takes_placeholders,
        whatsapp=_nobody,
        voice=_nobody,
    )


@pytest.fixture
def messaging(sns: Wire, ses: Wire) -> AwsMessaging:
    return messaging_of(sns.client, ses.client, takes_placeholders=True)


@pytest.mark.parametrize("template", sorted(REGISTERED))
def test_an_sms_carries_the_registration_of_its_text(
    messaging: AwsMessaging, sns: Wire, template: str
) -> None:
    assert messaging.send_sms("+919000000001", "একটি বার্তা", template)
    (sent,) = sns.parameters
    assert (sent["PhoneNumber"], sent["Message"]) == ("+919000000001", "একটি বার্তা")
    attributes = {name: value["StringValue"] for name, value in sent["MessageAttributes"].items()}
    assert attributes == {
        "AWS.SNS.SMS.SMSType": "Transactional",
        "AWS.SNS.SMS.SenderID": REGISTERED[template]["sender_id"],
        "AWS.MM.SMS.EntityId": ENTITY,
        "AWS.MM.SMS.TemplateId": REGISTERED[template]["dlt_template_id"],
    }
    assert {value["DataType"] for value in sent["MessageAttributes"].values()} == {"String"}


def test_a_text_that_is_not_registered_is_not_sent(messaging: AwsMessaging, sns: Wire) -> None:
    with pytest.raises(Unregistered, match=r"bn/nothing\.sms\.j2"):
        messaging.send_sms("+919000000001", "text", "bn/nothing.sms.j2")
    assert sns.sent == []


def test_an_sms_under_a_placeholder_is_sent_on_a_developers_machine_alone(sns: Wire, ses: Wire) -> None:
    assert not registration_of(TEMPLATE).is_approved
    deployed = messaging_of(sns.client, ses.client, takes_placeholders=False)
    with pytest.raises(Unregistered, match="placeholder"):
        deployed.send_sms("+919000000001", "text", TEMPLATE)
    assert sns.sent == []


def test_an_sms_under_an_approved_id_is_sent_anywhere(
    sns: Wire, ses: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved = replace(registration_of(TEMPLATE), is_approved=True)
    monkeypatch.setattr("functions.adapters.messaging.registration_of", lambda _: approved)
    assert messaging_of(sns.client, ses.client, takes_placeholders=False).send_sms(
        "+919000000001", "text", TEMPLATE
    )


NUMBER = "+919000000404"


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        ("OptedOut", "The number has opted out", "OptedOut"),
        ("InvalidParameter", f"Invalid parameter: PhoneNumber Reason: {NUMBER} is opted out", "OptedOut"),
        (
            "InvalidParameter",
            f"Invalid parameter: PhoneNumber Reason: {NUMBER} is not valid to publish to",
            "InvalidNumber",
        ),
    ],
)
def test_a_number_that_takes_no_sms_is_not_tried_again_and_not_told_of(
    code: str, message: str, told: str, ses: Wire
) -> None:
    sns = client("sns")
    with Stubber(sns) as stub:
        stub.add_client_error("publish", service_error_code=code, service_message=message)
        with pytest.raises(Undeliverable) as caught:
            messaging_of(sns, ses.client, takes_placeholders=True).send_sms(NUMBER, "text", TEMPLATE)
    assert (caught.value.channel, caught.value.code, caught.value.is_of_the_contact) == ("sms", told, True)
    assert NUMBER not in str(caught.value)
    assert caught.value.__suppress_context__, "its cause repeats the number"


def test_another_wrong_parameter_is_our_mistake_and_loud(ses: Wire) -> None:
    sns = client("sns")
    with Stubber(sns) as stub:
        stub.add_client_error("publish", "InvalidParameter", "Invalid parameter: Message too long")
        with pytest.raises(ClientError):
            messaging_of(sns, ses.client, takes_placeholders=True).send_sms(NUMBER, "text", TEMPLATE)


def test_a_mail_goes_in_both_forms_in_utf_8(messaging: AwsMessaging, ses: Wire) -> None:
    assert messaging.send_mail(MAIL)
    (sent,) = ses.parameters
    assert sent["FromEmailAddress"] == FROM
    assert sent["Destination"] == {"ToAddresses": [MAIL.to]}
    simple = sent["Content"]["Simple"]
    assert simple["Subject"] == {"Data": MAIL.subject, "Charset": "UTF-8"}
    assert simple["Body"] == {
        "Text": {"Data": MAIL.text, "Charset": "UTF-8"},
        "Html": {"Data": MAIL.html, "Charset": "UTF-8"},
    }


NO_ADDRESS = f"{MAIL.to}\u200b"
SANDBOX = f"Email address is not verified. The following identities failed the check: {MAIL.to}"


def refused_mail(sns: Wire, code: str, message: str, to: str = MAIL.to) -> Exception:
    ses = client("sesv2")
    with Stubber(ses) as stub:
        stub.add_client_error("send_email", service_error_code=code, service_message=message)
        with pytest.raises((Undeliverable, Unavailable, ClientError)) as caught:
            messaging_of(sns.client, ses, takes_placeholders=True).send_mail(replace(MAIL, to=to))
    return caught.value


@pytest.mark.parametrize(
    ("code", "message", "to", "told", "is_of_the_contact"),
    [
        ("BadRequestException", "Domain contains illegal character", NO_ADDRESS, "InvalidAddress", True),
        ("BadRequestException", "Missing final '@domain'", "js.hfw", "InvalidAddress", True),
        ("BadRequestException", "Whatever it says of it", NO_ADDRESS, "InvalidAddress", True),
        ("MessageRejected", "Illegal address", NO_ADDRESS, "InvalidAddress", True),
        # The service does not say of whom it speaks: here of the sender.
        ("BadRequestException", "Domain contains illegal character", MAIL.to, "InvalidAddress", False),
        ("BadRequestException", "Local address contains illegal character", MAIL.to, "InvalidAddress", False),
        ("MessageRejected", SANDBOX, MAIL.to, "MessageRejected", False),
        ("MessageRejected", "Invalid content", MAIL.to, "MessageRejected", False),
        ("AccountSuspendedException", "Suspended", NO_ADDRESS, "AccountSuspendedException", False),
        ("SendingPausedException", "Paused", MAIL.to, "SendingPausedException", False),
        ("MailFromDomainNotVerifiedException", "No", MAIL.to, "MailFromDomainNotVerifiedException", False),
    ],
)
def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    sns: Wire, code: str, message: str, to: str, told: str, *, is_of_the_contact: bool
) -> None:
    refused = refused_mail(sns, code, message, to)
    assert isinstance(refused, Undeliverable)
    assert (refused.channel, refused.code) == ("email", told)
    assert refused.is_of_the_contact is is_of_the_contact
    assert to not in str(refused)
    assert refused.__suppress_context__, "its cause may repeat the address"


@pytest.mark.parametrize(
    ("code", "message"),
    [("BadRequestException", "Header name is too long"), ("NotFoundException", "No configuration set")],
)
def test_what_is_wrong_with_another_part_of_a_mail_is_our_mistake_and_loud(
    sns: Wire, code: str, message: str
) -> None:
    assert isinstance(refused_mail(sns, code, message), ClientError)


def test_each_error_of_the_mail_services_model_was_thought_of() -> None:
    loud, passes = {"NotFoundException"}, {"TooManyRequestsException", "LimitExceededException"}
    refused = {*REFUSED_MAIL, "BadRequestException"}
    known = {shape.name for shape in errors_of("sesv2", "SendEmail")}
    assert known == loud | passes | refused


def headers_of(sent: dict[str, Any]) -> dict[str, str]:
    return {each["Name"]: each["Value"] for each in sent["Content"]["Simple"]["Headers"]}


def test_mails_of_one_record_answer_one_that_never_was_so_that_clients_show_them_together(
    messaging: AwsMessaging, ses: Wire
) -> None:
    for subject in ("first", "second"):
        messaging.send_mail(replace(MAIL, subject=subject, reference="SSM-4821-903-7717"))
    first, second = map(headers_of, ses.parameters)
    assert first == second
    assert first["References"] == first["In-Reply-To"] == "<SSM-4821-903-7717@wb.example>"
    assert first["Thread-Topic"] == "Grievance SSM-4821-903-7717"
    messaging.send_mail(replace(MAIL, reference="SSM-4821-903-7718"))
    assert headers_of(ses.parameters[-1])["References"] != first["References"]


def test_a_mail_says_that_a_machine_wrote_it_and_one_of_no_record_answers_nothing(
    messaging: AwsMessaging, ses: Wire
) -> None:
    messaging.send_mail(MAIL)
    assert headers_of(ses.parameters[-1]) == {"Auto-Submitted": "auto-generated"}


@pytest.mark.parametrize("sender", [FROM, f"CMO Grievance Cell <{FROM}>", f'"Cell, CMO" <{FROM}>'])
def test_headers_take_the_senders_domain_and_no_more_than_ses_does(ses: Wire, sender: str) -> None:
    sending = messaging_of(ses.client, ses.client, takes_placeholders=True, mail_from=sender)
    sending.send_mail(replace(MAIL, reference="SSM-4821-903-7717"))
    found = headers_of(ses.parameters[-1])
    assert found["References"].endswith("@wb.example>")
    shape = client("sesv2").meta.service_model.shape_for("MessageHeader")
    for name, value in found.items():
        assert re.fullmatch(shape.members["Name"].metadata["pattern"], name)
        assert re.fullmatch(shape.members["Value"].metadata["pattern"], value)
        assert MAIL.to not in value


def test_a_channel_that_is_out_is_named(messaging: AwsMessaging, sns: Wire, ses: Wire) -> None:
    sns.fail("Publish", *["ThrottlingException"] * 9)
    ses.fail("SendEmail", *["ThrottlingException"] * 9)
    with pytest.raises(Unavailable, match="sms"):
        messaging.send_sms("+919000000001", "text", TEMPLATE)
    with pytest.raises(Unavailable, match="mail"):
        messaging.send_mail(MAIL)


@pytest.mark.parametrize(
    ("wanted", "written"), [("bn", "bn"), ("en", "en"), ("hi", "en"), ("ne", "en"), ("sat", "en")]
)
@pytest.mark.parametrize("message", ["officer_forwarded.sms.j2", "officer_forwarded.mail.j2"])
def test_a_language_without_that_message_falls_back(message: str, wanted: str, written: str) -> None:
    assert language_for(wanted, message) == written
    assert FALLBACK_LANGUAGE == "en"


@pytest.mark.parametrize(
    ("wanted", "written"),
    [("bn", "bn"), ("hi", "hi"), ("en", "en"), ("ne", "bn"), ("ur", "bn"), ("sat", "bn"), (None, "bn")],
)
def test_citizens_are_written_to_in_bengali_where_theirs_has_no_messages(
    wanted: str | None, written: str
) -> None:
    assert language_for(wanted, "citizen_linked.sms.j2", CITIZENS_FALLBACK) == written


def test_a_registration_has_the_two_ids_that_the_operators_ask_for() -> None:
    found = registration_of(TEMPLATE)
    assert (found.template_id, found.sender_id) == (
        REGISTERED[TEMPLATE]["dlt_template_id"],
        REGISTERED[TEMPLATE]["sender_id"],
    )


def test_a_variable_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(Exception, match="undefined"):
        render(TEMPLATE, {"reference": "SSM-4821-903-7717"})


def test_a_file_goes_with_a_mail_as_it_is(messaging: AwsMessaging, ses: Wire) -> None:
    content = "নাম,ফোন\r\n".encode("utf-8-sig")
    roster = Attachment(name="roster.csv", content_type="text/csv", content=content)
    assert messaging.send_mail(replace(MAIL, attachments=(roster,)))
    (attached,) = ses.parameters[0]["Content"]["Simple"]["Attachments"]
    assert (attached["FileName"], attached["ContentType"]) == ("roster.csv", "text/csv")
    assert (attached["RawContent"], attached["ContentDisposition"]) == (content, "ATTACHMENT")


def test_a_mail_without_a_file_names_none(messaging: AwsMessaging, ses: Wire) -> None:
    messaging.send_mail(MAIL)
    assert "Attachments" not in ses.parameters[0]["Content"]["Simple"]
