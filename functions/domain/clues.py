"""The clues of a record: under which keys it is found, and its fingerprint (see ``matter``).

Every key has the place: the district, or each in which a police office lies that is named alone. Under it:

- the category, else the department;
- the block, with the category;
- what it complains of, whatever the category (see ``complaints``);
- names in the text, by how they begin to sound, whatever the spelling, the script and the case ending.

What makes two records alike is mostly in one of them, also where they were entered otherwise: another
category, no block, the police office alone.

Imported where records are compared alone: no other function pays for the libraries' start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from functions.domain import places
from functions.domain.comparing import Prepared, districts_of, prepare
from functions.domain.fingerprint import Mark, Marks
from functions.domain.likeness import Text
from functions.domain.matter import NO_CLUES, Clues
from functions.domain.meaning import Sort
from functions.domain.record import Record, Subject

COMPLAINTS = 2
"""Of a text's complaints so many are keys. Which is told by their hashes, so that two texts agree."""
NAMES = 2
"""Of its names so many, the longest."""
_BEGINS = 4
"""So many consonants of a name: case endings are behind them."""
_SHORTEST = 3
_LONG_NUMBER = 2

_SORTS = {"!": Mark.THING, "?": Mark.STATE, "@": Mark.LANDMARK}


def clues_of(record: Record, police_districts: Mapping[str, frozenset[str]]) -> Clues:
    """The clues of a record; none where nothing was said.

    Args:
        record: which.
        police_districts: codes of the districts in which a police office lies, by its code.
    """
    prepared = prepare(record, police_districts)
    if prepared is None:
        return NO_CLUES
    about = list(_about(prepared.subject, prepared.text))
    lies_in = sorted(districts_of(prepared.subject, police_districts)) or [prepared.place or ""]
    return Clues(
        keys=tuple(dict.fromkeys(f"{place}|{key}" for place in lies_in for key in about)),
        fingerprint=bytes(Marks.of(_told(prepared))),
    )


def _about(subject: Subject, text: Text) -> Iterator[str]:
    what = subject.category or subject.department or ""
    yield f"category|{what}"
    if block := places.sound_of(subject.block):
        yield f"block|{block}|{what}"
    for complaint in sorted(text.complaints, key=_hash)[:COMPLAINTS]:
        yield f"complaint|{complaint}"
    for name in sorted(_names(text), key=lambda name: (-len(name), name))[:NAMES]:
        yield f"name|{name}"


def _told(prepared: Prepared) -> Iterator[tuple[Mark, str]]:
    """What a record tells, the most telling first."""
    text, subject = prepared.text, prepared.subject
    for complaint in sorted(text.complaints):
        yield Mark.COMPLAINT, complaint
    if block := places.sound_of(subject.block):
        yield Mark.BLOCK, block
    if subject.category:
        yield Mark.CATEGORY, subject.category
    for name in sorted(_names(text)):
        yield Mark.NAME, name
    for word in text.first:
        if (sort := _SORTS.get(word[0])) is not None:
            yield sort, word[1:]
    for _, meant in text.said:
        if meant is not None and meant.sort is Sort.NUMBER and len(meant.name) >= _LONG_NUMBER:
            yield Mark.NUMBER, meant.name


def _names(text: Text) -> set[str]:
    return {name[:_BEGINS] for name in text.names if len(name) >= _SHORTEST and not name.isdigit()}


def _hash(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()
