"""Another officer holds a post: what is open with it passes to the successor (SOP, 5 and 6).

The clocks run on: the time for redress is the office's, whoever sits there. The assignment is another one,
so that links of the former officer only inform.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from functions.domain import ladder, lifecycle
from functions.domain.alert_rules import AlertRules
from functions.domain.assignment import FORMER, awaits_redress, facts, give
from functions.domain.channel import Channel
from functions.domain.lifecycle import Audience
from functions.domain.model import Value
from functions.domain.office import Level, Office, Officer
from functions.domain.record import Actor, Event, EventType, Record, Status

_IN_THE_PORTAL = frozenset({Status.FORWARDED, Status.RECALLED})


class PassedOn(Value):
    """One message to a former officer: that a grievance is his successor's now. No name is in it.

    Attributes:
        sequence: of the event that tells of it.
        holder: which person that was, see ``Officer.holder``.
        template: name of the message, without language and channel.
        language: of the message; ``recipient`` for that of whoever gets it.
        keeps_hours: whether it waits for the hours of a channel that has such.
    """

    sequence: int
    office: str
    level: Level
    holder: str
    channel: Channel
    template: str
    language: str
    keeps_hours: bool

    @property
    def key(self) -> str:
        """What makes it the same message when its event comes again."""
        return f"{self.sequence:06d}#former#{self.channel}"


def is_left_behind(record: Record, office: str, level: Level, present: Collection[str]) -> bool:
    """Whether it is open with a post, and was given to none of those who are the present officer.

    Args:
        record: any.
        office: code of the post's office.
        level: of the post.
        present: what stands for the present officer, see ``Officer.holder``; several where he was corrected.
    """
    assignment = record.assignment
    return (
        awaits_redress(record)
        and assignment is not None
        and (assignment.office, assignment.level) == (office, level)
        and assignment.holder not in present
    )


def succeeded(record: Record, *, office: Office, officer: Officer, at: datetime) -> Record:
    """The record with the successor of the officer who had it.

    Args:
        record: open with that very post.
        office: of the post.
        officer: the successor.
        at: now.

    Raises:
        WrongState: nobody's redress is waited for.
    """
    before = record.assignment
    given = give(record, office, officer, at, also=before.also if before else None)
    forwarded = record.status in _IN_THE_PORTAL
    if not forwarded and not record.is_emergency:
        # It waits for the portal, and nobody was told of it yet.
        return given
    return lifecycle.advance(
        given,
        EventType.RECORD_FORWARDED if forwarded else EventType.EMERGENCY_RAISED,
        at=at,
        by=Actor.SYSTEM,
        note=f"Passed on to the successor in the post: {officer.designation}, {office.code}",
        data={**facts(given), FORMER: before.holder if before else None},
        timers=ladder.watch(given, at),
    )


def messages_to_former(record: Record, event: Event, rules: AlertRules) -> tuple[PassedOn, ...]:
    """What the former officer is told of an event; nothing of any event but a succession.

    Args:
        record: as it stands.
        event: one of its events.
        rules: the alert table.
    """
    former = event.data.get(FORMER)
    if former is None:
        return ()
    return tuple(
        PassedOn(
            sequence=event.sequence,
            office=str(event.data["office"]),
            level=Level(str(event.data["level"])),
            holder=str(former),
            channel=channel,
            template=rule.template,
            language=rule.language,
            keeps_hours=rule.keeps_hours,
        )
        for rule in rules.of(record, event)
        if rule.audience is Audience.FORMER
        for channel in rule.channels
    )
