"""Hands on the alerts that were held at night, when their hours begin."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from functions.changing import change
from functions.domain import held_alerts
from functions.domain.held_alerts import Readers
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.observability import count, logger


def release(outside: Ports, record: Record, now: datetime) -> None:
    """Hands on what a record held and may go by now.

    What was handed on is taken away only then: if we die between the two, it is handed on once more, and the
    alert log knows what went out.

    Args:
        outside: the ports.
        record: as it stands.
        now: the sweep's.

    Raises:
        Unavailable: the queue or the table is out; it is tried again in a minute.
    """
    due = held_alerts.due(record, now)
    if not due:
        return
    rules = outside.registry.registers().alert_rules
    sequences = {one.sequence for one in due}
    events = [event for event in record.events if event.sequence in sequences]
    for readers in Readers:
        wanted = [event for event in events if readers in held_alerts.readers(record, event, rules)]
        outside.alert_queues.hand_on(readers, [(record.reference, event) for event in wanted], now)
    change(outside, record.reference, partial(held_alerts.released, handed_on=due))
    count("HeldAlertsReleased", len(due))
    logger.info("held alerts released", reference=record.reference, released=len(due))
