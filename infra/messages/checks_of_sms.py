"""What holds for an SMS: its parts, its alphabet, and its registration with the operators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from infra.messages.catalogue import Catalogue, DltEntry, MessageFile
from infra.messages.finding import Finding, Kind
from infra.messages.rules import Rules
from infra.messages.sms import ROOM, Encoding, Sms, divided
from infra.messages.structure import NotPlainError, Variable, pieces
from infra.messages.values import Domain, longest_text


def check_parts(file: MessageFile, texts: Sequence[str], rules: Rules) -> Iterator[Finding]:
    """The parts and the alphabet of a message, in all the ways in which it can be filled.

    Args:
        file: its file.
        texts: as they go out.
        rules: how many parts it may take.
    """
    filled = [divided(text) for text in texts]
    worst = max(filled, key=lambda sms: (len(sms.parts), sms.places))
    if len(worst.parts) > rules.sms.parts:
        yield Finding(file.path, Kind.BUDGET, _said(worst, rules))
    if file.language == "en" and any(sms.encoding is not Encoding.GSM_7 for sms in filled):
        yield Finding(
            file.path, Kind.ENCODING, "a character makes all of it UCS-2, of less than half the room"
        )


def check_registration(
    file: MessageFile, entry: DltEntry, known: Mapping[str, Domain], rules: Rules
) -> Iterator[Finding]:
    """Whether the registration is that of the template.

    Args:
        file: the template.
        entry: its registration.
        known: what variables can hold.
        rules: how much a variable of the registration holds.
    """
    try:
        names = [piece.name for piece in pieces(file.source) if isinstance(piece, Variable)]
    except NotPlainError as error:
        yield Finding(file.path, Kind.NOT_PLAIN, f"a registered text is fixed but for its variables: {error}")
        return
    if names != list(entry.variables):
        yield Finding(
            file.path,
            Kind.VARIABLES,
            f"it has {', '.join(names) or 'none'}; registered are {', '.join(entry.variables) or 'none'}",
        )
    for name in sorted(set(entry.slots) - set(names)):
        yield Finding(file.path, Kind.SLOTS, f"{name}: slots of a variable that it does not have")
    for name in sorted(set(names) & known.keys()):
        length = len(longest_text(known[name]))
        needed = -(-length // rules.dlt.variable_length)
        if entry.slots_of(name) != needed:
            said = f"{name} has up to {length} characters, {needed} slots are needed"
            yield Finding(file.path, Kind.SLOTS, f"{said}, {entry.slots_of(name)} registered")


def check_ids(catalogue: Catalogue) -> Iterator[Finding]:
    """Whether each registration has an id of its own."""
    given = Counter(entry.dlt_template_id for entry in catalogue.dlt.values())
    for path, entry in catalogue.dlt.items():
        if given[entry.dlt_template_id] > 1:
            yield Finding(path, Kind.DUPLICATE, entry.dlt_template_id)


def _said(sms: Sms, rules: Rules) -> str:
    _, joined = ROOM[sms.encoding]
    room = rules.sms.parts * joined
    return f"{len(sms.parts)} parts, {sms.places} of {room} places in {sms.encoding}: {'|'.join(sms.parts)!r}"
