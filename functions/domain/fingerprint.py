"""What a record is about, in some dozens of bytes: enough to tell which records may be alike, and no word.

Each *mark* is two bytes: what sort of thing it stands for, and a part of a hash of it. Two marks that are
equal by chance only have one record more compared.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from enum import IntEnum
from typing import Self

_BITS = 13
_MOST = 60
"""So many marks at the most: a text of five thousand characters has hundreds of words."""


class Mark(IntEnum):
    """What a mark stands for; at most eight sorts have room."""

    CATEGORY = 0
    BLOCK = 1
    COMPLAINT = 2
    THING = 3
    STATE = 4
    LANDMARK = 5
    NAME = 6
    NUMBER = 7


_WEIGHTS = {
    Mark.CATEGORY: 1,
    Mark.BLOCK: 4,
    Mark.COMPLAINT: 4,
    Mark.THING: 3,
    Mark.STATE: 2,
    Mark.LANDMARK: 2,
    Mark.NAME: 5,
    Mark.NUMBER: 3,
}
"""How much it tells that both have one."""


class Marks:
    """The marks of a fingerprint."""

    def __init__(self, fingerprint: bytes) -> None:
        self._marks = _read(fingerprint)

    @classmethod
    def of(cls, told: Iterable[tuple[Mark, str]]) -> Self:
        """Those of what a record tells; of too many the first ones, so the most telling come first."""
        marks = dict.fromkeys(_mark(sort, of) for sort, of in told)
        return cls(struct.pack(f"<{min(len(marks), _MOST)}H", *list(marks)[:_MOST]))

    def __bytes__(self) -> bytes:
        """The fingerprint."""
        return struct.pack(f"<{len(self._marks)}H", *sorted(self._marks))

    def in_common(self, fingerprint: bytes) -> int:
        """How much another record has in common with this one."""
        return sum(_WEIGHTS[Mark(mark >> _BITS)] for mark in self._marks & _read(fingerprint))


def _read(fingerprint: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f"<{len(fingerprint) // 2}H", fingerprint))


def _mark(sort: Mark, of: str) -> int:
    hashed = int.from_bytes(hashlib.sha256(of.encode()).digest()[:2])
    return sort << _BITS | hashed % (1 << _BITS)
