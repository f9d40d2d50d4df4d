"""SMS by SNS, e-mail by SES, WhatsApp and calls by End User Messaging."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from functools import cached_property
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from functions.adapters.messages import registration_of
from functions.adapters.outages import code_of, unanswered_when_unsure
from functions.adapters.voice import Caller
from functions.adapters.whatsapp import WhatsAppSender
from functions.domain.errors import Undeliverable, Unregistered
from functions.domain.mail_address import is_mail_address
from functions.domain.ports import Mail, WhatsAppMessage

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import MessageTypeDef, SendEmailRequestTypeDef
    from mypy_boto3_sns import SNSClient


_OPTED_OUT = frozenset({"OptedOut", "OptedOutException"})
_INVALID = frozenset({"InvalidParameter", "InvalidParameterException"})
REFUSED_MAIL = frozenset(
    {
        "AccountSuspendedException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "SendingPausedException",
    }
)
"""What SES says no to, and will the next time too: the account, the sender or the content, as a rule."""
_OF_THE_ACCOUNT = REFUSED_MAIL - {"MessageRejected"}
_SPEAKS_OF_AN_ADDRESS = re.compile(r"address|domain|local part|user ?name|recipient", re.IGNORECASE)


class AwsMessaging:
    """Fills the ``Messaging`` port.

    Args:
        sns: the SDK's client.
        ses: the SDK's client.
        mail_from: the verified sender of mails.
        sms_entity_id: the government's principal entity id on the DLT platform.
        takes_placeholders: whether an SMS goes out under a template id that is a placeholder.
        whatsapp: makes what sends WhatsApp messages, when the first one is to be sent.
        voice: makes what calls, likewise.
        mail_configuration_set: names where SES tells what becomes of mails; empty for nowhere.
    """

    def __init__(
        self,
        sns: SNSClient,
        ses: SESV2Client,
        mail_from: str,
        sms_entity_id: str,
        *,
        takes_placeholders: bool,
        whatsapp: Callable[[], WhatsAppSender],
        voice: Callable[[], Caller],
        mail_configuration_set: str = "",
    ) -> None:
        self._sns = sns
        self._ses = ses
        self._mail_from = mail_from
        self._sms_entity_id = sms_entity_id
        self._takes_placeholders = takes_placeholders
        self._make_whatsapp = whatsapp
        self._make_voice = voice
        self._mail_configuration_set = mail_configuration_set

    # Few events are told by these two, and reading a service's model takes its time at a cold start.
    @cached_property
    def _whatsapp(self) -> WhatsAppSender:
        return self._make_whatsapp()

    @cached_property
    def _voice(self) -> Caller:
        return self._make_voice()

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """See ``ports.Messaging.send_sms``; the attributes are those that India's operators ask for."""
        registration = registration_of(template)
        if not (registration.is_approved or self._takes_placeholders):
            raise Unregistered(template, "its DLT template id is a placeholder")
        attributes = {
            "AWS.SNS.SMS.SMSType": "Transactional",
            "AWS.SNS.SMS.SenderID": registration.sender_id,
            "AWS.MM.SMS.EntityId": self._sms_entity_id,
            "AWS.MM.SMS.TemplateId": registration.template_id,
        }
        with unanswered_when_unsure("sms"):
            try:
                answer = self._sns.publish(
                    PhoneNumber=phone,
                    Message=text,
                    MessageAttributes={
                        name: {"DataType": "String", "StringValue": value}
                        for name, value in attributes.items()
                    },
                )
            except ClientError as error:
                undeliverable = _undeliverable_sms(error)
                if undeliverable is None:
                    raise
                # Without its cause, which repeats the number.
                raise undeliverable from None
        return answer["MessageId"]

    def send_mail(self, mail: Mail) -> str:
        """See ``ports.Messaging.send_mail``."""
        content: MessageTypeDef = {
            "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": mail.text, "Charset": "UTF-8"},
                "Html": {"Data": mail.html, "Charset": "UTF-8"},
            },
            "Headers": [{"Name": name, "Value": value} for name, value in self._headers(mail).items()],
        }
        if mail.attachments:
            content["Attachments"] = [
                {
                    "FileName": attachment.name,
                    "ContentType": attachment.content_type,
                    "ContentDisposition": "ATTACHMENT",
                    "ContentTransferEncoding": "BASE64",
                    "RawContent": attachment.content,
                }
                for attachment in mail.attachments
            ]
        request: SendEmailRequestTypeDef = {
            "FromEmailAddress": self._mail_from,
            "Destination": {"ToAddresses": [mail.to]},
            "Content": {"Simple": content},
        }
        if self._mail_configuration_set:
            request["ConfigurationSetName"] = self._mail_configuration_set
        with unanswered_when_unsure("mail"):
            try:
                answer = self._ses.send_email(**request)
            except ClientError as error:
                undeliverable = _undeliverable_mail(error, mail.to)
                if undeliverable is None:
                    raise
                # Without its cause, which may repeat the address.
                raise undeliverable from None
        return answer["MessageId"]

    def _headers(self, mail: Mail) -> Mapping[str, str]:
        # RFC 3834: no machine is to answer a machine.
        headers = {"Auto-Submitted": "auto-generated"}
        if mail.reference is None:
            return headers
        # SES names each mail itself. So all of one record answer a mail that never was, and clients show
        # them under one another; Outlook goes by the topic.
        _, address = parseaddr(self._mail_from)
        first = f"<{mail.reference}@{address.rpartition('@')[2]}>"
        topic = f"Grievance {mail.reference}"
        return headers | {"In-Reply-To": first, "References": first, "Thread-Topic": topic}

    def send_whatsapp(self, phone: str, message: WhatsAppMessage) -> str:
        """See ``ports.Messaging.send_whatsapp``."""
        return self._whatsapp.send(phone, message)

    def call(self, phone: str, text: str, language: str, reference: str) -> str:
        """See ``ports.Messaging.call``."""
        return self._voice.call(phone, text, language, reference)


def _undeliverable_sms(error: ClientError) -> Undeliverable | None:
    """What SNS says of the number itself; of any other parameter it would be our mistake, and loud."""
    code, message = code_of(error), str(error.response.get("Error", {}).get("Message", "")).lower()
    if code in _OPTED_OUT or (code in _INVALID and "opted out" in message):
        return Undeliverable("sms", "OptedOut")
    if code in _INVALID and "phonenumber" in message.replace(" ", ""):
        return Undeliverable("sms", "InvalidNumber")
    return None


def _undeliverable_mail(error: ClientError, to: str) -> Undeliverable | None:
    """What SES refuses for good; of any other part of a request it would be our mistake, and loud.

    Its words do not tell the recipient's address from the sender's, which the deployment has. The recipient's
    is at fault where it is none by our own rule.
    """
    code = code_of(error)
    if code in _OF_THE_ACCOUNT:
        return Undeliverable("email", code, is_of_the_contact=False)
    if code not in {"BadRequestException", "MessageRejected"}:
        return None
    if not is_mail_address(to):
        return Undeliverable("email", "InvalidAddress")
    if code in REFUSED_MAIL:
        return Undeliverable("email", code, is_of_the_contact=False)
    if _SPEAKS_OF_AN_ADDRESS.search(str(error.response.get("Error", {}).get("Message", ""))):
        return Undeliverable("email", "InvalidAddress", is_of_the_contact=False)
    return None
