"""Receipts of batches."""

from __future__ import annotations

from functions.domain.errors import KeyReused
from functions.domain.receipt import Receipt
from tests.fakes.records import FakeRecords


class FakeReceipts:
    """Receipts of batches, beside those of single records."""

    def __init__(self, records: FakeRecords) -> None:
        self._records = records

    def keep(self, receipt: Receipt) -> Receipt:
        """See ``ports.Receipts.keep``."""
        key = (receipt.sender, receipt.webhook_id)
        standing = self._records.receipts.get(key)
        if standing is not None and standing.fingerprint != receipt.fingerprint:
            raise KeyReused("this webhook-id came before with another request")
        if standing is not None and standing.answer:
            return standing
        self._records.receipts[key] = receipt
        return receipt
