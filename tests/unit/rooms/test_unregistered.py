"""What is not registered with the operators is not sent: noted as refused, loud, and the others go out."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest

from functions import once
from functions.domain import review
from functions.domain.channel import Channel
from functions.domain.contact import contact_key
from functions.domain.errors import Unregistered
from functions.domain.record import EventType
from functions.notify.alerting import tell
from functions.notify.citizens import tell_citizens
from functions.notify.deliveries import take
from tests.builders import NOW, PHONE, event_of, forwarded, officer, reference_of, under_review
from tests.fakes import FakePorts

REFERENCE = reference_of()
BASE = "https://ssm.wb.example"
KEEPER = "keeper@cmo.wb.example"
NODAL = officer(
    phone="+919000000061", whatsapp="+919000000071", email="nodal.hfw@officers.wb.example", language="en"
)
PLACEHOLDER = Unregistered("en/officer_forwarded.sms.j2", "its DLT template id is a placeholder")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    found: Counter[str] = Counter()
    monkeypatch.setattr(once, "count", lambda name: found.update([name]))
    return found


def works_off(outside: FakePorts) -> None:
    """Lets the queue bring what was put into it."""
    while outside.delivery_events.waiting:
        waiting, outside.delivery_events.waiting = outside.delivery_events.waiting, []
        for one, _ in waiting:
            take(outside, BASE, KEEPER, one)


def test_an_officers_sms_that_is_not_registered_goes_by_the_next_channel(
    outside: FakePorts, counted: Counter[str], logged: StringIO
) -> None:
    outside.registry.officers = [NODAL]
    record = forwarded(who=NODAL)
    outside.records.put(record)
    outside.messaging.refused["sms", NODAL.phone] = PLACEHOLDER
    sequence = event_of(record, EventType.RECORD_FORWARDED).sequence
    # THEN its event is done with, and the mail goes
    assert tell(outside, BASE, REFERENCE, sequence) == 1
    assert tell(outside, BASE, REFERENCE, sequence) == 0
    assert [mail.to for mail in outside.messaging.mails] == [NODAL.email]
    # AND the SMS is followed up as any that is refused
    works_off(outside)
    assert [one.phone for one in outside.messaging.whatsapp] == [NODAL.whatsapp]
    contact = outside.contacts.find(contact_key(Channel.SMS, NODAL.phone))
    assert contact is None or contact.mark is None
    assert [mail for mail in outside.messaging.mails if mail.to == KEEPER] == []
    # AND it is loud, and told apart from what does not arrive
    assert counted == {"AlertUnregistered": 1}
    assert "en/officer_forwarded.sms.j2" in logged.getvalue()


def test_a_citizens_sms_that_is_not_registered_is_given_up_at_once(
    outside: FakePorts, counted: Counter[str]
) -> None:
    record = review.reject(under_review(), analyst_id="DA-1", reason="not ours", at=NOW)
    outside.records.put(record)
    outside.messaging.refused["sms", PHONE] = PLACEHOLDER
    assert tell_citizens(outside, REFERENCE, event_of(record, EventType.RECORD_REJECTED).sequence) == 0
    works_off(outside)
    assert outside.messaging.sms == []
    assert counted == {"AlertUnregistered": 1}
    contact = outside.contacts.find(contact_key(Channel.SMS, PHONE))
    assert contact is None or contact.mark is None
