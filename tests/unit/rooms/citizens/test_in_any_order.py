"""Whatever happens and in whatever order it is told, no citizen is told a thing twice, or what is past."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.adapters import bundled
from functions.domain import feedback, forwarding, linking, review
from functions.domain.channel import Channel
from functions.domain.errors import Refused, Unavailable
from functions.domain.lifecycle import TELLS_CITIZENS
from functions.domain.record import EventType, Record, Status
from functions.notify.citizens import tell_citizens
from functions.validate.analysts import decide
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    accepted,
    action_taken,
    in_portal,
    officer,
    request,
    visited,
    with_officer,
)
from tests.fakes import FakePorts
from tests.unit.rooms.citizens.callers import called, kinds, phone_of

RECORDS = tuple(called(number) for number in range(3))
STANDS = {
    Status.UNDER_REVIEW: "citizen_registered",
    Status.FORWARDED: "citizen_forwarded",
    Status.ACTION_TAKEN: "citizen_action_taken",
    Status.RECALLED: "citizen_recalled",
    Status.CLOSED: "citizen_closed",
    Status.REJECTED: "citizen_rejected",
}
"""What a citizen was told last of a record that stands there."""
LINKED = ("citizen_linked", "citizen_linked_redressed", "citizen_rejected")
Event = tuple[str, int]


class World:
    """Three callers, those who act on their records, and a bus that is late, repeats and reorders."""

    def __init__(self) -> None:
        self.outside = FakePorts()
        self.outside.records.put(*RECORDS)
        self.closed_once: set[str] = set()
        self.waiting: list[Event] = []
        self.taken: list[Event] = []
        for record in RECORDS:
            self._notice(record)

    @property
    def records(self) -> list[Record]:
        """As they stand, in the order of their callers."""
        return [self.outside.records.load(record.reference) for record in RECORDS]

    def possible(self) -> list[Callable[[], None]]:
        """All that may happen next."""
        return [*self._deeds(), *self._deliveries()]

    def _deeds(self) -> Iterator[Callable[[], None]]:
        for record in self.records:
            for deed in self._deeds_on(record):
                yield partial(self._becomes, record, deed)
            if record.status is Status.UNDER_REVIEW:
                yield from (
                    partial(self._links, record, other)
                    for other in RECORDS
                    if other.reference != record.reference
                )

    def _deeds_on(self, record: Record) -> list[Callable[[Record], Record]]:
        at = self.outside.clock.now()
        match record.status:
            case Status.UNDER_REVIEW:
                turned_down = partial(review.reject, analyst_id=ANALYST, reason=ANALYST_REASON, at=at)
                return [turned_down, partial(_forwarded)]
            case Status.FORWARDED:
                return [partial(action_taken, at=at), _transferred]
            case Status.RECALLED:
                return [partial(action_taken, at=at), _transferred]
            case Status.ACTION_TAKEN:
                return [
                    partial(visited, at=at),
                    partial(visited, at=at, meets_standard=False),
                    partial(action_taken, at=at),
                ]
            case Status.CLOSED if not record.feedback:
                said = partial(feedback.received, agent_id="A-17", rating=None, remark=None, at=at)
                return [partial(said, satisfied=False), partial(said, satisfied=True)]
            case _:
                return []

    def _deliveries(self) -> Iterator[Callable[[], None]]:
        for event in self.waiting:
            yield partial(self.deliver, event)
            yield partial(self.deliver, event, fails=True)
        yield from (partial(self._bring, event) for event in self.taken[-2:])

    def _links(self, record: Record, lead: Record) -> None:
        self.outside.clock.advance(minutes=1)
        body = {"analyst_id": ANALYST, "decision": "duplicate", "duplicate_of": lead.reference}
        mark = request(body, webhook_id=f"msg_{len(self.outside.records.receipts)}")
        with suppress(Refused):
            decide(self.outside, mark, record.reference, looked_at_twice=False)
        self._notice(self.outside.records.load(record.reference))

    def _becomes(self, record: Record, deed: Callable[[Record], Record]) -> None:
        self.outside.clock.advance(minutes=1)
        after = deed(record)
        self.outside.records.put(after)
        self._notice(after)

    def _notice(self, record: Record) -> None:
        happened = [(record.reference, one.sequence) for one in record.events if one.type in TELLS_CITIZENS]
        self.waiting += [event for event in happened if event not in self.waiting + self.taken]
        self.closed_once |= {record.reference} if record.status is Status.CLOSED else set()

    def deliver(self, event: Event, *, fails: bool = False) -> None:
        """Brings an event; one that was not taken waits on."""
        self.outside.messaging.out = {Channel.SMS} if fails else set()
        with suppress(Unavailable):
            self._bring(event)
            self.waiting.remove(event)
            self.taken.append(event)
        self.outside.messaging.out = set()

    def _bring(self, event: Event) -> None:
        self.outside.clock.advance(minutes=3)
        try:
            tell_citizens(self.outside, *event)
        finally:
            self._queue_what_was_handed_on()

    def _queue_what_was_handed_on(self) -> None:
        """Also what came before comes once more."""
        queue = self.outside.alert_queues
        handed_on = [(reference, sequence) for _, reference, sequence, _ in queue.handed_on]
        queue.handed_on = []
        self.waiting += [event for event in handed_on if event not in self.waiting]

    def told(self, record: Record) -> list[tuple[int, str]]:
        """Of which event its citizen was told what, in the order in which it was sent."""
        keys = [key for reference, key in self.outside.alert_log.evidence if reference == record.reference]
        return [(int(key.partition("#")[0]), key.rpartition("#")[2]) for key in keys]


def _forwarded(record: Record) -> Record:
    return with_officer(in_portal(accepted(record), portal_id=f"CMO/{record.reference}"))


def _transferred(record: Record) -> Record:
    assert record.subject
    office = bundled.registers().offices["PRD"]
    at = record.events[-1].at
    return forwarding.transferred(
        record, subject=record.subject, office=office, officer=officer("PRD"), at=at
    )


def known_of(record: Record) -> str | None:
    """What its citizen must know of it in the end; None where he had it opened again himself."""
    decisive = {EventType.ACTION_TAKEN, EventType.ATR_RECALLED, EventType.RECORD_CLOSED}
    turns = [one for one in record.events if one.type in decisive or one.data.get("reopened") is True]
    came_back = bool(turns) and turns[-1].type is EventType.FEEDBACK_RECEIVED
    return None if came_back else STANDS[record.status]


def assert_each_was_told_where_it_stands_and_nothing_past(world: World) -> None:
    for record in world.records:
        told = world.told(record)
        # Nothing twice, and never of a turn after a later one.
        assert len(set(told)) == len(told)
        assert [sequence for sequence, _ in told] == sorted(sequence for sequence, _ in told)
        lead = linking.lead(record, world.outside.records.load)
        if lead.reference != record.reference:
            assert_linked_was_answered(world, lead, [word for _, word in told if word in LINKED])
        elif (known := known_of(record)) is not None:
            assert told[-1][1] == known


def assert_linked_was_answered(world: World, lead: Record, words: list[str]) -> None:
    assert lead.status is not Status.DUPLICATE
    match lead.status:
        case Status.REJECTED:
            assert words[-1] == "citizen_rejected"
        case Status.CLOSED:
            assert words[-1] == "citizen_linked_redressed"
        case _:
            # Once told of the end, he is told nothing further, even when the lead came back.
            assert lead.reference in world.closed_once or words == ["citizen_linked"]
    if "citizen_linked" in words:
        assert words[0] == "citizen_linked"


@settings(max_examples=120)
@given(st.lists(st.integers(0, 10_000), min_size=8, max_size=30))
def test_whatever_comes_in_whatever_order_each_citizen_is_told_where_it_stands(choices: list[int]) -> None:
    world = World()
    for choice in choices:
        possible = world.possible()
        if possible:
            possible[choice % len(possible)]()
    while world.waiting:
        world.deliver(world.waiting[-1])

    assert_each_was_told_where_it_stands_and_nothing_past(world)
    # Each SMS has its evidence, and goes to the citizen of the record alone.
    sent = Counter(kinds(world.outside))
    noted = Counter(
        (phone_of(number), template)
        for number, record in enumerate(world.records)
        for _, template in world.told(record)
    )
    assert sent == noted
