"""Which alerts an event causes, by the rows of the alert table."""

from __future__ import annotations

from collections.abc import Iterator

from functions.domain import ladder, overdue
from functions.domain.alert_rules import STAND_DOWN, AlertRule, AlertRules, Occasion
from functions.domain.assignment import ALSO, awaits_redress
from functions.domain.channel import Channel
from functions.domain.lifecycle import Audience
from functions.domain.model import Value
from functions.domain.office import CMO_GRIEVANCE_CELL, Level
from functions.domain.record import Event, EventType, Record

_LEVELS = {Audience.NODAL: Level.NODAL, Audience.HEAD: Level.HEAD, Audience.APEX: Level.APEX}
_RECALLED = "officer_recalled"
_PLACES = {Channel.SMS: 0, Channel.EMAIL: 0, Channel.WHATSAPP: 1, Channel.VOICE: 2}


class Alert(Value):
    """One message to one officer.

    Attributes:
        sequence: of the event that caused it.
        assignment: number of the assignment that it speaks of; 0 when the record was with nobody.
        level: which officer of the office.
        template: name of the message, without language and channel.
        language: of the message; ``recipient`` for that of whoever gets it.
        keeps_hours: whether it waits for the hours of a channel that has such.
        asks: whether it asks for an acknowledgement; of what is past there is nothing to acknowledge.
        for_information: whether it tells the head of what the nodal officer is to do.
        besides: whether it goes to an office that does not have the matter.
        rung: of the acknowledgement ladder; None for what is no rung of it.
        instead_of: the channel that failed, of the same alert, where it goes instead of that; else None.
    """

    sequence: int
    assignment: int
    office: str
    level: Level
    channel: Channel
    template: str
    language: str
    keeps_hours: bool
    asks: bool
    for_information: bool = False
    besides: bool = False
    rung: int | None = None
    instead_of: Channel | None = None

    @property
    def tells_of_recall(self) -> bool:
        """Whether it names what a field visit found wanting."""
        return self.template == _RECALLED

    @property
    def key(self) -> str:
        """What makes it the same alert when its event comes again."""
        is_cell = (self.office, self.level) == (CMO_GRIEVANCE_CELL, Level.APEX)
        who = Audience.CELL if is_cell else self.level
        return f"{self.sequence:06d}#{who}#{self.channel}" + ("#besides" if self.besides else "")


def alerts_for(record: Record, event: Event, rules: AlertRules) -> tuple[Alert, ...]:
    """The alerts that an event causes, in the order in which they go; none when it causes none.

    SMS and mails go to everybody first, then WhatsApp messages, then calls, so that nobody waits for an SMS
    behind a provider that hangs over somebody else's call.

    What asks an officer to act is not told any more when the record has gone to another one since, nor is a
    rung of the acknowledgement ladder when somebody has acknowledged it since. An overdue review is the
    analysts' supervisor's matter, and no officer's.

    Args:
        record: as it stands.
        event: one of its events.
        rules: the alert table.
    """
    if overdue.message_of(event) is not None:
        return ()
    in_force = event.data.get("assignment") == (record.assignment.number if record.assignment else None)
    found: dict[str, Alert] = {}
    for rule in rules.of(record, event):
        if not (in_force or rule.outlives_assignment):
            continue
        if rule.rung is not None and not ladder.is_unacknowledged(record):
            # Somebody answered since: nobody else need be called.
            continue
        for office, level in _posts(record, event, rule.audience):
            for alert in _by_each_channel(event, rule, office, level):
                # Whom several rows name is told once by each channel.
                found.setdefault(alert.key, alert)
    return tuple(sorted(found.values(), key=lambda alert: _PLACES[alert.channel]))


def is_overtaken(record: Record, event: Event, alert: Alert) -> bool:
    """Whether an alert asks for what need not be done any more.

    That is when the matter was redressed or turned down, and when the very post that it goes to acknowledged
    it since. What another post acknowledged is told all the same: the head is to know of an emergency, and
    the officer to see to it. What asks for nothing tells of what happened, and stays true.

    Args:
        record: as it stands.
        event: which caused the alert.
        alert: one that did not go yet.
    """
    if not alert.asks:
        return False
    return not awaits_redress(record) or any(_answers(later, event, alert) for later in record.events)


def _answers(later: Event, event: Event, alert: Alert) -> bool:
    post = (later.data.get("assignment"), later.data.get("office"), later.data.get("level"))
    return (
        later.type is EventType.ALERT_ACKNOWLEDGED
        and later.at >= event.at
        and post == (alert.assignment, alert.office, alert.level)
    )


def _by_each_channel(event: Event, rule: AlertRule, office: str, level: Level) -> Iterator[Alert]:
    besides = rule.audience is Audience.OTHER_OFFICE or rule.occasion is Occasion.THIRD_TRANSFER
    # The head's part is the nodal officer's to do, where it was not given, and did not climb, to the head.
    is_heads = event.data.get("level") in {None, Level.HEAD} or rule.rung is not None
    number = event.data.get("assignment")
    for channel in rule.channels:
        yield Alert(
            sequence=event.sequence,
            assignment=number if isinstance(number, int) else 0,
            office=office,
            level=level,
            channel=channel,
            template=rule.template,
            language=rule.language,
            keeps_hours=rule.keeps_hours,
            asks=rule.asks,
            for_information=besides or (level is Level.HEAD and not is_heads),
            besides=besides,
            rung=rule.rung,
        )


def _posts(record: Record, event: Event, audience: Audience) -> Iterator[tuple[str, Level]]:
    """Who that is: office and level of each. The former officer holds no post, see ``succession``."""
    office = event.data.get("office")
    match audience:
        case Audience.CELL:
            yield CMO_GRIEVANCE_CELL, Level.APEX
        case Audience.OTHER_OFFICE if (also := event.data.get(ALSO)) is not None:
            yield str(also), Level.NODAL
        case Audience.CALLED_IN:
            yield from _called_in(record, str(event.data[STAND_DOWN]))
        case Audience.NODAL | Audience.HEAD | Audience.APEX if STAND_DOWN in event.data:
            yield str(event.data[STAND_DOWN]), _LEVELS[audience]
        case Audience.NODAL | Audience.HEAD | Audience.APEX | Audience.ASSIGNEE if office is None:
            # Of what is with no office, the CMO Grievance Cell hears.
            yield CMO_GRIEVANCE_CELL, Level.APEX
        case Audience.NODAL | Audience.HEAD | Audience.APEX:
            yield str(office), _LEVELS[audience]
        case Audience.ASSIGNEE:
            yield str(office), Level(str(event.data["level"]))


def _called_in(record: Record, office: str) -> Iterator[tuple[str, Level]]:
    """Who above an office's head heard of the emergency: its apex, and the CMO Grievance Cell."""
    for event in record.events:
        told = event.data.get("office") if event.data.get("level") == Level.APEX else None
        if told in {office, CMO_GRIEVANCE_CELL}:
            yield str(told), Level.APEX
