"""Which messages the last page shows in full, and in English for whoever reads no Bengali."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.adapters import bundled
from functions.adapters.messages import render
from functions.domain.record import EventType, Record
from functions.wire import told
from local.demo.call import Call
from local.demo.sent import MAIL, SMS, Message, Register

_SHOWN = {EventType.EMERGENCY_RAISED: "officer_emergency", EventType.ESCALATED: "officer_escalated"}
_LINK = re.compile(r"https?://\S+")
_LANGUAGES = ("bn", "en")


@dataclass(frozen=True)
class Chosen:
    """A message as it was sent.

    Attributes:
        title: What it is and to whom it went.
        subject: Of a mail, else empty.
        text: As it was sent.
        meaning: The same message in English, empty where it is English.
    """

    title: str
    subject: str
    text: str
    meaning: str

    @property
    def is_mail(self) -> bool:
        """Whether it is a mail; else it is an SMS."""
        return bool(self.subject)


def choose(calls: Sequence[Call], register: Register) -> list[Chosen]:
    """Two SMS and a mail about the emergency to which most happened; fewer where there are none."""
    emergencies = [call for call in calls if call.record and call.record.is_emergency and call.messages]
    if not emergencies:
        return []
    call = max(emergencies, key=lambda one: len(one.record.events) if one.record else 0)
    return [*_sms(call, register), *_mail(call, register)]


def _sms(call: Call, register: Register) -> Iterator[Chosen]:
    for kind in _SHOWN:
        for message in call.messages:
            language = call.record and message.channel == SMS and _language_of(message, call.record, kind)
            if language:
                yield Chosen(
                    title=f"SMS to the {register.holder_of(message.to)}, {message.to}",
                    subject="",
                    text=message.text,
                    meaning="" if language == "en" else _filled(message, call.record, kind, "en"),
                )
                break


def _mail(call: Call, register: Register) -> Iterator[Chosen]:
    for message in call.messages:
        if message.channel == MAIL:
            title = f"E-mail to the {register.holder_of(message.to)}, {message.to}"
            yield Chosen(title, message.subject, message.text.strip(), "")
            return


def _language_of(message: Message, record: Record, kind: EventType) -> str | None:
    """In which language it is the SMS of that event; None when it is another one."""
    return next(
        (one for one in _LANGUAGES if _filled(message, record, kind, one).split() == message.text.split()),
        None,
    )


def _filled(message: Message, record: Record | None, kind: EventType, language: str) -> str:
    link = _LINK.search(message.text)
    registers = bundled.registers()
    subject = record.subject if record else None
    category = registers.categories.get(subject.category or "") if subject else None
    missed = record.told_breach_of if record and kind is EventType.ESCALATED else None
    # A recall has set another time since: the first alert spoke of the promise.
    due = missed or (record.promised_at if record else None)
    return render(
        f"{language}/{_SHOWN[kind]}.sms.j2",
        {
            "reference": record.reference if record else "",
            "category": category.name_in(language) if category else "-",
            "due": told(due) or "-",
            "link": link.group() if link else "",
        },
    )
