"""Keeps what would disturb its recipient now in the record, until it may go."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from functions.changing import change
from functions.domain.alert_rules import AlertRules
from functions.domain.channel import Channel
from functions.domain.held_alerts import held
from functions.domain.ports import Ports
from functions.observability import count, logger


class Holding:
    """Which messages of one event may go now.

    Args:
        outside: the ports.
        rules: the alert table.
        now: by which time that is decided.
    """

    def __init__(self, outside: Ports, rules: AlertRules, now: datetime) -> None:
        self._outside = outside
        self._rules = rules
        self._now = now
        self._until: list[datetime] = []

    def lets_go(self, channel: Channel, *, keeps_hours: bool) -> bool:
        """Whether a message may go now; where it may not, it is to be kept."""
        earliest = self._rules.earliest(channel, self._now, keeps_hours=keeps_hours)
        if earliest <= self._now:
            return True
        self._until.append(earliest)
        return False

    @property
    def keeps_any(self) -> bool:
        """Whether a message was to be kept so far: then the event comes again when it may go."""
        return bool(self._until)

    def keep(self, reference: str, sequence: int) -> bool:
        """Notes in the record that messages of the event wait, where any does.

        Returns:
            False: nothing went out.

        Raises:
            Unavailable: the table is out; the event is to come again.
        """
        if self._until:
            note = partial(held, sequence=sequence, until=min(self._until), now=self._now)
            change(self._outside, reference, note)
            count("AlertsHeld", len(self._until))
            logger.info("alerts held", reference=reference, held=len(self._until))
        return False
