"""The keeper is told of the post whose message failed, though its number was known as another's before."""

from datetime import timedelta

import pytest

from functions.domain.channel import Channel
from functions.domain.contact import contact_key
from functions.domain.delivery import DeliveryEvent, DeliveryState, Outcome
from functions.domain.errors import Unavailable
from functions.domain.record import EventType, Record
from functions.notify.alerting import tell
from functions.notify.citizens import tell_citizens
from functions.notify.deliveries import take
from tests.builders import PHONE, event_of, forwarded, numbered, officer, raised, registered
from tests.fakes import FakePorts

BASE = "https://ssm.wb.example"
KEEPER = "keeper@cmo.wb.example"
HIS_OWN = "+919000000061"
IN_HFW = officer("HFW", phone=HIS_OWN, email="js.hfw@wb.example")
IN_PHE = officer("PHE", phone=HIS_OWN, email="js.phe@wb.example")


def told(outside: FakePorts, record: Record) -> str:
    """The message id of the SMS that goes out of a record."""
    outside.records.put(record)
    tell(outside, BASE, record.reference, event_of(record, EventType.RECORD_FORWARDED).sequence)
    return f"sms-{len(outside.messaging.sms)}"


def comes(outside: FakePorts, message_id: str, state: DeliveryState, channel: Channel = Channel.SMS) -> None:
    for_good = state is DeliveryState.FAILED
    outcome = Outcome(state=state, at=outside.clock.now(), code="opted-out", for_good=for_good)
    take(outside, BASE, KEEPER, DeliveryEvent(channel=channel, message_ids=(message_id,), outcome=outcome))


def to_keeper(outside: FakePorts) -> list[str]:
    return [mail.text for mail in outside.messaging.mails if mail.to == KEEPER]


def test_of_an_officer_who_kept_his_number_the_office_that_he_is_in_now_is_told(outside: FakePorts) -> None:
    outside.registry.officers = [IN_HFW]
    comes(outside, told(outside, forwarded(who=IN_HFW)), DeliveryState.DELIVERED)
    outside.registry.officers = [IN_PHE]
    outside.clock.advance(days=20)
    comes(outside, told(outside, numbered(forwarded(who=IN_PHE), 7)), DeliveryState.FAILED)
    (mail,) = to_keeper(outside)
    assert "PHE" in mail
    assert "HFW" not in mail


def test_a_number_that_was_a_citizens_first_is_told_of_once_it_is_an_officers(outside: FakePorts) -> None:
    record = registered()
    outside.records.put(record)
    tell_citizens(outside, record.reference, 1)
    comes(outside, "sms-1", DeliveryState.FAILED)
    assert not to_keeper(outside)
    # WHEN an officer is uploaded who has that number
    in_hfw = officer("HFW", phone=PHONE)
    outside.registry.officers = [in_hfw]
    outside.clock.advance(days=31)
    comes(outside, told(outside, numbered(forwarded(who=in_hfw), 7)), DeliveryState.FAILED)
    (mail,) = to_keeper(outside)
    assert "HFW" in mail


def test_whoever_holds_two_posts_by_one_number_is_told_of_for_each_and_once(outside: FakePorts) -> None:
    outside.registry.officers = [IN_HFW, IN_PHE]
    first, second = (
        told(outside, numbered(forwarded(who=who), number)) for number, who in ((7, IN_HFW), (8, IN_PHE))
    )
    for message_id in (first, second, first, second):
        comes(outside, message_id, DeliveryState.FAILED)
        outside.clock.advance(minutes=1)
    mails = to_keeper(outside)
    assert [("HFW" in mail, "PHE" in mail) for mail in mails] == [(True, False), (False, True)]


def test_a_mail_to_the_keeper_that_did_not_go_names_its_own_post_when_it_goes(outside: FakePorts) -> None:
    outside.registry.officers = [IN_HFW, IN_PHE]
    first, second = (
        told(outside, numbered(forwarded(who=who), number)) for number, who in ((7, IN_HFW), (8, IN_PHE))
    )
    outside.messaging.broken[KEEPER] = Unavailable("mail")
    at = outside.clock.now()
    outcome = Outcome(state=DeliveryState.FAILED, at=at, code="opted-out", for_good=True)
    failure = DeliveryEvent(channel=Channel.SMS, message_ids=(first,), outcome=outcome)
    with pytest.raises(Unavailable):
        take(outside, BASE, KEEPER, failure)
    # WHEN the other post's fails meanwhile, and the first comes again
    outside.messaging.broken.clear()
    outside.clock.advance(minutes=1)
    comes(outside, second, DeliveryState.FAILED)
    take(outside, BASE, KEEPER, failure)
    assert ["PHE" in mail for mail in to_keeper(outside)] == [True, False]


@pytest.mark.parametrize("earlier", [timedelta(), timedelta(hours=3)])
def test_a_mail_that_its_server_takes_and_sends_back_is_told_of_once_for_all_its_messages(
    outside: FakePorts, earlier: timedelta
) -> None:
    # An emergency tries what is marked all the same.
    outside.registry.officers = [IN_HFW]
    for number in range(5):
        record = numbered(raised(who=IN_HFW), 100 + number)
        outside.records.put(record)
        before = len(outside.messaging.mails)
        tell(outside, BASE, record.reference, event_of(record, EventType.EMERGENCY_RAISED).sequence)
        mail_id = next(
            f"mail-{place}"
            for place, mail in enumerate(outside.messaging.mails, start=1)
            if place > before and mail.to == IN_HFW.email
        )
        outside.clock.advance(seconds=2)
        comes(outside, mail_id, DeliveryState.DELIVERED, Channel.EMAIL)
        outside.clock.advance(seconds=5)
        comes(outside, mail_id, DeliveryState.BOUNCED, Channel.EMAIL)
        contact = outside.contacts.find(contact_key(Channel.EMAIL, IN_HFW.email))
        assert contact is not None
        assert contact.mark_at(outside.clock.now()) is not None
        outside.clock.advance(seconds=earlier.total_seconds())
    assert len(to_keeper(outside)) == 1
