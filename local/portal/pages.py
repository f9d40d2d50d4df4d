"""The page for humans: what was sent, newest first."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from local.portal.contract import IST
from local.portal.emulator import Emulator, EmulatorError
from local.portal.store import Grievance, Store

_SHOWN = 200
_LINK = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?।)])")


@dataclass(frozen=True)
class Card:
    """One thing that was sent, ready to be shown."""

    heading: str
    when: str
    text: str = ""
    badges: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Section:
    """One tab; ``count`` is None when nobody could tell, and ``note`` is a sentence above the cards."""

    name: str
    title: str
    cards: tuple[Card, ...] = ()
    count: int | None = None
    note: str = ""


class Page:
    """Renders the page.

    Args:
        store: what the portal holds.
        emulator: where SMS and mails are read from; None leaves their tabs out.
    """

    def __init__(self, store: Store, emulator: Emulator | None = None) -> None:
        self._store = store
        self._emulator = emulator
        templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
        )
        templates.filters["linked"] = linked
        self._template = templates.get_template("page.html.j2")

    def render(self, name: str) -> str:
        """Makes the page's HTML with the named tab open, the first when there is none of that name."""
        sections = [self._portal(), self._messages()]
        if self._emulator is not None:
            sections.insert(1, _section_of("sms", "SMS", self._sms, self._emulator))
            sections.append(_section_of("mail", "Mail", self._mails, self._emulator))
        shown = next((section for section in sections if section.name == name), sections[0])
        return self._template.render(sections=sections, shown=shown, limit=_SHOWN)

    def _portal(self) -> Section:
        cards = tuple(_grievance_card(grievance) for grievance in self._store.newest(_SHOWN))
        return Section("portal", "Portal", cards, self._store.counts()["grievances"])

    def _messages(self) -> Section:
        messages = self._store.outbox()
        cards = tuple(
            Card(
                heading=message.to,
                when=_in_words(message.at),
                text=message.text,
                badges=(message.channel,),
                facts=(("Reference", message.reference),) if message.reference else (),
            )
            for message in messages[: -_SHOWN - 1 : -1]
        )
        return Section("messages", "WhatsApp and voice", cards, len(messages))

    @staticmethod
    def _sms(emulator: Emulator) -> Section:
        messages = emulator.sms()
        cards = tuple(
            Card(heading=sms.to, when=_in_words(sms.seen_at), text=sms.text) for sms in messages[:_SHOWN]
        )
        note = "The emulator keeps no times for SMS: shown is when this page first saw each one."
        return Section("sms", "SMS", cards, len(messages), note if cards else "")

    @staticmethod
    def _mails(emulator: Emulator) -> Section:
        mails = emulator.mails()
        cards = tuple(
            Card(
                heading=mail.Subject or "(no subject)",
                when=_in_words(mail.at),
                text=mail.BodyText or "",
                facts=(("To", ", ".join(mail.To)),),
                source=mail.BodyHtml or "",
            )
            for mail in mails[:_SHOWN]
        )
        return Section("mail", "Mail", cards, len(mails))


def linked(text: str) -> Markup:
    """Escapes a text, and makes the web addresses in it links."""
    parts = _LINK.split(text)
    return Markup("").join(
        Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def _section_of(name: str, title: str, read: Callable[[Emulator], Section], emulator: Emulator) -> Section:
    try:
        return read(emulator)
    except EmulatorError as error:
        return Section(name, title, note=str(error))


def _grievance_card(grievance: Grievance) -> Card:
    post = grievance.post
    caller = post.complainant
    facts = {
        "Reference": post.reference,
        "Department": post.department,
        "District": post.district,
        "Category": post.category,
        "Scheme": post.scheme,
        "Complainant": caller.name,
        "Phone": caller.phone,
        "Address": caller.address,
        "Registered": _in_words(post.registered_at),
        "Due": _in_words(post.due_at) if post.due_at else "none",
    }
    for number, recall in enumerate(grievance.recalls, start=1):
        facts[f"Recall {number}"] = f"{_in_words(recall.line.received_at)}: {recall.post.summary}"
    badges = []
    if post.emergency:
        badges.append("emergency")
    if grievance.recalls:
        badges.append("recalled")
    return Card(
        heading=f"{grievance.line.portal_id} · {post.summary}",
        when=_in_words(grievance.line.received_at),
        text=post.details or "",
        badges=tuple(badges),
        facts=tuple((label, value) for label, value in facts.items() if value),
    )


def _in_words(moment: datetime) -> str:
    return moment.astimezone(IST).strftime("%d %b %Y, %H:%M:%S")
