"""Analysts at a deployment where it takes two of them to reject a record."""

import json
from typing import Any

import pytest

from functions.domain.errors import Conflict, KeyReused, WrongState
from functions.domain.record import EventType, Record, Status
from functions.validate.analysts import claim, decide, list_waiting
from tests.builders import ANALYST, ANALYST_REASON, reference_of, registered, request, under_review
from tests.fakes import FakePorts

REFERENCE = reference_of()
PATH = f"/v1/call-centre/reviews/{REFERENCE}"
OTHER = "DA-99"
WAITS = {"reference": REFERENCE, "status": "under_review"}
REJECTED = {"reference": REFERENCE, "status": "rejected"}


@pytest.fixture(autouse=True)
def _one_waits(outside: FakePorts) -> None:
    outside.records.put(under_review())


def decides(
    outside: FakePorts, webhook_id: str, analyst_id: str = ANALYST, decision: str = "reject", **more: object
) -> dict[str, Any]:
    body = {"analyst_id": analyst_id, "decision": decision, "reason": ANALYST_REASON, **more}
    posted = request(body, webhook_id=webhook_id, path=PATH)
    answer: dict[str, Any] = json.loads(decide(outside, posted, REFERENCE, looked_at_twice=True))
    return answer


def kept(outside: FakePorts) -> Record:
    return outside.records.load(REFERENCE)


def codes(outside: FakePorts) -> list[str]:
    (item,) = list_waiting(outside, request(b"", method="GET"))["items"]
    return [finding["code"] for finding in item["findings"]]


def test_the_first_rejection_keeps_it_waiting_and_another_analysts_decides(outside: FakePorts) -> None:
    events = kept(outside).events
    assert decides(outside, "msg_1") == WAITS
    assert kept(outside).events == events
    assert codes(outside) == ["rejection-proposed"]
    assert decides(outside, "msg_2", OTHER) == REJECTED
    assert [event.type for event in kept(outside).events[len(events) :]] == [EventType.RECORD_REJECTED]


def test_a_repeat_is_no_second_analyst(outside: FakePorts) -> None:
    first = decides(outside, "msg_1")
    assert decides(outside, "msg_1") == first == WAITS
    assert outside.records.writes == 1
    with pytest.raises(KeyReused):
        decides(outside, "msg_1", OTHER)
    decides(outside, "msg_2", OTHER)
    # AND the first request's repeat hears what the first one heard
    assert decides(outside, "msg_1") == WAITS


def test_the_same_analyst_hears_that_another_is_needed(outside: FakePorts) -> None:
    decides(outside, "msg_1")
    with pytest.raises(Conflict, match=r"another analyst is needed.*under_review"):
        decides(outside, "msg_2")
    assert outside.records.writes == 1


def test_of_two_analysts_at_once_one_proposes_and_the_other_confirms(outside: FakePorts) -> None:
    met: list[dict[str, Any]] = []
    outside.records.before_write.append(lambda: met.append(decides(outside, "msg_2", OTHER)))
    assert decides(outside, "msg_1") == REJECTED
    assert met == [WAITS]


def test_whoever_proposed_it_may_decide_otherwise(outside: FakePorts) -> None:
    decides(outside, "msg_1")
    assert decides(outside, "msg_2", decision="approve")["status"] == "accepted"
    review = kept(outside).review
    assert review is not None
    assert review.rejection_proposed is not None
    with pytest.raises(WrongState, match="accepted"):
        decides(outside, "msg_3", OTHER)


def test_a_proposal_lets_go_of_the_claim_and_another_ones_claim_holds(outside: FakePorts) -> None:
    held = request({"analyst_id": ANALYST}, webhook_id="msg_claim", path=f"{PATH}/claim")
    claim(outside, held, REFERENCE)
    with pytest.raises(Conflict, match="another analyst holds it"):
        decides(outside, "msg_1", OTHER)
    decides(outside, "msg_2")
    assert decides(outside, "msg_3", OTHER) == REJECTED


def test_what_was_decided_meanwhile_is_not_proposed(outside: FakePorts) -> None:
    decides(outside, "msg_1", decision="approve")
    with pytest.raises(WrongState, match="accepted"):
        decides(outside, "msg_2")


def test_an_emergency_is_looked_at_twice_too(outside: FakePorts) -> None:
    outside.records.put(under_review(registered(emergency=True)))
    assert decides(outside, "msg_1") == WAITS
    assert kept(outside).status is Status.UNDER_REVIEW
