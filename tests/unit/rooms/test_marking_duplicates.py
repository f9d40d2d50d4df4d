"""A duplicate is linked to the record that goes on for it, and never so that none does."""

import json

import pytest

from functions.domain import linking, review
from functions.domain.errors import Refused
from functions.domain.record import Record, Status
from functions.validate.analysts import decide
from tests.builders import ANALYST, NOW, numbered, request, under_review
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
    assert set(linking.linked_through(C.reference, outside.records.linked_to)) == {A.reference, B.reference}


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
