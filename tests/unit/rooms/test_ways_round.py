"""A way round a channel that failed: one that does not work now keeps nobody from the next one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from functions.domain import ladder
from functions.domain.alerts import Alert
from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.domain.errors import BeingSent, Unanswered, Unavailable
from functions.domain.ladder import Rung
from functions.domain.office import Level
from functions.domain.record import EventType, Record
from functions.notify import next_channel
from functions.notify.alerting import tell
from functions.notify.deliveries import take
from tests.builders import NOW, event_of, officer, raised, reference_of
from tests.fakes import FakePorts

REFERENCE = reference_of()
BASE = "https://ssm.wb.example"
KEEPER = "keeper@cmo.wb.example"
NODAL = officer(
    phone="+919000000061", whatsapp="+919000000071", email="nodal.hfw@officers.wb.example", language="en"
)


def on_the_first_rung() -> Record:
    """The officer is tried by SMS and a call: e-mail and WhatsApp are left."""
    first = Rung(number=1, office="HFW", level=Level.NODAL)
    return ladder.tried(raised(who=NODAL), first, at=NOW + timedelta(minutes=15))


@pytest.fixture(autouse=True)
def _tried_by_sms_and_call(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL]
    record = on_the_first_rung()
    outside.records.put(record)
    outside.clock.advance(minutes=15)
    assert tell(outside, BASE, REFERENCE, event_of(record, EventType.SLA_REMINDER_DUE).sequence) == 2


def fails(outside: FakePorts, channel: Channel, message_id: str) -> None:
    outcome = Outcome(state=DeliveryState.FAILED, at=outside.clock.now(), code="unknown")
    take(outside, BASE, KEEPER, DeliveryEvent(channel=channel, message_ids=(message_id,), outcome=outcome))


def went_instead(outside: FakePorts) -> dict[Channel, Channel]:
    """By which channel it went, and instead of which."""
    log = outside.alert_log
    alerts = [one for place, one in log.told.items() if log.evidence.get(place) and isinstance(one, Alert)]
    return {one.channel: one.instead_of for one in alerts if one.instead_of is not None}


@pytest.mark.parametrize("error", [Unavailable("whatsapp"), Unanswered("whatsapp"), RuntimeError("a bug")])
def test_a_way_that_does_not_work_now_is_passed_over_for_the_next_and_one_is_enough(
    outside: FakePorts, error: Exception
) -> None:
    assert NODAL.whatsapp is not None
    outside.messaging.refused["whatsapp", NODAL.whatsapp] = error
    fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {Channel.EMAIL: Channel.SMS}
    # WHEN it works again and the failure is told once more THEN nothing goes twice
    outside.messaging.refused.clear()
    outside.clock.advance(minutes=3)
    fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {Channel.EMAIL: Channel.SMS}


def test_what_was_passed_over_is_there_for_the_next_failure(outside: FakePorts) -> None:
    outside.messaging.out = {Channel.WHATSAPP}
    fails(outside, Channel.SMS, "sms-1")
    outside.messaging.out = set()
    fails(outside, Channel.VOICE, "call-1")
    assert went_instead(outside) == {Channel.EMAIL: Channel.SMS, Channel.WHATSAPP: Channel.VOICE}


def test_where_no_way_works_the_first_ones_fault_has_it_come_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: Counter[str] = Counter()
    monkeypatch.setattr(next_channel, "count", lambda name: counted.update([name]))
    outside.messaging.out = {Channel.WHATSAPP, Channel.EMAIL}
    with pytest.raises(Unavailable, match="whatsapp"):
        fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {}
    assert not counted
    outside.messaging.out = set()
    fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {Channel.WHATSAPP: Channel.SMS}


def test_what_another_is_sending_instead_of_the_same_is_left_to_him(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = outside.messaging.send_whatsapp

    def meanwhile(*given: Any) -> str:  # noqa: ANN401 - handed on
        # WHEN the same failure is told while the first one is at it
        monkeypatch.setattr(outside.messaging, "send_whatsapp", send)
        with pytest.raises(BeingSent):
            fails(outside, Channel.SMS, "sms-1")
        return send(*given)

    monkeypatch.setattr(outside.messaging, "send_whatsapp", meanwhile)
    fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {Channel.WHATSAPP: Channel.SMS}


def test_of_two_that_fail_at_the_same_time_the_second_takes_what_is_left(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = outside.messaging.send_whatsapp

    def meanwhile(*given: Any) -> str:  # noqa: ANN401 - handed on
        monkeypatch.setattr(outside.messaging, "send_whatsapp", send)
        fails(outside, Channel.VOICE, "call-1")
        return send(*given)

    monkeypatch.setattr(outside.messaging, "send_whatsapp", meanwhile)
    fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {Channel.EMAIL: Channel.VOICE, Channel.WHATSAPP: Channel.SMS}


def test_what_its_own_event_is_to_send_is_no_way_round(outside: FakePorts) -> None:
    # GIVEN an emergency whose SMS could not be sent yet, and whose event comes again for it
    record = outside.records.load(REFERENCE)
    sequence = event_of(record, EventType.EMERGENCY_RAISED).sequence
    outside.messaging.out = {Channel.SMS}
    with pytest.raises(Unavailable):
        tell(outside, BASE, REFERENCE, sequence)
    outside.messaging.out = set()
    # WHEN the call of it is not answered
    fails(outside, Channel.VOICE, "call-2")
    # THEN the SMS is left to the event
    assert went_instead(outside) == {}
    assert tell(outside, BASE, REFERENCE, sequence) == 1


def test_who_finds_the_last_way_taken_by_another_and_the_first_out_comes_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.messaging.out = {Channel.WHATSAPP}
    send = outside.messaging.send_mail

    def meanwhile(*given: Any) -> str:  # noqa: ANN401 - handed on
        # WHEN the call fails as well, while the mail goes instead of the SMS
        monkeypatch.setattr(outside.messaging, "send_mail", send)
        with pytest.raises(Unavailable, match="whatsapp"):
            fails(outside, Channel.VOICE, "call-1")
        return send(*given)

    monkeypatch.setattr(outside.messaging, "send_mail", meanwhile)
    fails(outside, Channel.SMS, "sms-1")
    assert went_instead(outside) == {Channel.EMAIL: Channel.SMS}
    outside.messaging.out = set()
    fails(outside, Channel.VOICE, "call-1")
    assert went_instead(outside) == {Channel.EMAIL: Channel.SMS, Channel.WHATSAPP: Channel.VOICE}
