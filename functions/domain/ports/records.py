"""All that the table of records does."""

from __future__ import annotations

from typing import Protocol

from functions.domain.ports.record_clues import RecordClues
from functions.domain.ports.record_index import RecordIndex
from functions.domain.ports.record_keeping import RecordKeeping
from functions.domain.ports.record_lists import RecordLists


class Records(RecordKeeping, RecordLists, RecordIndex, RecordClues, Protocol):
    """The table of records."""
