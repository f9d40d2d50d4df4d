"""What a provider refuses at once is followed up by the queue."""

from collections import Counter

from functions.domain.channel import Channel
from functions.domain.errors import Undeliverable, Unregistered
from functions.domain.record import EventType
from tests.builders import forwarded, raised
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import (
    NODAL,
    bounce,
    comes,
    event,
    is_marked,
    reminded,
    to_keeper,
    told,
    works_off,
)


def test_what_is_refused_at_once_is_followed_up_by_the_queue(outside: FakePorts) -> None:
    outside.messaging.refused["sms", NODAL.phone] = Undeliverable("sms", "OptedOut")
    assert told(outside, forwarded()) == 1
    assert not outside.messaging.whatsapp
    works_off(outside)
    assert len(outside.messaging.whatsapp) == 1
    assert is_marked(outside, Channel.SMS, NODAL.phone)
    assert "by SMS" in to_keeper(outside)[0]
    outside.clock.advance(hours=1)
    assert told(outside, forwarded()) == 0


def test_a_channel_that_the_deployment_does_not_have_says_nothing_of_the_contact(
    outside: FakePorts, counted: Counter[str]
) -> None:
    assert NODAL.whatsapp is not None
    missing = Undeliverable("whatsapp", Undeliverable.NOT_SET_UP, is_of_the_contact=False)
    outside.messaging.refused["whatsapp", NODAL.whatsapp] = missing
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    works_off(outside)
    assert not is_marked(outside, Channel.WHATSAPP, NODAL.whatsapp)
    assert not to_keeper(outside)
    assert counted["DeliveryFailed"] == 0


def test_a_way_round_that_is_refused_too_goes_on_to_the_next(
    outside: FakePorts, counted: Counter[str]
) -> None:
    assert NODAL.whatsapp is not None
    outside.messaging.refused["whatsapp", NODAL.whatsapp] = Undeliverable("whatsapp", "131026")
    told(outside, reminded(), EventType.SLA_REMINDER_DUE)
    comes(outside, event(Channel.SMS, "sms-1"))
    works_off(outside)
    assert is_marked(outside, Channel.WHATSAPP, NODAL.whatsapp) is True
    assert counted["ChannelsExhausted"] == 1


def test_a_way_round_that_is_not_registered_is_loud_and_goes_on(
    outside: FakePorts, counted: Counter[str]
) -> None:
    assert NODAL.whatsapp is not None
    unregistered = Unregistered("en/officer_forwarded.whatsapp.j2", "a placeholder")
    outside.messaging.refused["whatsapp", NODAL.whatsapp] = unregistered
    told(outside, forwarded())
    comes(outside, bounce())
    works_off(outside)
    assert not is_marked(outside, Channel.WHATSAPP, NODAL.whatsapp)
    assert counted["AlertUnregistered"] == 1
