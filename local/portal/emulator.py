"""Reads the SMS and mails that the AWS emulator was asked to send."""

import threading
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

_TIMEOUT_SECONDS = 1.0


class EmulatorError(Exception):
    """The emulator gave no usable answer; the message is a sentence for a person."""


class _SmsRecord(BaseModel):
    MessageId: str
    PhoneNumber: str
    Message: str


class _SmsBox(BaseModel):
    sms_messages: dict[str, list[_SmsRecord]]


class Mail(BaseModel):
    """One mail, by the emulator's own names; ``Timestamp`` counts Unix seconds."""

    To: list[str] = Field(default_factory=list)
    Subject: str | None = None
    BodyText: str | None = None
    BodyHtml: str | None = None
    Timestamp: float

    @property
    def at(self) -> datetime:
        """When the mail was sent."""
        return datetime.fromtimestamp(self.Timestamp, UTC)


class _MailBox(BaseModel):
    messages: dict[str, list[Mail]]


class Sms(BaseModel):
    """One SMS, and when it was first seen here."""

    to: str
    text: str
    seen_at: datetime


class Emulator:
    """The emulator at an endpoint such as ``http://127.0.0.1:4566``; safe to use from many threads.

    Raises:
        ValueError: the endpoint is not an ``http://`` address with a host.
    """

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError("the AWS endpoint must be an http:// address")
        self._host = parts.hostname
        self._port = parts.port
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[int, datetime]] = {}

    def sms(self) -> list[Sms]:
        """All SMS, newest first.

        The emulator keeps them by number and without a time, so newer is what was seen here later.

        Raises:
            EmulatorError: no usable answer.
        """
        try:
            box = _SmsBox.model_validate_json(self._get("/_ministack/sns/sms-messages"))
        except ValidationError:
            raise EmulatorError("The emulator's list of SMS has an unexpected shape.") from None
        records = {record.MessageId: record for records in box.sms_messages.values() for record in records}
        with self._lock:
            now = datetime.now(UTC)
            for message_id in records:
                self._seen.setdefault(message_id, (len(self._seen), now))
            newest_first = sorted(records, key=self._seen.__getitem__, reverse=True)
            return [
                Sms(to=records[key].PhoneNumber, text=records[key].Message, seen_at=self._seen[key][1])
                for key in newest_first
            ]

    def mails(self) -> list[Mail]:
        """All mails, newest first.

        Raises:
            EmulatorError: no usable answer.
        """
        try:
            box = _MailBox.model_validate_json(self._get("/_ministack/ses/messages"))
        except ValidationError:
            raise EmulatorError("The emulator's list of mails has an unexpected shape.") from None
        mails = [mail for mails in box.messages.values() for mail in mails]
        return sorted(mails, key=lambda mail: mail.Timestamp, reverse=True)

    def _get(self, path: str) -> bytes:
        connection = HTTPConnection(self._host, self._port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            raise EmulatorError("The AWS emulator does not answer just now.") from None
        finally:
            connection.close()
        if response.status != 200:  # noqa: PLR2004 - HTTP's own number
            raise EmulatorError(f"The AWS emulator answered {response.status}.")
        return body
