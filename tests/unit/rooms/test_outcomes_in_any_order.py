"""Whatever providers tell, late, twice and in any order: one evidence, no alert by one channel twice."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome, joined
from functions.domain.errors import Unavailable
from functions.domain.record import EventType
from functions.notify.alerting import tell
from functions.notify.deliveries import take
from tests.builders import NOW, event_of, forwarded, officer, raised
from tests.fakes import FakePorts, FakeRegistry

BASE = "https://ssm.wb.example"
KEEPER = "keeper@cmo.wb.example"
OFFICER = officer(
    phone="+919000000061", whatsapp="+919000000063", email="nodal.hfw@officers.wb.example", language="en"
)
REGISTRY = FakeRegistry()
REGISTRY.officers = [
    OFFICER,
    OFFICER.model_copy(update={"office": "320", "email": "nodal.320@officers.wb.example"}),
]
IDS = {Channel.SMS: "sms-1", Channel.EMAIL: "mail-1", Channel.WHATSAPP: "whatsapp-1", Channel.VOICE: "call-1"}
Told = tuple[Channel, DeliveryState, int, bool]

TOLD = st.lists(
    st.tuples(st.sampled_from(Channel), st.sampled_from(DeliveryState), st.integers(1, 29), st.booleans()),
    max_size=8,
)


class World:
    """One alert to one officer, providers, and a queue that is late, repeats and reorders."""

    def __init__(self, *, emergency: bool) -> None:
        self.outside = FakePorts(registry=REGISTRY)
        record, kind = (
            (raised(), EventType.EMERGENCY_RAISED) if emergency else (forwarded(), EventType.RECORD_FORWARDED)
        )
        self.outside.records.put(record)
        tell(self.outside, BASE, record.reference, event_of(record, kind).sequence)

    def brings(self, event: DeliveryEvent) -> None:
        """Brings an event; what does not work comes again, and what is put off is not waited for."""
        for _ in range(4):
            with suppress(Unavailable):
                take(self.outside, BASE, KEEPER, event)
                return
            self.outside.clock.advance(minutes=3)
        raise AssertionError(event)

    def sent(self) -> Counter[Channel]:
        """How often the officer was told by each channel."""
        messaging = self.outside.messaging
        return +Counter(
            {
                Channel.SMS: len(messaging.sms),
                Channel.EMAIL: len([mail for mail in messaging.mails if mail.to == OFFICER.email]),
                Channel.WHATSAPP: len(messaging.whatsapp),
                Channel.VOICE: len(messaging.calls),
            }
        )

    def known(self) -> dict[Channel, Outcome | None]:
        """What stands in the evidence of each channel."""
        found = {channel: self.outside.deliveries.find(channel, [one]) for channel, one in IDS.items()}
        return {channel: told.outcome for channel, told in found.items() if told is not None}


def event_of_told(told: Told) -> DeliveryEvent:
    channel, state, minutes, for_good = told
    outcome = Outcome(state=state, at=NOW + timedelta(minutes=minutes), for_good=for_good)
    return DeliveryEvent(channel=channel, message_ids=(IDS[channel],), outcome=outcome)


@settings(max_examples=60, deadline=None)
@given(
    told=TOLD,
    random=st.randoms(use_true_random=False),
    emergency=st.booleans(),
    repeats=st.booleans(),
)
def test_in_whatever_order_the_same_is_known_and_nothing_goes_twice(
    told: list[Told], random: object, *, emergency: bool, repeats: bool
) -> None:
    world = World(emergency=emergency)
    events = [event_of_told(one) for one in told] * (2 if repeats else 1)
    random.shuffle(events)  # type: ignore[attr-defined]  # hypothesis' own
    # What speaks of a message that is not sent yet is none that a provider could tell.
    late = [one for one in events if one.channel not in world.known()]
    for one in [one for one in events if one not in late]:
        world.brings(one)
    for one in late:
        if one.channel in world.known():
            world.brings(one)

    assert set(world.sent().values()) == {1}
    for channel, outcome in world.known().items():
        of_it = [one.outcome for one in events if one.channel is channel]
        came = [one for one in of_it if outcome is not None]
        if channel in {Channel.SMS, Channel.EMAIL}:
            assert outcome == reduce(joined, of_it, None)
        assert outcome is None or outcome in came
    first = {Channel.SMS, Channel.EMAIL}
    failed = [one for channel, one in world.known().items() if channel in first and one and one.is_unreached]
    if failed and not emergency:
        # WhatsApp alone is written for what is forwarded; it is used unless it was marked before its turn.
        assert world.sent()[Channel.WHATSAPP] == 1
    marks = [key for name, key in world.outside.alert_log.evidence if name == "CONTACTS"]
    mails = [mail for mail in world.outside.messaging.mails if mail.to == KEEPER]
    assert len(mails) == len(marks)


@settings(max_examples=40, deadline=None)
@given(TOLD, st.randoms(use_true_random=False))
def test_whether_a_contact_is_marked_does_not_depend_on_the_order(told: list[Told], random: object) -> None:
    # Of one message a provider tells what stands higher later; of an emergency all four messages are out.
    order = list(DeliveryState)
    apart = [
        (channel, state, 30 * order.index(state) + minutes, for_good)
        for channel, state, minutes, for_good in told
    ]
    marked = []
    for _ in range(2):
        world = World(emergency=True)
        for one in apart:
            world.brings(event_of_told(one))
        now = world.outside.clock.now()
        marked.append(
            {key: one.mark_at(now) is not None for key, one in world.outside.contacts.known.items()}
        )
        random.shuffle(apart)  # type: ignore[attr-defined]  # hypothesis' own
    keys = marked[0].keys() | marked[1].keys()
    assert {key: marked[0].get(key, False) for key in keys} == {
        key: marked[1].get(key, False) for key in keys
    }
