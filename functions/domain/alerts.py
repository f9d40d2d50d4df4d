"""Who is alerted of what, and with which message."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum

from functions.domain import overdue
from functions.domain.assignment import ALSO, FORMER
from functions.domain.lifecycle import TELLS, Audience
from functions.domain.model import Value
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.record import Actor, Event, EventType, Record


class Channel(StrEnum):
    """How an alert travels."""

    SMS = "sms"
    EMAIL = "email"


STAND_DOWN = "officer_stand_down"
INFORMED = "officer_informed"
TRANSFERRED_OFTEN = "cell_transferred"
OFTEN = 3
"""The transfer of one grievance from office to office of which the CMO Grievance Cell is told."""
CHANNELS = (Channel.SMS, Channel.EMAIL)


class Alert(Value):
    """One message to one officer.

    Attributes:
        sequence: of the event that caused it.
        assignment: number of the assignment that it speaks of; 0 when the record was with nobody.
        level: which officer of the office.
        template: name of the message, without language and channel.
        for_information: whether it tells the head of what the nodal officer is to do.
        besides: whether it goes, by e-mail alone, to an office that does not have the matter.
    """

    sequence: int
    assignment: int
    office: str
    level: Level
    channel: Channel
    template: str
    for_information: bool = False
    besides: bool = False

    @property
    def asks(self) -> bool:
        """Whether it asks for an acknowledgement; of what is past there is nothing to acknowledge."""
        past = {STAND_DOWN, TEMPLATES[EventType.SLA_BREACHED]}
        return not self.besides and self.template not in past

    @property
    def tells_of_recall(self) -> bool:
        """Whether it names what a field visit found wanting."""
        return self.template == TEMPLATES[EventType.ATR_RECALLED]

    @property
    def key(self) -> str:
        """What makes it the same alert when its event comes again."""
        return f"{self.sequence:06d}#{self.level}#{self.channel}" + ("#besides" if self.besides else "")


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

    An emergency was raised at once, so that its forwarding tells the officers nothing new, unless it is to
    one who succeeds another. What asks an officer to act is not told any more when the record has gone to
    another one since. An overdue review is the analysts' supervisor's matter, and no officer's.
    """
    if "stand_down" in event.data:
        return _stand_down(event)
    if overdue.message_of(event) is not None:
        return ()
    return (*_of_the_matter(record, event), *_of_transfers(event))


def _of_the_matter(record: Record, event: Event) -> tuple[Alert, ...]:
    told = TELLS.get(event.type)
    if told is None:
        return ()
    current = record.assignment.number if record.assignment else None
    if event.type not in _ALWAYS_TOLD and event.data.get("assignment") != current:
        return ()
    succeeds = FORMER in event.data
    known = event.type is EventType.RECORD_FORWARDED and event.by is Actor.SYSTEM and not succeeds
    if known and record.is_emergency:
        return ()
    template = TEMPLATES[EventType.EMERGENCY_RAISED if succeeds and record.is_emergency else event.type]
    to_the_office = tuple(
        Alert(
            sequence=event.sequence,
            assignment=_number_of(event),
            office=str(event.data.get("office") or CMO_GRIEVANCE_CELL),
            level=level,
            channel=channel,
            template=template,
            for_information=level is Level.HEAD and event.data.get("level") not in {None, Level.HEAD},
        )
        for level in _levels(told, event)
        for channel in CHANNELS
    )
    also = event.data.get(ALSO)
    return to_the_office if also is None else (*to_the_office, _besides(event, str(also), INFORMED))


def _of_transfers(event: Event) -> tuple[Alert, ...]:
    """Told whatever became of it since: that it goes from office to office is the Cell's concern."""
    if event.data.get("transfers") != OFTEN:
        return ()
    return (_besides(event, CMO_GRIEVANCE_CELL, TRANSFERRED_OFTEN),)


def _besides(event: Event, office: str, template: str) -> Alert:
    return Alert(
        sequence=event.sequence,
        assignment=_number_of(event),
        office=office,
        level=Level.APEX if office == CMO_GRIEVANCE_CELL else Level.NODAL,
        channel=Channel.EMAIL,
        template=template,
        for_information=True,
        besides=True,
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
    if FORMER in event.data:
        # Who succeeds another learns what is open; to the rest of the office nothing of it is new.
        return tuple(wanted)
    wanted |= {Level.NODAL} if Audience.NODAL in told else set()
    wanted |= {Level.HEAD} if Audience.HEAD in told else set()
    return [level for level in Level if level in wanted]


def _number_of(event: Event) -> int:
    number = event.data.get("assignment")
    return number if isinstance(number, int) else 0
