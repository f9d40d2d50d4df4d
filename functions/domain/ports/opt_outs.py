"""Who wants no SMS."""

from __future__ import annotations

from typing import Protocol

from functions.domain.opt_out import OptOut
from functions.domain.receipt import Receipt


class OptOuts(Protocol):
    """What citizens said of being sent SMS, each time kept as evidence of who was told it and when."""

    def keep(self, said: OptOut, receipt: Receipt) -> None:
        """Keeps it with the request's receipt, all or nothing.

        Raises:
            Outrun: the receipt's key came before; nothing was kept.
            Unavailable: the table throttles or does not answer; nothing is known to be kept.
        """

    def has_opted_out(self, phone: str) -> bool:
        """Whether no SMS is wanted at a number, E.164, by what was said last (strongly consistent).

        Raises:
            Unavailable: the table does not answer.
        """
