"""Citizens are told what was decided of their records, and what became of the lead, each thing once."""

import json
from collections import Counter
from io import StringIO

import pytest

from functions.domain import feedback, review
from functions.domain.alerts import Channel
from functions.domain.calendar import Calendar
from functions.domain.errors import Unavailable
from functions.domain.office import Level
from functions.domain.record import Caller, EventType, Kind, Record, Status
from functions.notify import citizens
from functions.notify.alerting import tell
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    CALL,
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
from tests.fakes import FakePorts, Sms

BASE = "https://ssm.wb.example"
LANDLINE = "+913322145555"
REJECTED, DUPLICATE = EventType.RECORD_REJECTED, EventType.RECORD_MARKED_DUPLICATE


@pytest.fixture(autouse=True)
def _officers(outside: FakePorts) -> None:
    outside.registry.officers = [officer(), officer(level=Level.HEAD)]


def called(number: int, *, language: str | None = "bn", phone: str | None = None) -> Record:
    """A record of another caller, that waits for an analyst."""
    record = numbered(under_review(), number)
    return record.model_copy(
        update={
            "caller": Caller(phone=phone or phone_of(number), name="A sample"),
            "call": CALL.model_copy(update={"language": language}),
        }
    )


def phone_of(number: int) -> str:
    return f"+9170000100{number:02d}"


def rejected(record: Record) -> Record:
    return review.reject(record, analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW)


def linked(record: Record, lead: Record) -> Record:
    return review.mark_duplicate(
        record, analyst_id=ANALYST, reason=ANALYST_REASON, duplicate_of=lead.reference, at=NOW
    )


def closed(record: Record) -> Record:
    """A record that waited for an analyst, redressed and checked."""
    carried = with_officer(in_portal(accepted(record), portal_id=f"CMO/{record.reference}"))
    return visited(action_taken(carried))


def reopened(record: Record) -> Record:
    return feedback.received(record, agent_id="A-17", satisfied=False, rating=1, remark=None, at=NOW)


def told(outside: FakePorts, record: Record, kind: EventType) -> int:
    outside.clock.advance(minutes=3)
    return tell(outside, BASE, record.reference, event_of(record, kind).sequence)


def kinds(outside: FakePorts) -> list[tuple[str, str]]:
    """To whom which SMS went, without its language."""
    return [
        (sms.phone, sms.template.partition("/")[2].removesuffix(".sms.j2")) for sms in outside.messaging.sms
    ]


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
    told(outside, records[0], REJECTED)
    told(outside, records[1], DUPLICATE)
    assert len(outside.messaging.sms) == 3
    assert not [(said, sms.text) for said in PRIVATE for sms in outside.messaging.sms if said in sms.text]


def test_a_citizen_is_told_beside_the_officers_who_stand_down(outside: FakePorts) -> None:
    record = rejected(review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW))
    outside.records.put(record)
    assert told(outside, record, REJECTED) == 4 + 1
    assert kinds(outside)[-1] == (PHONE, "citizen_rejected")
    assert told(outside, record, REJECTED) == 0


def test_an_officers_number_that_fails_does_not_hold_back_the_citizens_sms(outside: FakePorts) -> None:
    record = rejected(review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW))
    outside.records.put(record)
    outside.messaging.broken[officer().phone] = RuntimeError("no such number")
    with pytest.raises(RuntimeError):
        told(outside, record, REJECTED)
    assert kinds(outside) == [(PHONE, "citizen_rejected")]


def test_a_landline_is_not_written_to_and_its_number_not_logged(
    outside: FakePorts, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(citizens, "count", counted.append)
    record = rejected(called(1, phone=LANDLINE))
    outside.records.put(record)
    assert told(outside, record, REJECTED) == 0
    assert outside.messaging.sms == []
    assert outside.alert_log.claimed == {}
    assert counted == ["LandlineNotTold"]
    (line,) = logged.getvalue().splitlines()
    assert json.loads(line)["citizen_of"] == record.reference
    assert LANDLINE.removeprefix("+91") not in line


def test_a_channel_that_is_out_is_tried_again_when_the_event_comes_again(outside: FakePorts) -> None:
    record = rejected(called(1))
    outside.records.put(record)
    outside.messaging.out = {Channel.SMS}
    with pytest.raises(Unavailable):
        told(outside, record, REJECTED)
    outside.messaging.out = set()
    assert told(outside, record, REJECTED) == 1
    assert told(outside, record, REJECTED) == 0


# --- The lead's end


def test_when_the_lead_closes_each_linked_citizen_is_answered_and_its_own_is_not(outside: FakePorts) -> None:
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in (2, 3)))
    assert told(outside, lead, EventType.RECORD_CLOSED) == 2
    assert Counter(kinds(outside)) == Counter(
        (phone_of(number), "citizen_linked_redressed") for number in (2, 3)
    )
    for sms in outside.messaging.sms:
        assert lead.reference in sms.text
    assert told(outside, lead, EventType.RECORD_CLOSED) == 0


