"""Who is alerted of what, and with which message."""

from __future__ import annotations

from enum import StrEnum

from functions.domain.lifecycle import TELLS
from functions.domain.model import Value
from functions.domain.office import Level
from functions.domain.record import Event, EventType, Record


class Channel(StrEnum):
    """How an alert travels."""

    SMS = "sms"
    EMAIL = "email"


CHANNELS = (Channel.SMS, Channel.EMAIL)


class Alert(Value):
    """One message to one officer.

    Attributes:
        sequence: of the event that caused it.
        assignment: number of the assignment that it speaks of.
        level: which officer of the office.
        template: name of the message, without language and channel.
    """

    sequence: int
    assignment: int
    office: str
    level: Level
    channel: Channel
    template: str

    @property
    def key(self) -> str:
        """What makes it the same alert when its event comes again."""
        return f"{self.sequence:06d}#{self.level}#{self.channel}"


def alerts_for(record: Record, event: Event) -> tuple[Alert, ...]:
    """The alerts that an event causes, none when it causes none.

    An emergency was raised at once, so that its forwarding tells the officers nothing new. Of an assignment
    that another has replaced since, nobody is told any more. Whoever it is with is told in any case, also the
    CMO Grievance Cell's officer, with whom it is when no office has one.
    """
    told = TELLS.get(event.type)
    assignment = record.assignment
    if told is None or assignment is None or event.data.get("assignment") != assignment.number:
        return ()
    if event.type is EventType.RECORD_FORWARDED and record.is_emergency:
        return ()
    template = "officer_emergency" if record.is_emergency else "officer_forwarded"
    return tuple(
        Alert(
            sequence=event.sequence,
            assignment=assignment.number,
            office=assignment.office,
            level=level,
            channel=channel,
            template=template,
        )
        for level in Level
        if level in told or level is assignment.level
        for channel in CHANNELS
    )
