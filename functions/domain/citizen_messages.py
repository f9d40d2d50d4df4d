"""What citizens are told by SMS of their own records, and of the lead to which these were linked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from functions.domain.alert_rules import AlertRule, AlertRules
from functions.domain.channel import Channel
from functions.domain.lifecycle import TELLS_CITIZENS, TOLD_AT_BIRTH, Audience
from functions.domain.model import Value
from functions.domain.record import Event, EventType, Record, Status

_ENDS: Mapping[Status, EventType] = {
    Status.CLOSED: EventType.RECORD_CLOSED,
    Status.REJECTED: EventType.RECORD_REJECTED,
}
"""How a lead ends, and by which event: that one tells whose records were linked to it."""


class CitizenMessage(Value):
    """One SMS to the citizen of one record. Neither the number nor the name is in it.

    Attributes:
        sequence: of the event of the citizen's own record of which it tells, or on which it follows up.
        template: name of the message, without language and channel.
        keeps_hours: whether it waits for the hours of a channel that has such.
        lead: reference of the record that goes on for the citizen's; None where his own was decided.
    """

    sequence: int
    template: str
    keeps_hours: bool
    channel: Channel = Channel.SMS
    lead: str | None = None

    @property
    def key(self) -> str:
        """What makes it the same message, whichever event causes it again: each is told once."""
        return f"{self.sequence:06d}#citizen#{self.template}"


def message_about_own(
    record: Record, event: Event, rules: AlertRules, lead: Record | None = None
) -> CitizenMessage | None:
    """What an event of a record tells its citizen.

    Args:
        record: as it stands.
        event: one of its events.
        rules: the alert table.
        lead: the record that goes on for it, where it was linked to another one.

    Returns:
        None when it tells nothing, or nothing that still holds: a turn that another one has overtaken would
        contradict what the citizen was told of that.
    """
    turns = _turns(record)
    if not turns or turns[-1].sequence != event.sequence:
        return None
    if lead is not None and lead.reference != record.reference and _has_been_at_its_end(lead, event.at):
        # Told of its end, he is not told afterwards that he will be.
        return None
    linked_to = event.data.get("duplicate_of")
    return _message(
        _row(rules, record, event, Audience.CITIZEN),
        event.sequence,
        linked_to if isinstance(linked_to, str) else None,
    )


def has_ended(lead: Record) -> bool:
    """Whether there is an answer for those whose records were linked to it."""
    return lead.status in _ENDS


def message_about_lead(linked: Record, lead: Record, rules: AlertRules) -> CitizenMessage | None:
    """What the citizen of a linked record is told of the lead's end.

    Args:
        linked: the citizen's.
        lead: the record that goes on for it, as it stands.
        rules: the alert table.

    Returns:
        None while the lead is not at its end. Where it comes back from there, its next end is the same
        message.
    """
    linked_by = _last(linked, EventType.RECORD_MARKED_DUPLICATE)
    ended_by = _last(lead, _ENDS[lead.status]) if has_ended(lead) else None
    if ended_by is None or linked_by is None or linked.kind not in TOLD_AT_BIRTH:
        return None
    row = _row(rules, lead, ended_by, Audience.LINKED)
    return _message(row, linked_by.sequence, lead.reference)


def _has_been_at_its_end(lead: Record, since: datetime) -> bool:
    ended = any(event.type in _ENDS.values() and event.at > since for event in lead.events)
    return ended or has_ended(lead)


def _message(row: AlertRule | None, sequence: int, lead: str | None) -> CitizenMessage | None:
    if row is None:
        return None
    return CitizenMessage(sequence=sequence, template=row.template, keeps_hours=row.keeps_hours, lead=lead)


def _row(rules: AlertRules, record: Record, event: Event, audience: Audience) -> AlertRule | None:
    return next((row for row in rules.of(record, event) if row.audience is audience), None)


def _last(record: Record, kind: EventType) -> Event | None:
    return next((event for event in reversed(record.events) if event.type is kind), None)


def _turns(record: Record) -> list[Event]:
    """The events of a record that are news to its citizen, oldest first, and those that citizens cause.

    A record is forwarded once, however often it changes hands. A report that follows upon another one says
    nothing new. Who was dissatisfied knows that the matter is open again.
    """
    turns: list[Event] = []
    if record.kind not in TOLD_AT_BIRTH:
        return turns
    for event in record.events:
        last = turns[-1].type if turns else None
        match event.type:
            case EventType.RECORD_FORWARDED:
                is_turn = last is EventType.RECORD_REGISTERED
            case EventType.ACTION_TAKEN:
                is_turn = last is not EventType.ACTION_TAKEN
            case EventType.FEEDBACK_RECEIVED:
                is_turn = event.data.get("reopened") is True
            case other:
                is_turn = Audience.CITIZEN in TELLS_CITIZENS.get(other, ())
        if is_turn:
            turns.append(event)
    return turns
