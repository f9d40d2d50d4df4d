"""By which channel an alert goes when one did not reach its officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from functions.domain.alert_rules import AlertRules
from functions.domain.alerts import Alert, alerts_for
from functions.domain.assignment import awaits_redress
from functions.domain.channel import Channel
from functions.domain.record import Event, Record

IS_NEWS_FOR = timedelta(days=1)
ORDER = (Channel.SMS, Channel.WHATSAPP, Channel.VOICE, Channel.EMAIL)
"""The next one is the first in this order by which the alert did not go yet."""


def is_same_message(one: Alert, other: Alert) -> bool:
    """Whether two alerts tell one officer the same, by whichever channel."""
    return (one.sequence, one.office, one.level, one.besides) == (
        other.sequence,
        other.office,
        other.level,
        other.besides,
    )


def is_still_needed(record: Record, event: Event, alert: Alert, rules: AlertRules, now: datetime) -> bool:
    """Whether an alert that did not arrive is to be told still.

    Not when the record has gone to another officer since, and not what asks for an acknowledgement when that
    was given since, or the matter is reported on. What only informs is no news any more after a day: carriers
    may take three to tell that an SMS did not arrive.

    Args:
        record: as it stands.
        event: which caused the alert.
        alert: that did not arrive.
        rules: the alert table.
        now: the time.
    """
    if not any(is_same_message(alert, one) for one in alerts_for(record, event, rules)):
        return False
    if not alert.asks:
        return now < event.at + IS_NEWS_FOR
    acknowledged = record.acknowledged_at is not None and record.acknowledged_at >= event.at
    return awaits_redress(record) and not acknowledged


def is_written_for(record: Record, alert: Alert, rules: AlertRules) -> bool:
    """Whether the text of an alert's message holds for a record.

    What the table sends of emergencies alone by that channel speaks of an emergency.
    """
    rows = [row for row in rules.rows if row.template == alert.template and alert.channel in row.channels]
    return record.is_emergency or not rows or any(row.matter != "emergency" for row in rows)


def candidates(failed: Alert) -> Iterator[Alert]:
    """The same alert by each other channel, in the order in which they are tried."""
    for channel in ORDER:
        if channel is not failed.channel:
            yield failed.model_copy(update={"channel": channel, "instead_of": failed.channel})
