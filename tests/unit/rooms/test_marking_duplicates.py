"""A duplicate is linked to the record that goes on for it, and never so that none does."""

import json

import pytest

from functions.domain import linking, review
from functions.domain.errors import Refused
from functions.domain.record import Kind, Record, Status
from functions.validate.analysts import decide
from tests.builders import ANALYST, NOW, numbered, registered, request, under_review
from tests.fakes import FakePorts

A, B, C = (numbered(under_review(), number) for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def _three_wait(outside: FakePorts) -> None:
    outside.records.put(A, B, C)


def marks(outside: FakePorts, record: Record, lead: Record) -> str:
    body = {"analyst_id": ANALYST, "decision": "duplicate", "duplicate_of": lead.reference}
    path = f"/v1/call-centre/reviews/{record.reference}"
    mark = request(body, path=path, webhook_id=f"{record.reference} is {lead.reference}")
    answer = decide(outside, mark, record.reference, looked_at_twice=False)
    status: str = json.loads(answer)["status"]
    return status


def lead_of(outside: FakePorts, record: Record) -> str:
    return linking.lead_of(outside.records.load(record.reference))


def test_a_duplicate_of_a_duplicate_is_linked_to_its_lead(outside: FakePorts) -> None:
    assert marks(outside, B, C) == "duplicate"
    assert marks(outside, A, B) == "duplicate"
    assert lead_of(outside, A) == lead_of(outside, B) == C.reference
    assert outside.records.linked_to(C.reference) == sorted([A.reference, B.reference])
    assert C.reference in outside.records.load(A.reference).events[-1].note


def test_a_lead_that_is_linked_later_keeps_those_that_were_linked_to_it(outside: FakePorts) -> None:
    marks(outside, A, B)
    marks(outside, B, C)
    assert lead_of(outside, A) == B.reference
    led = linking.lead(outside.records.load(A.reference), outside.records.load)
    assert led.reference == C.reference


def test_of_records_that_are_the_same_one_always_leads(outside: FakePorts) -> None:
    marks(outside, A, B)
    marks(outside, B, C)
    for named in (A, B):
        with pytest.raises(Refused) as refused:
            marks(outside, C, named)
        (fault,) = refused.value.faults
        assert (fault.pointer, fault.detail) == ("/duplicate_of", "that record is a duplicate of this one")
    with pytest.raises(Refused, match="of itself"):
        marks(outside, C, C)
    assert outside.records.load(C.reference).status is Status.UNDER_REVIEW


def test_of_two_analysts_who_link_two_records_to_each_other_at_once_one_is_refused(
    outside: FakePorts,
) -> None:
    def the_other_is_first() -> None:
        after = review.mark_duplicate(B, analyst_id="DA-9", reason=None, duplicate_of=A.reference, at=NOW)
        outside.records.save(outside.records.load(B.reference), after)

    outside.records.before_write.append(the_other_is_first)
    with pytest.raises(Refused, match="duplicate of this one"):
        marks(outside, A, B)
    assert outside.records.load(A.reference).status is Status.UNDER_REVIEW
    assert lead_of(outside, B) == A.reference


def refusal(outside: FakePorts, record: Record, lead: Record) -> str:
    outside.records.put(record, lead)
    with pytest.raises(Refused) as refused:
        marks(outside, record, lead)
    (fault,) = refused.value.faults
    assert fault.pointer == "/duplicate_of"
    assert outside.records.load(record.reference) == record
    return fault.detail


def test_nothing_is_linked_to_what_was_not_taken_up_directly_or_through_others(outside: FakePorts) -> None:
    turned_down = review.reject(B, analyst_id=ANALYST, reason="Sub judice", at=NOW)
    assert "not taken up" in refusal(outside, A, turned_down)
    outside.records.put(B)
    marks(outside, C, B)
    outside.records.put(turned_down)
    assert "not taken up" in refusal(outside, A, outside.records.load(C.reference))


def test_nothing_is_linked_to_a_number_that_rang(outside: FakePorts) -> None:
    rang = numbered(registered(kind=Kind.MISSED_CALL), 9)
    assert "a number that rang" in refusal(outside, A, rang)


def test_nothing_is_linked_where_nobody_goes_on(outside: FakePorts) -> None:
    for record, lead in ((B, C), (C, B)):
        outside.records.put(
            review.mark_duplicate(
                record, analyst_id=ANALYST, reason=None, duplicate_of=lead.reference, at=NOW
            )
        )
    assert "none that goes on" in refusal(outside, A, outside.records.load(B.reference))


def test_an_emergency_is_linked_to_an_emergency_alone(outside: FakePorts) -> None:
    emergency, other = (numbered(under_review(registered(emergency=True)), number) for number in (7, 8))
    assert "24 hours" in refusal(outside, emergency, A)
    outside.records.put(emergency, other)
    assert marks(outside, emergency, other) == "duplicate"
    # AND an ordinary one gains by being linked to it
    assert marks(outside, A, other) == "duplicate"


@pytest.mark.parametrize("kind", [Kind.SUGGESTION, Kind.ENQUIRY])
def test_a_grievance_does_not_lose_its_time_under_what_has_none(outside: FakePorts, kind: Kind) -> None:
    other = numbered(under_review(registered(kind=kind)), 9)
    assert "time for redress" in refusal(outside, A, other)
    assert marks(outside, other, A) == "duplicate"


def test_a_lead_that_is_turned_down_while_it_is_named_leads_nobody(outside: FakePorts) -> None:
    def the_other_is_first() -> None:
        turned_down = review.reject(B, analyst_id="DA-9", reason="Sub judice", at=NOW)
        outside.records.save(outside.records.load(B.reference), turned_down)

    outside.records.before_write.append(the_other_is_first)
    with pytest.raises(Refused, match="not taken up"):
        marks(outside, A, B)
    assert outside.records.load(A.reference).status is Status.UNDER_REVIEW


def test_of_three_analysts_who_link_three_records_in_a_circle_at_once_one_is_refused(
    outside: FakePorts,
) -> None:
    def linked(record: Record, lead: Record) -> None:
        after = review.mark_duplicate(
            record, analyst_id="DA-9", reason=None, duplicate_of=lead.reference, at=NOW
        )
        outside.records.save(outside.records.load(record.reference), after)

    def the_others_are_first() -> None:
        linked(B, C)
        linked(C, A)

    outside.records.before_write.append(the_others_are_first)
    with pytest.raises(Refused, match="duplicate of this one"):
        marks(outside, A, B)
    assert outside.records.load(A.reference).status is Status.UNDER_REVIEW
