"""Records found by what they hold, for what runs by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from functions.domain.office import Level
from functions.domain.reconciliation import Late
from functions.domain.record import Record


class RecordIndex(Protocol):
    """Records by lead, portal id, day, office and clock."""

    def linked_to(self, reference: str) -> Sequence[str]:
        """References of all records that were linked to this one directly, as duplicates of it.

        A link is there as soon as its decision is kept.
        """

    def by_portal_id(self, portal_id: str) -> str | None:
        """Reference of the record that the portal holds under that id; None when none is known yet."""

    def pushed_on(self, day: date) -> Sequence[str]:
        """References of the records that the portal holds, registered on that day (IST), oldest first.

        A record may be some moments late to be found.
        """

    def late_pushes(self, before: date) -> Sequence[Late]:
        """What the portal was given on another day than that of registration, the longest ago first.

        Each day of registration stands there until it is dropped. A push of the last moments may be missing.

        Args:
            before: the day (IST) of which nothing is told yet, as more may come.
        """

    def drop_late(self, gone_through: Sequence[Late]) -> None:
        """Those are told no more: their days were gone through.

        Raises:
            Unavailable: the table does not answer.
        """

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """References of the records of which the last change was written in that time, oldest first."""

    def waiting_for_portal(self, limit: int) -> Sequence[str]:
        """References of records that wait for a portal that is out: emergencies first, then the oldest."""

    def newest(self, limit: int) -> Sequence[Record]:
        """The records that were registered last, of those that the portal holds or an analyst is to see.

        These are the ones that an officer has, or may get; newest first. Of what is only being carried to
        the portal some may be missing, and a record may be some moments late to be found.
        """

    def has_open(self, office: str) -> bool:
        """Whether an officer of an office has a record and is yet to report what was done.

        A record may be some moments late to be found, here, by ``has_reported`` and by ``left_behind``.
        """

    def has_reported(self, office: str) -> bool:
        """Whether an office reported on a record that is not closed, so that a recall may bring it back."""

    def left_behind(self, office: str, level: Level, present: Collection[str], limit: int) -> Sequence[str]:
        """References of records that are open with a post, and were given to somebody who held it before.

        Args:
            office: code of the post's office.
            level: of the post.
            present: what stands for the present officer, see ``Officer.holder``.
            limit: at most so many.
        """

    def with_timer_due(self, now: datetime) -> Sequence[str]:
        """References of records of which a clock has run out by ``now``, the longest overdue first."""
