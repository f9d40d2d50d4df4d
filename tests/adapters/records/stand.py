"""Records in a table, of either kind, and their clock."""

from dataclasses import dataclass
from datetime import timedelta

from functions.domain import review
from functions.domain.ports import Records, Registered, WaitsAlready
from functions.domain.record import Record
from tests.builders import (
    ANALYST,
    NOW,
    numbered,
    receipt,
    reference_of,
    registered,
    under_review,
)
from tests.fakes import FakeClock

REFERENCE = reference_of()


def answer(record: Record) -> str:
    return f"the answer to {record.record_id}, {record.status}"


@dataclass
class World:
    """Records and their clock."""

    records: Records
    clock: FakeClock

    def register(
        self,
        record: Record,
        webhook_id: str = "msg_1",
        *,
        fingerprint: str = "print-of-the-request",
        owner: str = "this worker",
    ) -> Registered | WaitsAlready | None:
        """Registers a record."""
        note = receipt(webhook_id, fingerprint=fingerprint, owner=owner, answer=answer(record))
        return self.records.register(record, note, answer)

    def let_stand(self, record: Record) -> Record:
        """A record in any state in the table."""
        born = record.model_copy(update={"version": 1, "owner": "owner-at-birth"})
        assert self.register(born, f"msg of {record.reference}")
        return self.records.load(record.reference)


def waiting(number: int, minute: int, *, emergency: bool = False) -> Record:
    at = NOW + timedelta(minutes=minute)
    return numbered(under_review(registered(emergency=emergency, at=at)), number)


def rejected(record: Record) -> Record:
    return review.reject(record, analyst_id=ANALYST, reason="A reason", at=NOW)
