"""The table of records, one at a time: registered, read, changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from functions.domain.receipt import Receipt
from functions.domain.record import Record


@dataclass(frozen=True)
class Registered:
    """What came of a registration.

    Attributes:
        answer: the body of the first answer, JSON.
        created: whether this very request made the record; False for a repeat.
    """

    answer: str
    created: bool


@dataclass(frozen=True)
class WaitsAlready:
    """A number that rang waits for a call already; the new record is to join the one under which it does."""

    reference: str


class RecordKeeping(Protocol):
    """Records as they are kept, each under its reference."""

    def register(
        self,
        record: Record,
        receipt: Receipt,
        answer: Callable[[Record], str],
        joined: tuple[Record, Record] | None = None,
    ) -> Registered | WaitsAlready | None:
        """Keeps a new record and the receipt of its request, in one request and all or nothing.

        Args:
            record: the new one.
            receipt: with the answer to it.
            answer: the answer to the record that is found instead, when it was kept before.
            joined: the record that the new one joins, as it stood and as it stands now.

        Returns:
            None when the reference is taken by another record: the next candidate is to be tried.

        Raises:
            KeyReused: the receipt's or the record's key came before with another content.
            Outrun: the record that it joins was changed by somebody else; nothing was kept.
            Unavailable: the table throttles or does not answer; nothing is known to be kept.
        """

    def load(self, reference: str) -> Record:
        """The record as it stands (strongly consistent).

        Raises:
            NotFound: there is none.
            Unavailable: the table does not answer.
        """

    def save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        """Keeps the changed record, guarded by the version of ``before``, with the request's receipt.

        A duplicate's link to its lead is kept with it.

        Returns:
            The record as kept, with its new version.

        Raises:
            Outrun: somebody else changed it first, or decided that its lead does not go on; nothing was kept.
            KeyReused: the receipt's key came before.
            Unavailable: the table throttles or does not answer.
        """

    def receipt(self, sender: str, webhook_id: str) -> Receipt | None:
        """The receipt of an earlier request, None when there is none."""

    def load_many(self, references: Sequence[str]) -> Sequence[Record]:
        """Those of the records that exist (strongly consistent), in that order.

        Raises:
            Unavailable: the table does not answer.
        """
