"""Whether officers were told what they are to be told."""

from __future__ import annotations

from collections.abc import Sequence

from functions.domain.alerts import alerts_for
from functions.domain.record import Record
from local.story import Alert


def untold(record: Record | None, alerts: Sequence[Alert]) -> list[str]:
    """What an officer should have been told of a record, and was not, in words.

    Args:
        record: As it stands.
        alerts: The evidence of what was sent about it.
    """
    if record is None:
        return []
    sent = {(one.sequence, one.level, one.channel) for one in alerts if one.state == "sent"}
    return [
        f"{alert.template} to {alert.level} by {alert.channel}"
        for event in record.events
        for alert in alerts_for(record, event)
        if (alert.sequence, alert.level, alert.channel) not in sent
    ]
