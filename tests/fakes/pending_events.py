"""Events of the portal under ids that nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain.errors import Outrun
from functions.domain.receipt import Receipt
from tests.fakes.records import FakeRecords
from tests.fakes.system import FakeClock


class FakePendingEvents:
    """What the portal told under ids that nobody knows yet."""

    def __init__(self, clock: FakeClock, records: FakeRecords) -> None:
        self._clock = clock
        self._records = records
        self.kept: dict[tuple[str, str], str] = {}

    def keep(self, portal_id: str, event: str, receipt: Receipt) -> None:
        """See ``ports.PendingEvents.keep``."""
        key = (receipt.sender, receipt.webhook_id)
        if key in self._records.receipts:
            raise Outrun("the same request is being answered just now")
        self._records.receipts[key] = receipt
        self.kept[portal_id, f"{self._clock.now().isoformat()}#{receipt.owner}"] = event

    def of(self, portal_id: str) -> Sequence[tuple[str, str]]:
        """See ``ports.PendingEvents.of``."""
        return sorted((key, event) for (of, key), event in self.kept.items() if of == portal_id)

    def drop(self, portal_id: str, key: str) -> None:
        """See ``ports.PendingEvents.drop``."""
        self.kept.pop((portal_id, key), None)
