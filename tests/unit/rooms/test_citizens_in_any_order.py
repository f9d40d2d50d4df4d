"""Whatever happens and in whatever order it is told, each citizen is told each thing once."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain import linking
from functions.domain.alerts import Channel
from functions.domain.errors import Refused, Unavailable
from functions.domain.lifecycle import TELLS_CITIZENS
from functions.domain.record import Record, Status
from functions.notify.alerting import tell
from functions.validate.analysts import decide
from tests.builders import ANALYST, request, visited
from tests.fakes import FakePorts
from tests.unit.rooms.test_citizens import BASE, called, closed, kinds, phone_of, rejected, reopened

RECORDS = tuple(called(number) for number in range(3))
Event = tuple[str, int]


class World:
    """Three callers, those who act on their records, and a bus that is late, repeats and reorders."""

    def __init__(self) -> None:
        self.outside = FakePorts()
        self.outside.registry.officers = []
        self.outside.records.put(*RECORDS)
        self.closed_once: set[str] = set()
        self.waiting: list[Event] = []
        self.taken: list[Event] = []

    @property
    def records(self) -> list[Record]:
        """As they stand, in the order of their callers."""
        return [self.outside.records.load(record.reference) for record in RECORDS]

    def possible(self) -> list[Callable[[], None]]:
        """All that may happen next."""
        return [*self._deeds(), *self._deliveries()]

    def _deeds(self) -> Iterator[Callable[[], None]]:
        for record in self.records:
            if record.status is Status.UNDER_REVIEW:
                yield partial(self._becomes, rejected(record))
                yield partial(self._becomes, closed(record))
                yield from (
                    partial(self._links, record, other)
                    for other in RECORDS
                    if other.reference != record.reference
                )
            if record.status is Status.ACTION_TAKEN:
                yield partial(self._becomes, visited(record))
            if record.status is Status.CLOSED and not record.feedback:
                yield partial(self._becomes, reopened(record))

    def _deliveries(self) -> Iterator[Callable[[], None]]:
        for event in self.waiting:
            yield partial(self.deliver, event)
            yield partial(self.deliver, event, fails=True)
        yield from (partial(self._bring, event) for event in self.taken[-2:])

    def _links(self, record: Record, lead: Record) -> None:
        body = {"analyst_id": ANALYST, "decision": "duplicate", "duplicate_of": lead.reference}
        mark = request(body, webhook_id=f"msg_{len(self.outside.records.receipts)}")
        with suppress(Refused):
            decide(self.outside, mark, record.reference, looked_at_twice=False)
        self._notice(self.outside.records.load(record.reference))

    def _becomes(self, record: Record) -> None:
        self.outside.records.put(record)
        self._notice(record)

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
        tell(self.outside, BASE, *event)

    def to_be_told(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """What must have been told to whom in the end, and what may: the lead was closed for a while."""
        must: set[tuple[str, str]] = set()
        may: set[tuple[str, str]] = set()
        for number, record in enumerate(self.records):
            lead = linking.lead(record, self.outside.records.load)
            assert lead.status is not Status.DUPLICATE
            if lead.status is Status.REJECTED:
                must.add((phone_of(number), "citizen_rejected"))
            if record is not lead:
                must.add((phone_of(number), "citizen_linked"))
                redressed = (phone_of(number), "citizen_linked_redressed")
                must |= {redressed} if lead.status is Status.CLOSED else set()
                may |= {redressed} if lead.reference in self.closed_once else set()
        return must, may


@settings(max_examples=200)
@given(st.lists(st.integers(0, 10_000), min_size=8, max_size=30))
def test_whatever_comes_in_whatever_order_each_citizen_is_told_each_thing_once(choices: list[int]) -> None:
    world = World()
    for choice in choices:
        possible = world.possible()
        if possible:
            possible[choice % len(possible)]()
    while world.waiting:
        world.deliver(world.waiting[-1])

    sent = Counter(kinds(world.outside))
    must, may = world.to_be_told()
    assert set(sent.values()) <= {1}
    assert must <= set(sent) <= must | may
