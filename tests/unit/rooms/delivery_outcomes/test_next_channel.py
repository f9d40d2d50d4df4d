"""What fails goes by the next channel, once, and not when it is seen to since."""

from collections import Counter
from datetime import timedelta

import pytest

from functions.domain import forwarding
from functions.domain.channel import Channel
from functions.domain.office import Level, Officer
from functions.domain.record import EventType, Record
from functions.domain.timers import run_out
from tests.builders import NOW, action_taken, forwarded, officer, raised
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

HEAD = officer(level=Level.HEAD, phone="+919000000062", email="head.hfw@officers.wb.example")


def acknowledged() -> Record:
    return forwarding.acknowledged(forwarded(), level=Level.NODAL, assignment=1, at=NOW)


def test_what_bounces_goes_by_the_next_channel_and_is_evidence_of_its_own(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    (message,) = outside.messaging.whatsapp
    assert message.phone == NODAL.whatsapp
    assert message.message.template == "en/officer_forwarded.whatsapp.j2"
    assert message.message.link_token
    found = outside.deliveries.find(Channel.WHATSAPP, ["whatsapp-1"])
    assert found is not None
    assert found.alert is not None
    assert found.alert.instead_of is Channel.EMAIL


def test_a_repeat_sends_nothing_more(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce(), bounce())
    outside.clock.advance(hours=2)
    comes(outside, bounce())
    assert len(outside.messaging.whatsapp) == 1
    assert len(to_keeper(outside)) == 1


def test_a_call_that_is_not_answered_is_a_failure_for_now(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL.model_copy(update={"whatsapp": None})]
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    assert len(outside.messaging.calls) == 1
    comes(outside, event(Channel.VOICE, "call-1", code="VOICE_NO_ANSWER"))
    # Every other channel that reaches him has it already.
    assert (len(outside.messaging.sms), len(outside.messaging.mails)) == (1, 1)
    assert not is_marked(outside, Channel.VOICE, NODAL.phone)
    assert not to_keeper(outside)


def test_when_one_after_the_other_fails_each_takes_the_next_until_none_is_left(
    outside: FakePorts, counted: Counter[str]
) -> None:
    waiting = reminded()
    assert told(outside, waiting, EventType.SLA_REMINDER_DUE) == 2
    comes(outside, event(Channel.SMS, "sms-1"))
    assert len(outside.messaging.whatsapp) == 1
    comes(outside, event(Channel.WHATSAPP, "whatsapp-1"))
    comes(outside, event(Channel.EMAIL, "mail-1"))
    sent = (outside.messaging.sms, outside.messaging.mails, outside.messaging.whatsapp)
    assert [len(one) for one in sent] == [1, 1, 1]
    assert counted["ChannelsExhausted"] == 2


def test_two_that_fail_at_the_same_time_do_not_take_the_same_channel_twice(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, event(Channel.SMS, "sms-1"), bounce())
    assert len(outside.messaging.whatsapp) == 1


def test_at_night_the_next_channel_of_an_ordinary_alert_waits_for_the_morning(outside: FakePorts) -> None:
    told(outside, forwarded())
    # 22:00 IST
    outside.clock.moment = NOW.replace(hour=16, minute=30)
    comes(outside, bounce())
    assert not outside.messaging.whatsapp
    ((again, after),) = outside.delivery_events.waiting
    assert (again, after) == (bounce(), timedelta(minutes=15))
    works_off(outside)
    assert len(outside.messaging.whatsapp) == 1
    assert len(to_keeper(outside)) == 1
    # 08:00 IST, within a quarter of an hour
    late = outside.clock.now() - (NOW + timedelta(days=1)).replace(hour=2, minute=30)
    assert timedelta() <= late <= timedelta(minutes=15)


def test_an_emergency_does_not_wait(outside: FakePorts) -> None:
    # Without WhatsApp before; the registry has a number now.
    outside.registry.officers = [NODAL.model_copy(update={"whatsapp": None})]
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    outside.registry.officers = [NODAL]
    outside.clock.moment = NOW.replace(hour=20)
    comes(outside, event(Channel.VOICE, "call-1", code="VOICE_BUSY"))
    assert len(outside.messaging.whatsapp) == 1


@pytest.mark.parametrize("record", [action_taken(), acknowledged()], ids=["reported on", "acknowledged"])
def test_what_is_seen_to_since_is_not_told_again(outside: FakePorts, record: Record) -> None:
    told(outside, forwarded())
    outside.records.put(record)
    comes(outside, bounce())
    assert not outside.messaging.whatsapp
    assert is_marked(outside, Channel.EMAIL, NODAL.email)


def test_the_text_of_an_emergency_is_not_sent_of_an_ordinary_matter(outside: FakePorts) -> None:
    waiting = forwarded()
    assert waiting.due_at is not None
    breached = run_out(waiting, waiting.due_at, lambda _: None)
    told(outside, breached, EventType.SLA_BREACHED)
    comes(outside, event(Channel.SMS, "sms-1"))
    assert not outside.messaging.whatsapp


def test_a_head_is_reached_by_his_own_channels(outside: FakePorts) -> None:
    head: Officer = HEAD.model_copy(update={"whatsapp": "+919000000064"})
    outside.registry.officers = [NODAL, head]
    told(outside, forwarded())
    of_head = next(
        f"mail-{place}"
        for place, mail in enumerate(outside.messaging.mails, start=1)
        if mail.to == head.email
    )
    comes(outside, bounce(of_head))
    assert [message.phone for message in outside.messaging.whatsapp] == [head.whatsapp]
