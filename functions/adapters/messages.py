"""Messages as files: Jinja2 templates per language, and the DLT registration of each SMS."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from functions.domain.errors import Unregistered

FALLBACK_LANGUAGE = "en"
CITIZENS_FALLBACK = "bn"
"""Most callers speak it; officers read English."""
_NOT_STATED = {"en": "not stated", "bn": "জানানো হয়নি"}
_FOLDER = Path(__file__).parent.parent / "messages"


@dataclass(frozen=True)
class Registration:
    """An SMS template's registration under TRAI's DLT rules.

    Attributes:
        template_id: the id that the DLT platform gave.
        sender_id: the header that the recipient sees.
        is_approved: whether these are what the platform gave; placeholders are not.
    """

    template_id: str
    sender_id: str
    is_approved: bool


@functools.cache
def _environment(*, html: bool) -> Environment:
    """Templates that make HTML, where every value is escaped, or templates that make text."""
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=html),
        keep_trailing_newline=False,
    )


@functools.cache
def _registrations() -> Mapping[str, Registration]:
    entries = yaml.safe_load((_FOLDER / "dlt.yaml").read_text(encoding="utf-8"))
    return {
        name: Registration(
            template_id=entry["dlt_template_id"],
            sender_id=entry["sender_id"],
            is_approved=entry.get("approved", False),
        )
        for name, entry in entries.items()
    }


@functools.cache
def _checks() -> Mapping[str, Mapping[str, str]]:
    checks: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        (_FOLDER / "checks.yaml").read_text(encoding="utf-8")
    )
    return checks


def found_wanting(check: str, language: str) -> str:
    """What it means, in that language, that a field visit did not find a check fulfilled."""
    return _checks()[check][language]


def not_stated(language: str) -> str:
    """What stands for a category, a person or a time that a record has not.

    A word: operators may drop a message in which a registered variable is hardly there.
    """
    return _NOT_STATED.get(language, _NOT_STATED[FALLBACK_LANGUAGE])


def language_for(wanted: str | None, message: str, fallback: str = FALLBACK_LANGUAGE) -> str:
    """The language to write a message in: the wanted one where that message is written in it, else another.

    Args:
        wanted: None where it is not known.
        message: its file in every language's folder, such as ``officer_forwarded.sms.j2``.
        fallback: the other one, in which every such message is written.
    """
    return wanted if wanted and (_FOLDER / wanted / message).is_file() else fallback


def is_written(message: str) -> bool:
    """Whether a message is there at all, such as ``officer_emergency.voice.j2``."""
    return (_FOLDER / FALLBACK_LANGUAGE / message).is_file()


def render(template: str, values: Mapping[str, object]) -> str:
    """A filled template.

    Args:
        template: its path below ``messages/``, such as ``bn/officer_emergency.sms.j2``.
        values: every variable that it names.

    Raises:
        jinja2.UndefinedError: a variable is missing.
    """
    html = template.endswith(".html.j2")
    return _environment(html=html).get_template(template).render(values).strip()


def mail_of(name: str, values: Mapping[str, object], layout: str = "layout") -> tuple[str, str, str]:
    """Subject, text and HTML of a mail.

    Text and HTML come from one file, ``{name}.mail.j2``: it fills the blocks of the layout that it is given.

    Args:
        name: language and message, such as ``bn/officer_emergency``.
        values: every variable that the message and the layouts name.
        layout: which pair of layouts, in the message's language: ``layout`` speaks of one grievance.

    Raises:
        jinja2.UndefinedError: a variable is missing.
    """
    language, _, _ = name.partition("/")
    text, html = (
        _environment(html=form == "html")
        .get_template(f"{name}.mail.j2")
        .render(values, layout=f"{language}/{layout}.mail.{form}.j2")
        .strip()
        for form in ("txt", "html")
    )
    return render(f"{name}.mail.subject.j2", values), text, html


def registration_of(template: str) -> Registration:
    """The DLT registration of an SMS template.

    Raises:
        Unregistered: it has none, and so must not be sent: operators drop what is not registered.
    """
    found = _registrations().get(template)
    if found is None or not found.template_id:
        raise Unregistered(template, "it has no DLT template id")
    return found
