"""The alert table: which event tells whom, by which channels, with which message, at which hours.

The rows are data, ``functions/messages/alerts.csv``; ``alerts`` decides from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from functions.domain.assignment import FORMER
from functions.domain.channel import Channel
from functions.domain.lifecycle import Audience
from functions.domain.model import Value
from functions.domain.record import Actor, Event, EventType, Record
from functions.domain.sending_hours import SendingHours

OFTEN = 3
"""The transfer of one grievance from office to office of which the CMO Grievance Cell is told."""

RUNG = "rung"
"""The field of an event that tells which rung of the acknowledgement ladder is tried: 1, 2, …"""

STAND_DOWN = "stand_down"
"""The field of an event that tells which office need not go on with an emergency."""

RECIPIENTS = "recipient"
"""What stands in the table where a message is written in the language of whoever gets it."""

Matter = Literal["emergency", "ordinary", "any"]


class Occasion(StrEnum):
    """What makes an event another one to those who are told of it."""

    USUAL = "usual"
    TRANSFER = "transfer"
    THIRD_TRANSFER = "third_transfer"
    SUCCESSION = "succession"
    STAND_DOWN = "stand_down"


class AlertRule(Value):
    """One row.

    Attributes:
        matter: of which kind of record.
        rung: of the acknowledgement ladder; None for what is no rung of it.
        audience: who is told.
        channels: by which ways.
        template: name of the message, without language and channel.
        language: of the message; ``recipient`` for that of whoever gets it.
        keeps_hours: whether it waits for the hours of a channel that has such, rather than go at night.
        asks: whether it asks for an acknowledgement.
        outlives_assignment: whether it is told also when the record has gone to another officer since.
    """

    event: EventType
    occasion: Occasion
    matter: Matter
    rung: Annotated[int, Field(gt=0)] | None
    audience: Audience
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    template: Annotated[str, Field(min_length=1)]
    language: str
    keeps_hours: bool
    asks: bool
    outlives_assignment: bool


@dataclass(frozen=True)
class AlertRules:
    """The table.

    Attributes:
        rows: in the order in which their audiences are told.
        hours: of the channels that disturb at night; the others may be used at any hour.
    """

    rows: tuple[AlertRule, ...]
    hours: Mapping[Channel, SendingHours]

    def of(self, record: Record, event: Event) -> Iterator[AlertRule]:
        """The rows that speak of an event of a record."""
        occasions = occasions_of(event)
        matters = {"any", "emergency" if record.is_emergency else "ordinary"}
        rung = event.data.get(RUNG)
        for row in self.rows:
            is_meant = row.event is event.type and row.occasion in occasions and row.rung == rung
            if is_meant and row.matter in matters:
                yield row

    def earliest(self, channel: Channel, moment: datetime, *, keeps_hours: bool) -> datetime:
        """The first moment at or after the given one at which a message may go by a channel, in UTC."""
        hours = self.hours.get(channel) if keeps_hours else None
        return moment if hours is None else hours.earliest(moment)


def occasions_of(event: Event) -> frozenset[Occasion]:
    """What an event is to those who are told of it."""
    if STAND_DOWN in event.data:
        return frozenset({Occasion.STAND_DOWN})
    if FORMER in event.data:
        return frozenset({Occasion.SUCCESSION})
    if event.type is not EventType.RECORD_FORWARDED or event.by is not Actor.CMO_PORTAL:
        return frozenset({Occasion.USUAL})
    often = {Occasion.THIRD_TRANSFER} if event.data.get("transfers") == OFTEN else set()
    return frozenset({Occasion.TRANSFER, *often})
