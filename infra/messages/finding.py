"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be wrong with a message."""

    BUDGET = "over its parts"
    ENCODING = "not in GSM-7"
    NOT_PLAIN = "not plain"
    UNKNOWN_VARIABLE = "unknown variable"
    UNREGISTERED = "not registered"
    NO_FILE = "no file"
    MALFORMED = "malformed registration"
    VARIABLES = "other variables than registered"
    SLOTS = "other slots than its values need"
    DUPLICATE = "id given twice"
    LINK = "link that is not whitelisted"
    PHONE = "number that is not whitelisted"
    SCRIPT = "another script"
    NOT_NFC = "not in NFC"
    LANGUAGE = "language missing"
    PERSONAL = "personal data"
    SPACES = "spaces at the end of a line"
    TOO_LONG = "too long"
    META = "not as Meta takes it"


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong.

    Attributes:
        path: of the message, below the folder.
        detail: a sentence.
    """

    path: str
    kind: Kind
    detail: str

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}: {self.detail}"
