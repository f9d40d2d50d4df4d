"""The table of records, with its guards."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from functions.domain import callback, linking, reconciliation
from functions.domain.errors import KeyReused, NotFound, Outrun
from functions.domain.matter import Clue
from functions.domain.ports import Registered, WaitsAlready
from functions.domain.receipt import Receipt
from functions.domain.reconciliation import Late
from functions.domain.record import Record
from tests.fakes.record_clues import FakeRecordClues
from tests.fakes.record_index import FakeRecordIndex
from tests.fakes.record_lists import FakeRecordLists
from tests.fakes.system import FakeClock, FakeIdentifiers


class FakeRecords(FakeRecordLists, FakeRecordIndex, FakeRecordClues):
    """The table of records, with its guards.

    Attributes:
        kept: records by reference.
        clues: what leads to records, by key and period.
        portal_ids: references by every id that the portal ever gave.
        receipts: by sender and ``webhook-id``.
        writes: how many changes were kept.
        before_write: each is called once before a write, first in first out: where others come between.
    """

    def __init__(self, clock: FakeClock, identifiers: FakeIdentifiers) -> None:
        self._clock = clock
        self._identifiers = identifiers
        self.kept: dict[str, Record] = {}
        self.written_at: dict[str, datetime] = {}
        self.clues: dict[tuple[str, int], set[Clue]] = {}
        self.portal_ids: dict[str, str] = {}
        self.late: set[Late] = set()
        self.receipts: dict[tuple[str, str], Receipt] = {}
        self.writes = 0
        self.before_write: deque[Callable[[], None]] = deque()

    def put(self, *records: Record) -> None:
        """Lets records stand in the table from the start."""
        for record in records:
            self.kept[record.reference] = record
            if record.portal_id is not None:
                self.portal_ids.setdefault(record.portal_id, record.reference)
            self.written_at[record.reference] = self._clock.now()

    def register(
        self,
        record: Record,
        receipt: Receipt,
        answer: Callable[[Record], str],
        joined: tuple[Record, Record] | None = None,
    ) -> Registered | WaitsAlready | None:
        """See ``ports.Records.register``."""
        self._let_others_in()
        if earlier := self._earlier(receipt):
            return Registered(answer=earlier.answer, created=earlier.owner == receipt.owner)
        standing = self.kept.get(record.reference)
        if standing is None:
            waiting = self._waiting(record.caller.phone) if callback.waits(record) else None
            if waiting is not None:
                return WaitsAlready(waiting)
            if joined is not None:
                self._save(*joined)
            self._keep(record, receipt)
            return Registered(answer=receipt.answer, created=True)
        if standing.record_id != record.record_id:
            return None
        if standing.content_hash != record.content_hash:
            raise KeyReused("this record_id came before with another content")
        first_answer = answer(standing)
        self._note(receipt.model_copy(update={"answer": first_answer}))
        return Registered(answer=first_answer, created=False)

    def load(self, reference: str) -> Record:
        """See ``ports.Records.load``."""
        if reference not in self.kept:
            raise NotFound("there is no record of this reference")
        return self.kept[reference]

    def save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        """See ``ports.Records.save``."""
        self._let_others_in()
        if receipt is not None and self._earlier(receipt):
            raise Outrun("the same request is being answered just now")
        return self._save(before, after, receipt)

    def _waiting(self, phone: str) -> str | None:
        found = (
            one.reference for one in self.kept.values() if callback.waits(one) and one.caller.phone == phone
        )
        return next(found, None)

    def _save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        standing = self.kept.get(before.reference)
        if standing is None or standing.version != before.version:
            raise Outrun("the record was changed by somebody else just now")
        if linking.is_newly_linked(before, after):
            lead = self.kept.get(linking.lead_of(after))
            if lead is None or lead.status in linking.ENDS_UNREDRESSED:
                raise Outrun("its lead was decided otherwise just now")
        late = reconciliation.pushed_late(before, after, self._clock.now())
        self.late |= {late} if late is not None else set()
        after = after.model_copy(update={"version": before.version + 1, "owner": self._identifiers.owner()})
        self._keep(after, receipt)
        return after

    def receipt(self, sender: str, webhook_id: str) -> Receipt | None:
        """See ``ports.Records.receipt``."""
        return self.receipts.get((sender, webhook_id))

    def load_many(self, references: Sequence[str]) -> Sequence[Record]:
        """See ``ports.Records.load_many``."""
        return [self.kept[reference] for reference in references if reference in self.kept]

    def _let_others_in(self) -> None:
        if self.before_write:
            self.before_write.popleft()()

    def _earlier(self, receipt: Receipt) -> Receipt | None:
        earlier = self.receipts.get((receipt.sender, receipt.webhook_id))
        if earlier is not None and earlier.fingerprint != receipt.fingerprint:
            raise KeyReused("this webhook-id came before with another request")
        return earlier

    def _keep(self, record: Record, receipt: Receipt | None) -> None:
        if record.portal_id is not None and self.by_portal_id(record.portal_id) not in {
            None,
            record.reference,
        }:
            message = "the portal gave one id to two records"
            raise ValueError(message)
        self.put(record)
        self.writes += 1
        if receipt is not None:
            self._note(receipt)

    def _note(self, receipt: Receipt) -> None:
        self.receipts[receipt.sender, receipt.webhook_id] = receipt
