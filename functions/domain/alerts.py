"""Who is alerted of what, and with which message."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum

from functions.domain.lifecycle import TELLS, Audience
from functions.domain.model import Value
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.record import Actor, Event, EventType, Record


class Channel(StrEnum):
    """How an alert travels."""

    SMS = "sms"
    EMAIL = "email"


STAND_DOWN = "officer_stand_down"
CHANNELS = (Channel.SMS, Channel.EMAIL)


class Alert(Value):
    """One message to one officer.

    Attributes:
        sequence: of the event that caused it.
        assignment: number of the assignment that it speaks of; 0 when the record was with nobody.
        level: which officer of the office.
        template: name of the message, without language and channel.
        for_information: whether it tells the head of what the nodal officer is to do.
    """

    sequence: int
    assignment: int
    office: str
    level: Level
    channel: Channel
    template: str
    for_information: bool = False

    @property
    def asks(self) -> bool:
        """Whether it asks for an acknowledgement; of what is past there is nothing to acknowledge."""
        return self.template not in {STAND_DOWN, TEMPLATES[EventType.SLA_BREACHED]}

    @property
    def tells_of_recall(self) -> bool:
        """Whether it names what a field visit found wanting."""
        return self.template == TEMPLATES[EventType.ATR_RECALLED]

    @property
    def key(self) -> str:
        """What makes it the same alert when its event comes again."""
        return f"{self.sequence:06d}#{self.level}#{self.channel}"


TEMPLATES = {
    EventType.RECORD_FORWARDED: "officer_forwarded",
    EventType.EMERGENCY_RAISED: "officer_emergency",
    EventType.SLA_REMINDER_DUE: "officer_reminder",
    EventType.SLA_BREACHED: "officer_breached",
    EventType.ESCALATED: "officer_escalated",
    EventType.ATR_RECALLED: "officer_recalled",
}
# What is told whatever became of the assignment since: that time was missed, and who has it therefore.
_ALWAYS_TOLD = frozenset({EventType.SLA_BREACHED, EventType.ESCALATED})


def alerts_for(record: Record, event: Event) -> tuple[Alert, ...]:
    """The alerts that an event causes, none when it causes none.

    An emergency was raised at once, so that its forwarding tells the officers nothing new. What asks an
    officer to act is not told any more when the record has gone to another one since.
    """
    if "stand_down" in event.data:
        return _stand_down(event)
    told = TELLS.get(event.type)
    if told is None:
        return ()
    current = record.assignment.number if record.assignment else None
    if event.type not in _ALWAYS_TOLD and event.data.get("assignment") != current:
        return ()
    if event.type is EventType.RECORD_FORWARDED and event.by is Actor.SYSTEM and record.is_emergency:
        return ()
    return tuple(
        Alert(
            sequence=event.sequence,
            assignment=_number_of(event),
            office=str(event.data.get("office") or CMO_GRIEVANCE_CELL),
            level=level,
            channel=channel,
            template=TEMPLATES[event.type],
            for_information=level is Level.HEAD and event.data.get("level") not in {None, Level.HEAD},
        )
        for level in _levels(told, event)
        for channel in CHANNELS
    )


def _stand_down(event: Event) -> tuple[Alert, ...]:
    """The office that had an emergency before it was turned down, or proved to be another office's."""
    return tuple(
        Alert(
            sequence=event.sequence,
            assignment=0,
            office=str(event.data["stand_down"]),
            level=level,
            channel=channel,
            template=STAND_DOWN,
        )
        for level in (Level.NODAL, Level.HEAD)
        for channel in CHANNELS
    )


def _levels(told: AbstractSet[Audience], event: Event) -> Sequence[Level]:
    """Which officers of the event's office; of what is with no office, the CMO Grievance Cell."""
    if event.data.get("office") is None:
        return (Level.APEX,)
    # Whoever has it is always told: where a post is empty, that is not the nodal officer.
    wanted = {Level(str(event.data["level"]))}
    wanted |= {Level.NODAL} if Audience.NODAL in told else set()
    wanted |= {Level.HEAD} if Audience.HEAD in told else set()
    return [level for level in Level if level in wanted]


def _number_of(event: Event) -> int:
    number = event.data.get("assignment")
    return number if isinstance(number, int) else 0
