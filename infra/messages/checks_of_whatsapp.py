"""What holds for a WhatsApp template: its registration with Meta, and what Meta takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from infra.messages.catalogue import Catalogue, MessageFile, WhatsAppEntry
from infra.messages.finding import Finding, Kind
from infra.messages.rules import Rules
from infra.messages.structure import NotPlainError, Variable, pieces
from infra.messages.values import Domain

_NOT_IN_A_PARAMETER = re.compile(r"[\n\t]| {4}")


def check_registration(
    file: MessageFile, entry: WhatsAppEntry, known: Mapping[str, Domain], rules: Rules
) -> Iterator[Finding]:
    """Whether the registration is that of the template, and one that Meta takes.

    Args:
        file: the template.
        entry: its registration.
        known: what variables can hold.
        rules: Meta's limits.
    """
    try:
        parts = pieces(file.source)
    except NotPlainError as error:
        yield Finding(file.path, Kind.NOT_PLAIN, f"a registered text is fixed but for its variables: {error}")
        return
    # A variable that the text names twice is one parameter, and its number stands there twice.
    names = list(dict.fromkeys(part.name for part in parts if isinstance(part, Variable)))
    if names != list(entry.parameters):
        yield Finding(
            file.path,
            Kind.VARIABLES,
            f"it has {', '.join(names) or 'none'}; registered are {', '.join(entry.parameters) or 'none'}",
        )
    if any(isinstance(part, Variable) for part in (*parts[:1], *parts[-1:])):
        yield Finding(file.path, Kind.META, "its body starts or ends with a variable")
    if entry.language.partition("_")[0] != file.language:
        yield Finding(file.path, Kind.META, f"it is registered in {entry.language}")
    if entry.button is not None and not 0 < len(entry.button) <= rules.whatsapp.button:
        said = f"its button has {len(entry.button)} characters, 1 to {rules.whatsapp.button} are taken"
        yield Finding(file.path, Kind.META, said)
    for name in sorted(set(names) & known.keys()):
        if any(_NOT_IN_A_PARAMETER.search(str(value)) for value in known[name]):
            yield Finding(file.path, Kind.META, f"{name} can have a line break, a tab or four spaces")


def check_length(file: MessageFile, texts: Sequence[str], rules: Rules) -> Iterator[Finding]:
    """The length of a filled body."""
    length = max(map(len, texts))
    if length > rules.whatsapp.body:
        yield Finding(file.path, Kind.TOO_LONG, f"{length} characters, {rules.whatsapp.body} are taken")


def check_names(catalogue: Catalogue) -> Iterator[Finding]:
    """Whether each registration has a name of its own in its language."""
    given = Counter((entry.name, entry.language) for entry in catalogue.whatsapp.values())
    for path, entry in catalogue.whatsapp.items():
        if given[entry.name, entry.language] > 1:
            yield Finding(path, Kind.DUPLICATE, f"{entry.name} in {entry.language}")
