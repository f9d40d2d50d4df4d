"""Who wants no SMS."""

from __future__ import annotations

from functions.domain.errors import Outrun
from functions.domain.opt_out import OptOut
from functions.domain.receipt import Receipt
from tests.fakes.records import FakeRecords


class FakeOptOuts:
    """What citizens said of being sent SMS.

    Attributes:
        said: all of it, in order.
    """

    def __init__(self, records: FakeRecords) -> None:
        self._records = records
        self.said: list[OptOut] = []

    def keep(self, said: OptOut, receipt: Receipt) -> None:
        """See ``ports.OptOuts.keep``."""
        key = (receipt.sender, receipt.webhook_id)
        if key in self._records.receipts:
            raise Outrun("the same request came before")
        self._records.receipts[key] = receipt
        self.said.append(said)

    def has_opted_out(self, phone: str) -> bool:
        """See ``ports.OptOuts.has_opted_out``."""
        return next((one.opted_out for one in reversed(self.said) if one.phone == phone), False)
