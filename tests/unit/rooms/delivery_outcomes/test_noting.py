"""What is noted of a message, and what of one that is not known."""

from collections import Counter
from datetime import timedelta

from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryState
from tests.builders import forwarded
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import (
    NODAL,
    comes,
    event,
    is_marked,
    outcome_of,
    told,
    works_off,
)


def test_what_was_delivered_is_noted_and_nothing_follows(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, event(Channel.SMS, "sms-1", DeliveryState.DELIVERED))
    outcome = outcome_of(outside, Channel.SMS, "sms-1")
    assert outcome is not None
    assert outcome.state is DeliveryState.DELIVERED
    assert (len(outside.messaging.sms), len(outside.messaging.mails)) == (1, 1)
    assert not outside.messaging.whatsapp


def test_a_failure_that_comes_after_the_delivery_changes_nothing(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(
        outside,
        event(Channel.SMS, "sms-1", DeliveryState.DELIVERED),
        event(Channel.SMS, "sms-1", DeliveryState.FAILED, for_good=True),
    )
    assert not outside.messaging.whatsapp
    assert not is_marked(outside, Channel.SMS, NODAL.phone)


def test_an_event_ahead_of_the_note_is_looked_up_again_and_then_taken(outside: FakePorts) -> None:
    comes(outside, event(Channel.SMS, "sms-1"))
    ((again, after),) = outside.delivery_events.waiting
    assert after == timedelta(seconds=5)
    told(outside, forwarded())
    outside.delivery_events.waiting = []
    comes(outside, again)
    assert len(outside.messaging.whatsapp) == 1


def test_an_event_of_none_of_our_messages_is_given_up_with_a_count(
    outside: FakePorts, counted: Counter[str]
) -> None:
    comes(outside, event(Channel.SMS, "somebody-elses"))
    works_off(outside)
    assert counted["DeliveryUnknown"] == 1
    assert not outside.delivery_events.waiting
