"""SMS by SNS and e-mail by SES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions.adapters.messages import registration_of
from functions.adapters.outages import unavailable_when_out
from functions.domain.ports import Mail

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import MessageTypeDef
    from mypy_boto3_sns import SNSClient


class AwsMessaging:
    """Fills the ``Messaging`` port."""

    def __init__(self, sns: SNSClient, ses: SESV2Client, mail_from: str, sms_entity_id: str) -> None:
        self._sns = sns
        self._ses = ses
        self._mail_from = mail_from
        self._sms_entity_id = sms_entity_id

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """See ``ports.Messaging.send_sms``; the attributes are those that India's operators ask for."""
        registration = registration_of(template)
        attributes = {
            "AWS.SNS.SMS.SMSType": "Transactional",
            "AWS.SNS.SMS.SenderID": registration.sender_id,
            "AWS.MM.SMS.EntityId": self._sms_entity_id,
            "AWS.MM.SMS.TemplateId": registration.template_id,
        }
        with unavailable_when_out("sms"):
            answer = self._sns.publish(
                PhoneNumber=phone,
                Message=text,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
                },
            )
        return answer["MessageId"]

    def send_mail(self, mail: Mail) -> str:
        """See ``ports.Messaging.send_mail``."""
        content: MessageTypeDef = {
            "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": mail.text, "Charset": "UTF-8"},
                "Html": {"Data": mail.html, "Charset": "UTF-8"},
            },
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
        with unavailable_when_out("mail"):
            answer = self._ses.send_email(
                FromEmailAddress=self._mail_from,
                Destination={"ToAddresses": [mail.to]},
                Content={"Simple": content},
            )
        return answer["MessageId"]
