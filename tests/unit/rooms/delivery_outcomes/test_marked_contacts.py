"""Contacts that do not work are marked, left out of ordinary alerts, and taken back."""

from datetime import timedelta

import pytest

from functions.domain import review
from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryState
from functions.domain.record import EventType
from functions.notify.citizens import tell_citizens
from tests.builders import NOW, PHONE, event_of, forwarded, reference_of, under_review
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import (
    NODAL,
    another,
    bounce,
    comes,
    event,
    is_marked,
    to_keeper,
    told,
)


def test_ordinary_alerts_leave_a_marked_contact_out_while_another_is_not(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    second = another("CC-2")
    assert told(outside, second) == 1
    assert [sms.phone for sms in outside.messaging.sms] == [NODAL.phone] * 2
    comes(outside, event(Channel.SMS, "sms-2", for_good=True, code="invalid-number"))
    # None is left, so that all are tried.
    assert told(outside, another("CC-3")) == 2


def test_an_emergency_tries_a_marked_contact_all_the_same(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    before = len(outside.messaging.mails)
    assert told(outside, another("CC-2", emergency=True), EventType.EMERGENCY_RAISED) == 4
    assert len(outside.messaging.mails) == before + 1


def test_a_corrected_address_is_another_contact(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    corrected = NODAL.model_copy(update={"email": "nodal2.hfw@officers.wb.example"})
    outside.registry.officers = [corrected]
    assert told(outside, another("CC-2")) == 2
    assert outside.messaging.mails[-1].to == corrected.email


def test_a_message_that_arrives_lifts_the_mark(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    told(outside, another("CC-2", emergency=True), EventType.EMERGENCY_RAISED)
    mail = f"mail-{len(outside.messaging.mails)}"
    comes(outside, event(Channel.EMAIL, mail, DeliveryState.DELIVERED, after=timedelta(minutes=9)))
    assert not is_marked(outside, Channel.EMAIL, NODAL.email)


def test_a_mark_is_over_after_a_month_and_told_of_again_when_it_fails_again(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    outside.clock.advance(days=31)
    assert not is_marked(outside, Channel.EMAIL, NODAL.email)
    told(outside, another("CC-2"))
    mail = f"mail-{len(outside.messaging.mails)}"
    comes(outside, event(Channel.EMAIL, mail, DeliveryState.BOUNCED, after=timedelta(days=31)))
    assert len(to_keeper(outside)) == 2


@pytest.mark.parametrize(
    ("state", "for_good", "marked", "another_way"),
    [
        (DeliveryState.BOUNCED, False, True, True),
        (DeliveryState.SUPPRESSED, False, True, True),
        (DeliveryState.COMPLAINED, False, True, False),
        (DeliveryState.FAILED, True, True, True),
        (DeliveryState.FAILED, False, False, True),
        (DeliveryState.DELAYED, False, False, False),
    ],
)
def test_what_each_outcome_leads_to(
    outside: FakePorts, state: DeliveryState, *, for_good: bool, marked: bool, another_way: bool
) -> None:
    told(outside, forwarded())
    comes(outside, event(Channel.EMAIL, "mail-1", state, for_good=for_good))
    assert is_marked(outside, Channel.EMAIL, NODAL.email) is marked
    assert len(to_keeper(outside)) == marked
    assert len(outside.messaging.whatsapp) == another_way


REFERENCE = reference_of()


def test_a_citizens_number_is_marked_and_nothing_else(outside: FakePorts) -> None:
    record = review.reject(under_review(), analyst_id="DA-1", reason="not ours", at=NOW)
    outside.records.put(record)
    assert tell_citizens(outside, REFERENCE, event_of(record, EventType.RECORD_REJECTED).sequence) == 1
    comes(outside, event(Channel.SMS, "sms-1", for_good=True, code="invalid-number"))
    assert is_marked(outside, Channel.SMS, PHONE)
    assert not outside.messaging.mails
    assert not outside.messaging.whatsapp
    assert len(outside.messaging.sms) == 1
