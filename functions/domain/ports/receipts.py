"""Receipts of requests that keep more than one record."""

from __future__ import annotations

from typing import Protocol

from functions.domain.receipt import Receipt


class Receipts(Protocol):
    """Receipts of requests that keep more than one record, and so cannot be written with it."""

    def keep(self, receipt: Receipt) -> Receipt:
        """Keeps a receipt, unless one with an answer stands.

        One without an answer only takes the key for its request: the same request's next one fills it.

        Returns:
            The one that stands now.

        Raises:
            KeyReused: the key came before with another request.
            Unavailable: the table throttles or does not answer.
        """
