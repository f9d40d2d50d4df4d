"""What a provider refuses at once is followed up by the queue."""

from collections import Counter

import pytest

from functions.domain.channel import Channel
from functions.domain.contact import contact_key
from functions.domain.errors import Unavailable, Undeliverable, Unregistered
from functions.domain.record import EventType
from tests.builders import forwarded, raised
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import (
    KEEPER,
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


def test_a_keeper_whose_address_is_refused_is_no_failure_and_is_noted(
    outside: FakePorts, counted: Counter[str]
) -> None:
    told(outside, forwarded())
    outside.messaging.broken[KEEPER] = Undeliverable("email", "InvalidAddress")
    comes(outside, bounce())
    assert is_marked(outside, Channel.EMAIL, NODAL.email)
    assert [
        outcome.code for (name, _), outcome in outside.alert_log.outcomes.items() if name == "CONTACTS"
    ] == ["InvalidAddress"]
    assert counted["DeliveryFailed"] == 2
    # AND neither a repeat nor the queue does anything more of it
    outside.messaging.broken.clear()
    outside.clock.advance(minutes=2)
    comes(outside, bounce())
    works_off(outside)
    assert not to_keeper(outside)
    assert counted["DeliveryFailed"] == 2


def test_what_is_refused_is_noted_once_and_counted_once(outside: FakePorts, counted: Counter[str]) -> None:
    outside.messaging.refused["sms", NODAL.phone] = Undeliverable("sms", "OptedOut")
    told(outside, forwarded())
    ((reference, key),) = outside.alert_log.outcomes
    ((event, _),) = outside.delivery_events.waiting
    assert event.message_ids == (f"refused/{reference}/{key}",)
    assert outside.alert_log.contacts[reference, key] == contact_key(Channel.SMS, NODAL.phone)
    works_off(outside)
    assert counted["DeliveryFailed"] == 1


def test_a_refusal_that_cannot_be_followed_up_is_not_noted_and_comes_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.messaging.refused["sms", NODAL.phone] = Undeliverable("sms", "OptedOut")

    def out(*_: object) -> None:
        raise Unavailable("queue")

    with monkeypatch.context() as patched:
        patched.setattr(outside.delivery_events, "put", out)
        with pytest.raises(Unavailable, match="queue"):
            told(outside, forwarded())
    assert outside.alert_log.outcomes == {}
    outside.clock.advance(minutes=2)
    assert told(outside, forwarded()) == 0
    assert len(outside.alert_log.outcomes) == len(outside.delivery_events.waiting) == 1


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
