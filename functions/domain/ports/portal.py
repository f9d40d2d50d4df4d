"""The CMO Grievance Portal, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from functions.domain.reconciliation import Listed
from functions.domain.record import Recall, Record

BUSY = "status-429"


@dataclass(frozen=True)
class Accepted:
    """The portal holds the grievance under ``portal_id``."""

    portal_id: str


@dataclass(frozen=True)
class TryLater:
    """The portal could not take it now.

    Attributes:
        retry_after: seconds that it asked for, None when it named none.
        why: a code for logs and metrics.
    """

    retry_after: int | None
    why: str

    @property
    def is_busy(self) -> bool:
        """Whether it is there and asks for patience, rather than out."""
        return self.why == BUSY


@dataclass(frozen=True)
class HeldOtherwise:
    """The portal holds something else under the same key: trying again does not help, somebody must look."""


@dataclass(frozen=True)
class RefusedByPortal:
    """The portal will not take it as it is; ``reason`` are its words."""

    reason: str


PortalAnswer = Accepted | TryLater | RefusedByPortal | HeldOtherwise


@dataclass(frozen=True)
class PortalPage:
    """A part of the portal's list of a day.

    Attributes:
        entries: of grievances that are ours.
        malformed: how many entries under our flag name no reference of ours.
        next: where the list goes on, None at its end.
    """

    entries: Sequence[Listed]
    malformed: int
    next: str | None


class Portal(Protocol):
    """The CMO Grievance Portal."""

    def push(self, record: Record, recall: Recall | None) -> PortalAnswer:
        """Enters the grievance, or a recall of it; a repeat finds the entry that is there."""

    def listed(self, day: date, cursor: str | None) -> PortalPage | TryLater:
        """What it holds of the grievances registered on a day (IST), page by page.

        Args:
            day: of registration.
            cursor: the page before's ``next``, None for the first.
        """

    def fields_of(self, record: Record) -> Mapping[str, object]:
        """What it must list of a record, comparable with what it does: no text, fingerprints of texts."""
