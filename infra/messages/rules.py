"""The rules as data: ``rules.yaml`` beside this file."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SmsRules(_Part):
    """Of every SMS; ``parts`` is how many it may take."""

    parts: int


class DltRules(_Part):
    """Of a registration.

    Attributes:
        variable_length: characters that one variable holds.
        tag: what a variable holds in the registration's words, unless ``tags`` says otherwise.
    """

    variable_length: int
    tag: str
    tags: Mapping[str, str]

    def tag_of(self, variable: str) -> str:
        """The tag of a variable."""
        return self.tags.get(variable, self.tag)


class WhatsAppRules(_Part):
    """Characters at the most: of a filled body, and of a button's label."""

    body: int
    button: int


class VoiceRules(_Part):
    """Characters at the most of what is spoken, with its markup."""

    body: int


class Rules(_Part):
    """All of them; the file says where each comes from.

    Attributes:
        links: whitelisted links up to their ``?``; ``{public_base_url}`` stands for the deployment's.
        phones: whitelisted telephone numbers, digits alone.
        public_base_url_length: characters that the deployment's may have.
        personal: variables that hold a caller's data.
        languages: by the first word of a message's name, by channel.
        scripts: by language, as in Unicode's names.
    """

    sms: SmsRules
    dlt: DltRules
    links: tuple[str, ...]
    phones: frozenset[str]
    public_base_url_length: int
    whatsapp: WhatsAppRules
    voice: VoiceRules
    personal: frozenset[str]
    languages: Mapping[str, Mapping[str, tuple[str, ...]]]
    scripts: Mapping[str, str]


@functools.cache
def rules() -> Rules:
    """The rules that ship with the code."""
    text = Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8")
    return Rules.model_validate(yaml.safe_load(text))
