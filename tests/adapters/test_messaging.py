"""SMS as India's operators ask for them, and mails in both forms."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from functions.adapters import messages
from functions.adapters.messages import (
    CITIZENS_FALLBACK,
    FALLBACK_LANGUAGE,
    language_for,
    registration_of,
    render,
)
from functions.adapters.messaging import AwsMessaging
from functions.domain.errors import Unavailable
from functions.domain.ports import Attachment, Mail
from tests.adapters.conftest import Wire, client

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


@pytest.fixture
def messaging(sns: Wire, ses: Wire) -> AwsMessaging:
    return AwsMessaging(sns=sns.client, ses=ses.client, mail_from=FROM, sms_entity_id=ENTITY)


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
    with pytest.raises(KeyError):
        messaging.send_sms("+919000000001", "text", "bn/nothing.sms.j2")
    assert sns.sent == []


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
