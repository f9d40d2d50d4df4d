"""Has those answered whose records were linked to one that is at its end, however many they are."""

from __future__ import annotations

from datetime import datetime

from functions.domain import linking
from functions.domain.held_alerts import Readers
from functions.domain.linking import Part
from functions.domain.ports import Ports
from functions.domain.record import Event, EventType, Record


def pass_on(outside: Ports, record: Record, event: Event, part: Part | None, now: datetime) -> bool:
    """Puts the event by which each was linked into the citizens' queue once more: it tells of the lead's end.

    So each is a message of its own, and has those answered in turn who were linked to it. Where there are
    too many for one worker, the event itself goes there once for each part of them. The parts are made at
    once, and not each by the one before: Lambda takes a long chain of such calls for a loop, and breaks it.

    Args:
        outside: the ports.
        record: a lead that is at its end, or leads to one.
        event: of the record.
        part: those of whom the event is to tell; None where it comes for the first time.
        now: by which time the messages may go.

    Returns:
        False: nothing went out.

    Raises:
        Unavailable: the table or the queue is out; the event is to come again.
    """
    linked = outside.records.linked_to(record.reference)
    parts = linking.parts_of(linked) if part is None else ()
    if len(parts) > 1:
        outside.alert_queues.hand_on_in_parts((record.reference, event), parts, now)
        return False
    mine = linked if part is None else linking.in_part(linked, part)
    outside.alert_queues.hand_on(
        Readers.CITIZENS,
        [
            (one.reference, each)
            for one in outside.records.load_many(mine)
            for each in one.events
            if each.type is EventType.RECORD_MARKED_DUPLICATE
        ],
        now,
    )
    return False
