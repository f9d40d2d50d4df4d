"""Records found by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from functions.domain.matter import Clues
from functions.domain.record import Record


class RecordClues(Protocol):
    """Records by their clues: see ``matter``."""

    def leave_clues(self, record: Record, clues: Clues) -> None:
        """Lets others be led to the record; to leave the same once more changes nothing.

        Raises:
            Unavailable: the table throttles or does not answer; some clues may have been left.
        """

    def of_same_matter(self, record: Record, clues: Clues) -> Sequence[Record]:
        """Other records that have most in common with one, out of those that share a key with it.

        Whatever was left before is looked at, within the bounds that ``matter`` tells. A record may be read
        as it was some moments ago.

        Raises:
            Unavailable: the table throttles or does not answer.
        """
