"""Lists of records that people work through, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from functions.domain.record import Record


@dataclass(frozen=True)
class Page:
    """A part of a list: records, and where the next part begins (None at the end)."""

    records: Sequence[Record]
    next: str | None


class RecordLists(Protocol):
    """Lists of records, each with a cursor that says where to go on."""

    def waiting_for_review(self, limit: int, cursor: str | None) -> Page:
        """What waits for an analyst: emergencies first, then oldest first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def waiting_for_field_check(self, districts: Sequence[str], limit: int, cursor: str | None) -> Page:
        """Action-taken records due for a field check in those districts, the longest waiting first.

        Args:
            districts: codes; the empty one stands for records without a district.
            limit: at most so many.
            cursor: where to go on.

        Raises:
            Refused: the cursor is none of ours.
        """

    def to_be_called_back(self, now: datetime, limit: int, cursor: str | None) -> Page:
        """Numbers that may be called now, the longest waiting first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def unreachable(self, limit: int, cursor: str | None) -> Page:
        """Numbers that were given up, the oldest first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def to_be_asked(self, since: datetime, limit: int, cursor: str | None) -> Page:
        """Records whose citizen was not asked yet about an action that was reported since then, oldest first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def of_caller(self, phone: str, limit: int, cursor: str | None) -> Page:
        """A caller's records, newest first.

        Args:
            phone: E.164.
            limit: at most so many.
            cursor: where to go on.

        Raises:
            Refused: the cursor is none of ours.
        """