def test_a_lead_that_comes_back_and_closes_again_answers_nobody_twice(outside: FakePorts) -> None:
    lead = closed(called(1))
    record = linked(called(2), lead)
    outside.records.put(lead, record)
    assert told(outside, lead, EventType.RECORD_CLOSED) == 1
    outside.records.put(again := visited(reopened(lead)))
    assert again.status is Status.CLOSED
    assert told(outside, again, EventType.RECORD_CLOSED) == 0
    assert kinds(outside) == [(phone_of(2), "citizen_linked_redressed")]


def test_a_lead_that_came_back_before_anybody_was_answered_answers_when_it_closes_again(
    outside: FakePorts,
) -> None:
    lead = closed(called(1))
    back = reopened(lead)
    assert back.status is Status.ACTION_TAKEN
    outside.records.put(back, linked(called(2), lead))
    assert told(outside, lead, EventType.RECORD_CLOSED) == 0
    outside.records.put(again := visited(back))
    assert told(outside, again, EventType.RECORD_CLOSED) == 1


def test_one_number_that_fails_holds_back_no_other_and_is_tried_again_alone(
    outside: FakePorts, logged: StringIO
) -> None:
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in (2, 3, 4)))
    outside.messaging.broken[phone_of(3)] = RuntimeError(f"the provider refuses {phone_of(3)}")
    with pytest.raises(RuntimeError):
        told(outside, lead, EventType.RECORD_CLOSED)
    assert {phone for phone, _ in kinds(outside)} == {phone_of(2), phone_of(4)}
    assert phone_of(3).removeprefix("+91") not in logged.getvalue()
    outside.messaging.broken.clear()
    assert told(outside, lead, EventType.RECORD_CLOSED) == 1
    assert kinds(outside)[-1] == (phone_of(3), "citizen_linked_redressed")


def test_through_a_chain_all_are_answered_by_the_last_lead(outside: FakePorts) -> None:
    # GIVEN one linked to a record that was linked to another one later
    last = closed(called(1))
    middle = linked(called(2), last)
    outside.records.put(last, middle, linked(called(3), middle))
    assert told(outside, last, EventType.RECORD_CLOSED) == 2
    assert {phone for phone, _ in kinds(outside)} == {phone_of(2), phone_of(3)}
    assert all(last.reference in sms.text for sms in outside.messaging.sms)


def test_who_is_linked_to_a_matter_that_is_closed_already_is_told_both(outside: FakePorts) -> None:
    lead = closed(called(1))
    middle = linked(called(2), lead)
    outside.records.put(lead, middle, linked(called(3), middle))
    assert told(outside, middle, DUPLICATE) == 3
    assert Counter(kinds(outside)) == Counter(
        [
            (phone_of(2), "citizen_linked"),
            (phone_of(2), "citizen_linked_redressed"),
            (phone_of(3), "citizen_linked_redressed"),
        ]
    )


def test_when_the_lead_is_turned_down_so_are_those_that_were_linked_to_it(outside: FakePorts) -> None:
    lead = rejected(called(1))
    record = linked(called(2), lead)
    outside.records.put(lead, record)
    assert told(outside, lead, REJECTED) == 2
    assert set(kinds(outside)) == {(phone_of(number), "citizen_rejected") for number in (1, 2)}
    by_phone: dict[str, Sms] = {sms.phone: sms for sms in outside.messaging.sms}
    assert record.reference in by_phone[phone_of(2)].text


def test_records_that_lead_to_each_other_tell_of_no_end_and_do_not_go_round_for_ever(
    outside: FakePorts,
) -> None:
    one, other = called(1), called(2)
    outside.records.put(linked(one, other), both := linked(other, one))
    assert told(outside, both, DUPLICATE) == 1
    assert kinds(outside) == [(phone_of(2), "citizen_linked")]
