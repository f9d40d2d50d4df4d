"""Where a record stands, also one that joined another."""

from __future__ import annotations

from collections.abc import MutableMapping

from functions.domain.ports import Ports
from functions.domain.record import Record


def standing_of(outside: Ports, record: Record, known: MutableMapping[str, Record]) -> Record:
    """The record as it is to be shown.

    A call of a number that waited already was kept for itself, and what becomes of it is told by the record
    that it joined.

    Args:
        outside: the ports.
        record: as it was read.
        known: others that were read already, by reference; what is read here is added.
    """
    if record.callback is None or record.callback.joined_to is None:
        return record
    reference = record.callback.joined_to
    first = known.setdefault(reference, known.get(reference) or outside.records.load(reference))
    since = [event for event in first.events if event.at >= record.registered_at and event.sequence > 1]
    return record.model_copy(update={"status": first.status, "events": (*record.events, *since)})
