"""The WhatsApp templates as registered with Meta, and messages that fill them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from functions.adapters.messages import render
from functions.domain.errors import Unregistered
from functions.domain.ports import WhatsAppMessage

_FILE = Path(__file__).parent.parent / "messages" / "whatsapp.yaml"


@dataclass(frozen=True)
class WhatsAppTemplate:
    """A template's registration with Meta.

    Attributes:
        path: of its text below ``messages/``, such as ``en/officer_emergency.whatsapp.j2``.
        name: Meta's name of it, the same in every language.
        language: Meta's code of its language.
        parameters: the variables of the text, in the order of ``{{1}}``, ``{{2}}``, … in the registration.
        button: label of the button that opens the acknowledgement page; None where it has none.
        is_approved: whether Meta approved it under that name; placeholders are not.
    """

    path: str
    name: str
    language: str
    parameters: tuple[str, ...]
    button: str | None
    is_approved: bool


@functools.cache
def registered_templates() -> Mapping[str, WhatsAppTemplate]:
    """All that are registered, by their path."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8")) or {}
    return {
        path: WhatsAppTemplate(
            path=path,
            name=entry["name"],
            language=entry["language"],
            parameters=tuple(entry["parameters"]),
            button=entry.get("button"),
            is_approved=entry.get("approved", False),
        )
        for path, entry in entries.items()
    }


def template_of(path: str) -> WhatsAppTemplate:
    """The registration of a template.

    Args:
        path: of its text, below ``messages/``.

    Raises:
        Unregistered: it has none.
    """
    found = registered_templates().get(path)
    if found is None:
        raise Unregistered(path, "it is not registered with Meta")
    return found


def message_of(path: str, values: Mapping[str, object], reference: str, link: str) -> WhatsAppMessage:
    """A message that fills a template.

    Args:
        path: of the template's text, below ``messages/``.
        values: every variable that it names.
        reference: of the record that it speaks of.
        link: the acknowledgement link, which the button of a template opens that has one.

    Raises:
        Unregistered: the template is not registered, or its button has no link to open.
        jinja2.UndefinedError: a variable is missing.
    """
    template = template_of(path)
    _, _, token = link.rpartition("=")
    if template.button and not token:
        raise Unregistered(path, "it is registered with a button, and the message has no link")
    filled = {name: one_line(str(values[name])) for name in template.parameters}
    return WhatsAppMessage(
        template=path,
        language=template.language,
        parameters=tuple(filled.values()),
        link_token=token if template.button else None,
        text=text_of(template, filled, link),
        reference=reference,
    )


def text_of(template: WhatsAppTemplate, filled: Mapping[str, str], link: str) -> str:
    """The whole as its recipient reads it: the body, and under it the button and what it opens.

    Args:
        template: which.
        filled: the body's parameters by their names.
        link: what the button opens.
    """
    body = render(template.path, filled)
    return f"{body}\n\n{template.button}: {link}" if template.button else body


def one_line(text: str) -> str:
    """A parameter as Meta takes it: without line breaks, tabs or a run of spaces, and never empty."""
    return " ".join(text.split()) or "-"
