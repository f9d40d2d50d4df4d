"""Which alerts of an event are to be told still, while time passes over sending them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from functions.domain.alert_rules import AlertRules
from functions.domain.alerts import Alert, alerts_for, is_overtaken
from functions.domain.ports import Ports
from functions.domain.record import Event, Record

_FRESH_FOR = timedelta(seconds=5)
"""A channel that hangs takes longer; by then the officer may have acknowledged what came by another one."""


class Timely:
    """The alerts of one event, without what was overtaken.

    Args:
        outside: the ports.
        record: read just now.
        event: one of its events.
        rules: the alert table.

    Attributes:
        record: as it stands.
        alerts: those that are to be told, in the order in which they go.
    """

    def __init__(self, outside: Ports, record: Record, event: Event, rules: AlertRules) -> None:
        self._outside = outside
        self._event = event
        self._rules = rules
        self._read_at = outside.clock.now()
        self.record = record
        self.alerts = self._left()

    def still_holds(self, alert: Alert) -> bool:
        """Whether an alert is to be told still; its record is read anew when that is some seconds ago.

        Raises:
            Unavailable: the table does not answer.
        """
        now = self._outside.clock.now()
        if now - self._read_at > _FRESH_FOR:
            self.record = self._outside.records.load(self.record.reference)
            self._read_at = now
            self.alerts = self._left()
        return alert in self.alerts

    def _left(self) -> Sequence[Alert]:
        found = alerts_for(self.record, self._event, self._rules)
        return [one for one in found if not is_overtaken(self.record, self._event, one)]
