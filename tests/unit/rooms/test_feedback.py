"""Citizens are asked about the redress, and what they say is kept once."""

import json
from typing import Any

import pytest

from functions.domain.errors import KeyReused, NotFound, Refused, WrongState
from functions.domain.record import Status
from functions.recall.feedback import list_to_ask, take
from tests.builders import (
    IDENTIFIERS,
    MASKED,
    PHONE,
    REMARK,
    in_status,
    numbered,
    reference_of,
    request,
    telling_identifiers,
)
from tests.fakes import FakePorts

PATH = "/v1/call-centre/feedback"
REFERENCE = reference_of()


def said(outside: FakePorts, webhook_id: str = "msg_1", **changes: object) -> dict[str, Any]:
    body = {"reference": REFERENCE, "satisfied": False, "rating": 2, "remark": REMARK, "agent_id": "A-17"}
    wire = request(body | changes, webhook_id=webhook_id, path=PATH)
    answer: dict[str, Any] = json.loads(take(outside, wire))
    return answer


def listed(outside: FakePorts) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = list_to_ask(outside, request(b"", path=PATH))["items"]
    return items


def test_who_was_asked_is_not_listed_any_more(outside: FakePorts) -> None:
    outside.records.put(in_status(Status.CLOSED), numbered(in_status(Status.FORWARDED), 2))
    (item,) = listed(outside)
    assert item["reference"] == REFERENCE
    assert item["phone"] == PHONE
    assert item["language"] == "bn"
    assert said(outside, satisfied=True) == {"reference": REFERENCE, "status": "closed"}
    assert listed(outside) == []


def test_personal_identifiers_do_not_leave_for_whoever_asks(outside: FakePorts) -> None:
    record = telling_identifiers(in_status(Status.CLOSED))
    assert record.atr
    outside.records.put(
        record.model_copy(update={"atr": record.atr.model_copy(update={"report": IDENTIFIERS})})
    )
    (item,) = listed(outside)
    assert [item[name] for name in ("name", "summary", "report")] == [MASKED] * 3


def test_a_dissatisfied_citizen_takes_a_closed_record_back_once(outside: FakePorts) -> None:
    outside.records.put(in_status(Status.CLOSED))
    first = said(outside)
    assert first == {"reference": REFERENCE, "status": "action_taken"}
    assert said(outside) == first
    assert len(outside.records.load(REFERENCE).feedback) == 1
    with pytest.raises(KeyReused):
        said(outside, rating=1)


def test_after_thirty_days_nobody_is_listed(outside: FakePorts) -> None:
    outside.records.put(in_status(Status.CLOSED))
    outside.clock.advance(days=31)
    assert listed(outside) == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"rating": 0}, "/rating"),
        ({"rating": 6}, "/rating"),
        ({"rating": "5"}, "/rating"),
        ({"satisfied": "yes"}, "/satisfied"),
        ({"satisfied": None}, "/satisfied"),
        ({"agent_id": None}, "/agent_id"),
        ({"remark": "x" * 1001}, "/remark"),
        ({"reference": "SSM-1234-567-8901"}, "/reference"),
        ({"mood": "bad"}, "/mood"),
    ],
)
def test_what_does_not_validate_is_named(
    outside: FakePorts, changes: dict[str, object], pointer: str
) -> None:
    outside.records.put(in_status(Status.CLOSED))
    with pytest.raises(Refused) as refused:
        said(outside, "msg_1", **changes)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_without_redress_there_is_nothing_to_ask(outside: FakePorts) -> None:
    with pytest.raises(NotFound):
        said(outside)
    outside.records.put(in_status(Status.FORWARDED))
    with pytest.raises(WrongState, match="forwarded"):
        said(outside)


def test_rating_and_remark_may_be_left_out(outside: FakePorts) -> None:
    outside.records.put(in_status(Status.ACTION_TAKEN))
    assert said(outside, rating=None, remark=None)["status"] == "action_taken"
