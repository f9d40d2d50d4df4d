"""What was sent: SMS and mails at the emulator, WhatsApp and voice at the portal simulator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import urllib3
from pydantic import BaseModel, TypeAdapter, ValidationError

from functions.domain.office import Level, Officer, in_post
from local.errors import LocalStackError
from local.portal.emulator import Emulator as Mailbox
from local.portal.emulator import EmulatorError

if TYPE_CHECKING:
    from local.aws import Emulator

SMS = "SMS"
MAIL = "mail"
SUPERVISOR = "review-supervisor@ssm.wb.example"
"""Where the data analysts' supervisor is written to, as the template has it."""

_OFFICERS = "officers.csv"
_TIMEOUT = 5.0


@dataclass(frozen=True)
class Message:
    """One message to one recipient.

    Attributes:
        channel: ``SMS``, ``mail`` or the simulator's word.
        to: Number or address.
        subject: Of a mail, else empty.
    """

    channel: str
    to: str
    text: str
    subject: str = ""


class _Simulated(BaseModel):
    channel: str
    to: str
    text: str
    reference: str | None


_OUTBOX = TypeAdapter(list[_Simulated])


class Post:
    """All that was sent.

    Args:
        aws_endpoint: The emulator's address.
        portal_url: The portal simulator's address.
    """

    def __init__(self, aws_endpoint: str, portal_url: str) -> None:
        self._mailbox = Mailbox(aws_endpoint)
        self._outbox = f"{portal_url}/_sim/outbox"
        self._http = urllib3.PoolManager(timeout=_TIMEOUT, retries=False)

    def about(self, references: Iterable[str]) -> dict[str, list[Message]]:
        """The messages that speak of each reference, oldest first; none while a source gives no answer."""
        found: dict[str, list[Message]] = {reference: [] for reference in references}
        try:
            for sms in reversed(self._mailbox.sms()):
                _sort_in(found, sms.text, Message(SMS, sms.to, sms.text))
            for mail in reversed(self._mailbox.mails()):
                text = mail.BodyText or ""
                for to in mail.To:
                    _sort_in(found, f"{mail.Subject}\n{text}", Message(MAIL, to, text, mail.Subject or ""))
            for one in _OUTBOX.validate_json(self._http.request("GET", self._outbox).data):
                _sort_in(found, f"{one.reference}\n{one.text}", Message(one.channel, one.to, one.text))
        except (EmulatorError, urllib3.exceptions.HTTPError, ValidationError):
            # Asked again in a moment; who waits for a message has a bound.
            return {reference: [] for reference in found}
        return found


def _sort_in(found: dict[str, list[Message]], text: str, message: Message) -> None:
    for reference, messages in found.items():
        if reference in text:
            messages.append(message)


class Register:
    """The register of officers as it was uploaded last."""

    def __init__(self, officers: Sequence[Officer]) -> None:
        self._officers = officers

    @classmethod
    def read(cls, emulator: Emulator, bucket: str) -> Register:
        """Reads the file where administrators put it.

        Raises:
            LocalStackError: It is not a register of officers.
        """
        content = emulator.s3.get_object(Bucket=bucket, Key=_OFFICERS)["Body"].read()
        try:
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            return cls([Officer.model_validate({k: v or None for k, v in row.items()}) for row in rows])
        except ValueError:
            raise LocalStackError(f"{_OFFICERS} in the registry bucket is no register of officers") from None

    def phone_of(self, office: str, level: Level, today: date) -> str | None:
        """The number of whoever holds that post."""
        holder = in_post([one for one in self._officers if one.office == office], level, today)
        return holder.phone if holder else None

    def holder_of(self, address: str) -> str | None:
        """Post and office of whoever has that number or mail address; None when it is nobody's of ours."""
        if address == SUPERVISOR:
            return "data analysts' supervisor"
        return next(
            (
                f"{one.designation}, {one.office}"
                for one in self._officers
                if address in {one.phone, one.whatsapp, one.email}
            ),
            None,
        )
