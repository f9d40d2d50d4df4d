"""The message files and their registrations, read from a folder."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Entry = TypeVar("Entry", bound=BaseModel)

FOLDER = Path(__file__).resolve().parents[2] / "functions" / "messages"
_TEMPLATE = ".j2"


class Form(StrEnum):
    """What a file is for, by how its name ends; ``MAIL`` fills the text and the HTML of a layout."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"
    SUBJECT = "mail.subject"
    MAIL = "mail"
    MAIL_TEXT = "mail.txt"
    MAIL_HTML = "mail.html"

    @property
    def is_short(self) -> bool:
        """Whether it goes to a telephone."""
        return self in {Form.SMS, Form.WHATSAPP, Form.VOICE}


_FORMS = {"email": (Form.SUBJECT, Form.MAIL)}
"""Of the channels that are not called as their only form is."""


def audience_of(name: str) -> str:
    """Whom a message tells: the first word of its name."""
    return name.partition("_")[0]


@dataclass(frozen=True)
class MessageFile:
    """A template that somebody is told with.

    Attributes:
        path: below the folder, such as ``bn/officer_emergency.sms.j2``.
        language: of the folder it lies in.
        name: of the message, without language and form.
    """

    path: str
    language: str
    name: str
    form: Form
    source: str

    @property
    def told(self) -> str:
        """Whom it tells."""
        return audience_of(self.name)


class DltEntry(BaseModel):
    """A registration with the operators.

    Attributes:
        dlt_template_id: what the platform gave.
        sender_id: the header that the recipient sees.
        approved: whether these are what the platform gave.
        variables: in the order of the text.
        slots: how many of the registration's variables stand for one of the text's; one unless it says so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dlt_template_id: str = Field(pattern=r"^[0-9]{19}$")
    sender_id: str = Field(pattern=r"^[A-Z]{6}$")
    approved: bool = False
    variables: tuple[str, ...]
    slots: Mapping[str, int] = Field(default_factory=dict)

    def slots_of(self, variable: str) -> int:
        """How many of the registration's variables hold that one."""
        return self.slots.get(variable, 1)


class WhatsAppEntry(BaseModel):
    """A registration with Meta; see ``functions.adapters.whatsapp_templates``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9_]{1,512}$")
    language: str
    parameters: tuple[str, ...]
    button: str | None = None
    approved: bool = False


@dataclass(frozen=True)
class Catalogue:
    """A folder of messages.

    Attributes:
        files: by path.
        dlt: registrations with the operators, by path.
        whatsapp: those with Meta.
        malformed: registrations that cannot be read: path, and why.
        alerting: what the table of alerts tells with: names of messages, and forms.
    """

    folder: Path
    files: Mapping[str, MessageFile]
    dlt: Mapping[str, DltEntry]
    whatsapp: Mapping[str, WhatsAppEntry]
    malformed: tuple[tuple[str, str], ...]
    alerting: frozenset[tuple[str, Form]]


def read(folder: Path = FOLDER) -> Catalogue:
    """The messages in a folder that is laid out as ``functions/messages``."""
    malformed: list[tuple[str, str]] = []
    files = [_file(folder, path) for path in sorted(folder.glob(f"*/*{_TEMPLATE}"))]
    return Catalogue(
        folder=folder,
        files={file.path: file for file in files if file is not None},
        dlt=_entries(folder / "dlt.yaml", DltEntry, malformed),
        whatsapp=_entries(folder / "whatsapp.yaml", WhatsAppEntry, malformed),
        malformed=tuple(malformed),
        alerting=frozenset(_alerting(folder / "alerts.csv")),
    )


def _file(folder: Path, path: Path) -> MessageFile | None:
    name, _, form = path.name.removesuffix(_TEMPLATE).partition(".")
    if form not in set(Form) or name.startswith("layout"):
        return None
    return MessageFile(
        path=path.relative_to(folder).as_posix(),
        language=path.parent.name,
        name=name,
        form=Form(form),
        source=path.read_bytes().decode("utf-8"),
    )


def _alerting(path: Path) -> Iterator[tuple[str, Form]]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for channel in row["channels"].split(";"):
                for form in _FORMS.get(channel) or (Form(channel),):
                    yield row["template"], form


def _entries(path: Path, model: type[Entry], malformed: list[tuple[str, str]]) -> dict[str, Entry]:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    entries: dict[str, Any] = yaml.safe_load(text) or {}
    # YAML's loader keeps the last of two entries of one name and says nothing.
    named = Counter(re.findall(r"^([^\s#][^:]*):", text, re.MULTILINE))
    malformed += [(name, "stands there twice") for name, times in named.items() if times > 1]
    read_ones: dict[str, Entry] = {}
    for name, entry in entries.items():
        try:
            read_ones[name] = model.model_validate(entry)
        except ValidationError as error:
            malformed += [(name, f"{'.'.join(map(str, one['loc']))}: {one['msg']}") for one in error.errors()]
    return read_ones
