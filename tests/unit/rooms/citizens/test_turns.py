"""Who called is told at each turn of the record, in the language of the call."""

import pytest

from functions.domain import review
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.record import EventType, Kind
from functions.notify.alerting import tell
from functions.notify.citizens import tell_citizens
from tests.builders import (
    NOW,
    PHONE,
    PRIVATE,
    accepted,
    action_taken,
    event_of,
    in_portal,
    numbered,
    officer,
    raised,
    registered,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts
from tests.unit.rooms.citizens.callers import (
    DUPLICATE,
    REJECTED,
    called,
    closed,
    kinds,
    linked,
    phone_of,
    rejected,
    told,
)

BASE = "https://ssm.wb.example"


@pytest.mark.parametrize("language", ["bn", "hi", "en"])
def test_who_called_is_told_at_each_turn_in_the_language_of_the_call(
    outside: FakePorts, language: str
) -> None:
    carried = with_officer(in_portal(accepted(called(1, language=language))))
    recalled = visited(action_taken(carried), meets_standard=False)
    journey = (
        (called(1, language=language), EventType.RECORD_REGISTERED, "citizen_registered"),
        (carried, EventType.RECORD_FORWARDED, "citizen_forwarded"),
        (action_taken(carried), EventType.ACTION_TAKEN, "citizen_action_taken"),
        (recalled, EventType.ATR_RECALLED, "citizen_recalled"),
        (action_taken(recalled), EventType.ACTION_TAKEN, "citizen_action_taken"),
        (visited(action_taken(recalled)), EventType.RECORD_CLOSED, "citizen_closed"),
    )
    for record, kind, template in journey:
        outside.records.put(record)
        assert told(outside, record, kind) == 1, template
        sms = outside.messaging.sms[-1]
        assert (sms.phone, sms.template) == (phone_of(1), f"{language}/{template}.sms.j2")
        assert record.reference in sms.text
        assert told(outside, record, kind) == 0
    assert outside.messaging.mails == []


def test_what_another_turn_has_overtaken_is_told_no_more(outside: FakePorts) -> None:
    record = visited(action_taken(with_officer(in_portal(accepted(called(1))))))
    outside.records.put(record)
    for kind in (EventType.RECORD_REGISTERED, EventType.RECORD_FORWARDED, EventType.ACTION_TAKEN):
        assert told(outside, record, kind) == 0
    assert told(outside, record, EventType.RECORD_CLOSED) == 1
    assert kinds(outside) == [(phone_of(1), "citizen_closed")]


def test_an_event_that_is_not_there_yet_comes_again(outside: FakePorts) -> None:
    outside.records.put(called(1))
    with pytest.raises(Unavailable):
        tell_citizens(outside, called(1).reference, 99)


@pytest.mark.parametrize(
    ("language", "written"),
    [("bn", "bn"), ("hi", "hi"), ("en", "en"), ("ne", "bn"), ("ur", "bn"), ("sat", "bn"), (None, "bn")],
)
def test_who_is_turned_down_is_told_in_the_language_of_the_call(
    outside: FakePorts, language: str | None, written: str
) -> None:
    record = rejected(called(1, language=language))
    outside.records.put(record)
    assert told(outside, record, REJECTED) == 1
    (sms,) = outside.messaging.sms
    assert (sms.phone, sms.template) == (phone_of(1), f"{written}/citizen_rejected.sms.j2")
    assert record.reference in sms.text
    assert outside.messaging.mails == []


def test_who_is_linked_is_told_under_which_reference_it_goes_on(outside: FakePorts) -> None:
    lead = called(1)
    record = linked(called(2, language="en"), lead)
    outside.records.put(lead, record)
    assert told(outside, record, EventType.RECORD_REGISTERED) == 0
    assert told(outside, record, DUPLICATE) == 1
    (sms,) = outside.messaging.sms
    assert (sms.phone, sms.template) == (phone_of(2), "en/citizen_linked.sms.j2")
    assert record.reference in sms.text
    assert lead.reference in sms.text


@pytest.mark.parametrize("kind", [Kind.SUGGESTION, Kind.ENQUIRY])
def test_suggestions_and_enquiries_are_answered_as_grievances_are(outside: FakePorts, kind: Kind) -> None:
    record = rejected(under_review(registered(kind=kind)))
    outside.records.put(record)
    assert told(outside, record, REJECTED) == 1


def test_no_sms_tells_what_the_citizen_or_the_analyst_said(outside: FakePorts) -> None:
    lead = numbered(closed(under_review()), 1)
    records = [rejected(under_review()), linked(numbered(under_review(), 2), lead)]
    outside.records.put(lead, *records)
    told(outside, lead, EventType.RECORD_CLOSED)
    told(outside, records[0], REJECTED)
    told(outside, records[1], DUPLICATE)
    assert len(outside.messaging.sms) == 3
    assert not [(said, sms.text) for said in PRIVATE for sms in outside.messaging.sms if said in sms.text]


def test_a_citizen_is_told_by_another_queue_than_the_officers_who_stand_down(outside: FakePorts) -> None:
    record = rejected(review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW))
    outside.records.put(record)
    outside.messaging.broken[officer().phone] = RuntimeError("no such number")
    with pytest.raises(RuntimeError):
        tell(outside, BASE, record.reference, event_of(record, REJECTED).sequence)
    assert (PHONE, "citizen_rejected") not in kinds(outside)
    assert told(outside, record, REJECTED) == 1
    assert kinds(outside)[-1] == (PHONE, "citizen_rejected")
    assert told(outside, record, REJECTED) == 0


def test_a_channel_that_is_out_is_tried_again_when_the_event_comes_again(outside: FakePorts) -> None:
    record = rejected(called(1))
    outside.records.put(record)
    outside.messaging.out = {Channel.SMS}
    with pytest.raises(Unavailable):
        told(outside, record, REJECTED)
    outside.messaging.out = set()
    assert told(outside, record, REJECTED) == 1
    assert told(outside, record, REJECTED) == 0
