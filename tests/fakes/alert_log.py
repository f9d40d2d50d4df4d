"""What was told to whom, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.domain.channel import Channel
from functions.domain.delivery import Outcome
from functions.domain.errors import BeingSent
from functions.domain.ports import Telling
from tests.fakes.system import FakeClock


class FakeAlertLog:
    """Evidence of alerts, with the lease of whoever is sending."""

    LEASE = timedelta(seconds=60)

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.claimed: dict[tuple[str, str], datetime] = {}
        self.evidence: dict[tuple[str, str], str] = {}
        self.told: dict[tuple[str, str], Telling] = {}
        self.contacts: dict[tuple[str, str], str | None] = {}
        self.outcomes: dict[tuple[str, str], Outcome] = {}
        self.ways: dict[tuple[Channel, str], tuple[str, str]] = {}
        self._tellers: dict[tuple[str, str], str | None] = {}

    def claim(self, reference: str, alert: Telling) -> bool:
        """See ``ports.AlertLog.claim``."""
        key = (reference, alert.key)
        if key in self.evidence:
            return False
        since = self.claimed.get(key)
        teller = getattr(alert, "told_by", None)
        if since is not None and self._clock.now() - since <= self.LEASE:
            if self._tellers.get(key) != teller:
                return False
            raise BeingSent("alert")
        self.claimed[key] = self._clock.now()
        self.told[key] = alert
        self._tellers[key] = teller
        return True

    def let_go(self, reference: str, alert: Telling) -> None:
        """See ``ports.AlertLog.let_go``."""
        if (reference, alert.key) not in self.evidence:
            self.claimed.pop((reference, alert.key), None)

    def sent(self, reference: str, alert: Telling, message_id: str, contact: str | None = None) -> None:
        """See ``ports.AlertLog.sent``."""
        self.evidence[reference, alert.key] = message_id
        self.contacts[reference, alert.key] = contact
        self.ways[getattr(alert, "channel", Channel.EMAIL), message_id] = (reference, alert.key)

    def refused(
        self,
        reference: str,
        alert: Telling,
        outcome: Outcome,
        message_id: str,
        contact: str | None = None,
    ) -> None:
        """See ``ports.AlertLog.refused``."""
        self.evidence[reference, alert.key] = ""
        self.contacts[reference, alert.key] = contact
        self.outcomes[reference, alert.key] = outcome
        self.ways[getattr(alert, "channel", Channel.EMAIL), message_id] = (reference, alert.key)
