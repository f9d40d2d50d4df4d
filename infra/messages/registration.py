"""What to register of a message: its text with a mark for each variable; and what must match it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from infra.messages.catalogue import DltEntry
from infra.messages.rules import DltRules
from infra.messages.structure import Fixed, Piece, Variable

_ANY = "var"


def dlt_text(parts: Sequence[Piece], entry: DltEntry, rules: DltRules, *, tagged: bool = False) -> str:
    """The text for the form of a DLT platform.

    Args:
        parts: of the template.
        entry: its registration, which says how many of the form's variables hold one of ours.
        rules: the tags of variables.
        tagged: whether the tags stand in the text, as ``{#url#}``; else it is ``{#var#}`` everywhere.
    """

    def mark(variable: Variable) -> str:
        tag = rules.tag_of(variable.name) if tagged else _ANY
        return f"{{#{tag}#}}" * entry.slots_of(variable.name)

    return "".join(part.text if isinstance(part, Fixed) else mark(part) for part in parts)


def whatsapp_text(parts: Sequence[Piece], parameters: Sequence[str]) -> str:
    """The body for Meta's form, with ``{{1}}``, ``{{2}}``, … for the parameters."""
    return "".join(
        part.text if isinstance(part, Fixed) else f"{{{{{parameters.index(part.name) + 1}}}}}"
        for part in parts
    )


def pattern(parts: Sequence[Piece], entry: DltEntry, rules: DltRules) -> re.Pattern[str]:
    """What a text that goes out must match whole: the fixed text as it stands, and what variables hold."""

    def filled(variable: Variable) -> str:
        return rf"(.{{1,{rules.variable_length * entry.slots_of(variable.name)}}})"

    return re.compile(
        "".join(re.escape(part.text) if isinstance(part, Fixed) else filled(part) for part in parts)
    )
