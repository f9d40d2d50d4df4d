"""What may have gone is not sent again at once; what surely did not go is."""

import pytest

from functions.domain.errors import Unanswered, Unavailable
from functions.domain.record import EventType
from functions.notify.alerting import tell
from tests.builders import event_of, officer, raised
from tests.fakes import FakePorts

BASE = "https://ssm.wb.example"
RECORD = raised()
NODAL = officer(language="en")


@pytest.fixture(autouse=True)
def _one_officer(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL]
    outside.records.put(RECORD)


def told(outside: FakePorts) -> int:
    return tell(outside, BASE, RECORD.reference, event_of(RECORD, EventType.EMERGENCY_RAISED).sequence)


def test_what_surely_did_not_go_goes_when_its_event_comes_again(outside: FakePorts) -> None:
    outside.messaging.refused["sms", NODAL.phone] = Unavailable("sms")
    with pytest.raises(Unavailable, match="sms"):
        told(outside)
    outside.messaging.refused.clear()
    assert told(outside) == 1
    assert len(outside.messaging.sms) == 1


def test_what_may_have_gone_waits_until_its_sender_is_taken_for_dead(outside: FakePorts) -> None:
    outside.messaging.refused["sms", NODAL.phone] = Unanswered("sms")
    with pytest.raises(Unanswered, match="sms"):
        told(outside)
    # WHEN the event comes again within the minute THEN nothing goes, and it comes again
    outside.messaging.refused.clear()
    for _ in range(3):
        outside.clock.advance(seconds=19)
        with pytest.raises(Unavailable, match="alert"):
            told(outside)
    assert not outside.messaging.sms
    # THEN it goes, since nobody knows that it went
    outside.clock.advance(seconds=19)
    assert told(outside) == 1
    assert len(outside.messaging.sms) == 1
