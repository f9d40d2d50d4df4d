"""What became of the calls, and whether all of them are accounted for."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from functions.adapters import bundled
from functions.domain.alert_rules import RUNG
from functions.domain.channel import Channel
from functions.domain.overdue import message_of
from functions.domain.record import Actor, EventType, Record, Status
from local.demo.call import CREATED, OK, Call
from local.demo.news import why_refused
from local.story import CITIZEN

PLACES: Mapping[str, frozenset[Status]] = {
    "in review": frozenset({Status.REGISTERED, Status.UNDER_REVIEW}),
    "accepted": frozenset({Status.ACCEPTED}),
    "with officer": frozenset({Status.FORWARDED}),
    "field check": frozenset({Status.ACTION_TAKEN}),
    "recalled": frozenset({Status.RECALLED}),
    "closed": frozenset({Status.CLOSED}),
    "turned down": frozenset({Status.REJECTED, Status.DUPLICATE}),
    "call back": frozenset({Status.AWAITING_CALLBACK, Status.CALLED_BACK, Status.UNREACHABLE}),
}
"""Where a record can be, as the demo shows it; every status is in one place."""

_REFUSED = range(400, 500)
_DECIDED = (EventType.RECORD_ACCEPTED, EventType.RECORD_REJECTED, EventType.RECORD_MARKED_DUPLICATE)
_STRETCHES = (
    (
        "registered, until checked automatically",
        (EventType.RECORD_REGISTERED,),
        (EventType.REVIEW_REQUESTED,),
    ),
    ("before the data analysts (played)", (EventType.REVIEW_REQUESTED,), _DECIDED),
    ("accepted, until an emergency is raised", (EventType.RECORD_ACCEPTED,), (EventType.EMERGENCY_RAISED,)),
    (
        "accepted, until in the portal and with the officer",
        (EventType.RECORD_ACCEPTED,),
        (EventType.RECORD_FORWARDED,),
    ),
    ("with the officer, until reported (played)", (EventType.RECORD_FORWARDED,), (EventType.ACTION_TAKEN,)),
    (
        "reported, until checked on the ground (played)",
        (EventType.ACTION_TAKEN,),
        (EventType.FIELD_REPORTED,),
    ),
)
_TO_ALERT = "told to an officer, from the event to the SMS"


@dataclass(frozen=True)
class Stretch:
    """How long records took from one event to another.

    Attributes:
        median: seconds.
        longest: seconds.
    """

    name: str
    count: int
    median: float
    longest: float


@dataclass(frozen=True)
class Sum:
    """An equation that must hold: nothing is lost on the way."""

    whole: str
    total: int
    parts: Mapping[str, int]

    @property
    def holds(self) -> bool:
        """Whether the parts make the whole."""
        return self.total == sum(self.parts.values())

    def __str__(self) -> str:
        """Such as ``in 3 = closed 2 + rejected 1``; ``!=`` where it is wrong."""
        parts = " + ".join(f"{name} {count}" for name, count in self.parts.items())
        return f"{self.whole} {self.total} {'=' if self.holds else '!='} {parts}"


@dataclass(frozen=True)
class Outcome:
    """The whole run.

    Attributes:
        calls: All that were posted.
        at_portal: How many entries the portal holds of each reference.
        began: When the first call was posted.
        seconds: How long it was played.
    """

    calls: Sequence[Call]
    at_portal: Mapping[str, int]
    began: datetime
    seconds: float

    @cached_property
    def own(self) -> Sequence[Call]:
        """The calls that made a record."""
        return [call for call in self.calls if call.is_own]

    @cached_property
    def records(self) -> Sequence[Record]:
        """The records that were made, as they stand."""
        return [call.record for call in self.own if call.record]

    @cached_property
    def places(self) -> Mapping[str, Sequence[Call]]:
        """The calls that made a record, by where that is; places where none is are left out."""
        found = {
            place: [call for call in self.own if call.status in {status.value for status in statuses}]
            for place, statuses in PLACES.items()
        }
        return {place: calls for place, calls in found.items() if calls}

    @cached_property
    def refusals(self) -> Sequence[tuple[Call, str]]:
        """What was not taken in, and why."""
        return [
            (call, why_refused(call.answer))
            for call in self.calls
            if call.answer is None or call.answer.status in _REFUSED
        ]

    @cached_property
    def alerts(self) -> Mapping[str, Mapping[str, int]]:
        """How many alerts went out of each kind of event, by channel; those to citizens apart."""
        counts: dict[str, Counter[str]] = {}
        for call in self.own:
            events = {event.sequence: event.type for event in call.record.events} if call.record else {}
            for alert in call.alerts:
                if alert.state == "sent":
                    channel = CITIZEN if alert.level == CITIZEN else alert.channel
                    counts.setdefault(events[alert.sequence].value, Counter())[channel] += 1
        rows = bundled.registers().alert_rules.rows
        order = [*(row.event.value for row in rows if row.event.value in counts), *counts]
        return {kind: counts[kind] for kind in dict.fromkeys(order)}

    @cached_property
    def channels(self) -> Sequence[str]:
        """The channels there are to officers, and that to citizens."""
        return [*(channel.value for channel in Channel), CITIZEN]

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """Time per stage, where the clock was not handed forward in between."""
        found = [
            _stretch(name, [seconds for record in self.records for seconds in _between(record, first, then)])
            for name, first, then in _STRETCHES
        ]
        found.append(_stretch(_TO_ALERT, list(self._until_told())))
        return [stretch for stretch in found if stretch.count]

    @cached_property
    def sums(self) -> Sequence[Sum]:
        """What must hold."""
        answers = [call.answer.status if call.answer else 0 for call in self.calls]
        taken_in = answers.count(CREATED)
        entered = [record.reference for record in self.records if record.portal_id]
        return [
            Sum(
                "posted",
                len(answers),
                {
                    "in": taken_in,
                    "repeated": answers.count(OK),
                    "refused": sum(answer in _REFUSED for answer in answers),
                },
            ),
            Sum("in", taken_in, {place: len(calls) for place, calls in self.places.items()}),
            Sum("entered", len(entered), {"at the portal": sum(self.at_portal.values())}),
        ]

    @cached_property
    def turns(self) -> Mapping[str, int]:
        """How often things went otherwise than straight."""
        happened = Counter(event.type for record in self.records for event in record.events)
        overdue = sum(message_of(event) is not None for record in self.records for event in record.events)
        tried = sum(RUNG in event.data for record in self.records for event in record.events)
        return {
            "emergencies": sum(record.is_emergency for record in self.records),
            "acknowledged by an officer": happened[EventType.ALERT_ACKNOWLEDGED],
            "reviews told to the supervisor": overdue,
            "rungs tried for want of an acknowledgement": tried,
            "reminders": happened[EventType.SLA_REMINDER_DUE] - overdue - tried,
            "breaches": happened[EventType.SLA_BREACHED],
            "escalations": happened[EventType.ESCALATED],
            "reports recalled": happened[EventType.ATR_RECALLED],
            "citizens asked": happened[EventType.FEEDBACK_RECEIVED],
        }

    @cached_property
    def differences(self) -> Sequence[tuple[Call, str]]:
        """What is otherwise than expected."""
        return [(call, found) for call in self.calls if (found := call.difference())]

    @property
    def is_well(self) -> bool:
        """Whether every sum holds and every call is where it should be."""
        each_once = all(count == 1 for count in self.at_portal.values())
        return each_once and all(one.holds for one in self.sums) and not self.differences

    def _until_told(self) -> Iterator[float]:
        for call in self.own:
            if call.record is None:
                continue
            at = {event.sequence: event.at for event in call.record.events if event.by is not Actor.SLA_TIMER}
            for alert in call.alerts:
                to_officer = alert.channel == Channel.SMS and alert.level != CITIZEN
                if to_officer and alert.sent_at and alert.sequence in at:
                    yield (alert.sent_at - at[alert.sequence]).total_seconds()


def _between(record: Record, first: Sequence[EventType], then: Sequence[EventType]) -> Iterator[float]:
    """Seconds from the first event of one kind to the first of another; none if a clock made it happen."""
    begins = next((event for event in record.events if event.type in first), None)
    ends = next((event for event in record.events if event.type in then), None)
    if begins is None or ends is None:
        return
    stretch = record.events[begins.sequence - 1 : ends.sequence]
    if not any(event.by is Actor.SLA_TIMER or event.data.get("unreviewed") for event in stretch):
        yield (ends.at - begins.at).total_seconds()


def _stretch(name: str, seconds: Sequence[float]) -> Stretch:
    if not seconds:
        return Stretch(name, 0, 0.0, 0.0)
    return Stretch(name, len(seconds), statistics.median(seconds), max(seconds))
