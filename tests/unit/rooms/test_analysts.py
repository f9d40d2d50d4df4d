"""The data analysts see what waits, and decide; each decision is kept once."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.domain.errors import Conflict, KeyReused, NotFound, Refused, WrongState
from functions.domain.record import EventType, Finding, Record, Status
from functions.validate.analysts import claim, decide, list_waiting
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    IDENTIFIERS,
    NAME,
    NOW,
    PHONE,
    SUMMARY,
    in_status,
    numbered,
    reference_of,
    registered,
    request,
    telling_identifiers,
    under_review,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
PATH = f"/v1/call-centre/reviews/{REFERENCE}"


def decision(decision: str = "approve", **more: object) -> dict[str, Any]:
    return {"analyst_id": ANALYST, "decision": decision, "reason": ANALYST_REASON, **more}


def decided(outside: FakePorts, body: dict[str, Any], webhook_id: str = "msg_1") -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        decide(outside, request(body, webhook_id=webhook_id, path=PATH), REFERENCE)
    )
    return answer


@pytest.fixture
def other(outside: FakePorts) -> Record:
    """Another record than the one that waits."""
    record = numbered(under_review(), 1)
    outside.records.put(under_review(), record)
    return record


@pytest.mark.usefixtures("other")
def test_an_amendment_to_an_announced_district_is_one_to_its_parent(outside: FakePorts) -> None:
    decided(outside, decision("amend", amendments={"district": "Basirhat"}))
    subject = outside.records.load(REFERENCE).subject
    assert subject is not None
    assert subject.district == "303"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (decision("approve"), "accepted"),
        (decision("approve", reason=None), "accepted"),
        (decision("reject"), "rejected"),
        (decision("amend", amendments={"department": "PRD", "scheme": None}), "accepted"),
        (decision("duplicate", duplicate_of=reference_of("CC-20261124-000001")), "duplicate"),
        (decision("approve", amendments={}), "accepted"),
        (decision("approve", amendments=None, duplicate_of=None), "accepted"),
    ],
)
@pytest.mark.usefixtures("other")
def test_each_decision_leads_where_it_says(outside: FakePorts, body: dict[str, Any], status: str) -> None:
    outside.clock.advance(minutes=20)
    assert decided(outside, body) == {"reference": REFERENCE, "status": status}
    record = outside.records.load(REFERENCE)
    assert record.status == status
    assert record.review is not None
    assert record.review.analyst_id == ANALYST
    assert record.review.reason == body["reason"]
    assert record.review.decided_at == NOW + timedelta(minutes=20)


@pytest.mark.usefixtures("other")
def test_an_amendment_changes_what_it_names_and_nothing_else(outside: FakePorts) -> None:
    before = outside.records.load(REFERENCE).subject
    decided(outside, decision("amend", amendments={"department": "PRD", "scheme": None}))
    after = outside.records.load(REFERENCE).subject
    assert before is not None
    assert after == before.model_copy(update={"department": "PRD", "scheme": None})


def test_a_duplicate_may_be_named_as_it_is_read_aloud(outside: FakePorts, other: Record) -> None:
    spoken = other.reference.replace("-", " ").lower()
    decided(outside, decision("duplicate", duplicate_of=spoken))
    review = outside.records.load(REFERENCE).review
    assert review is not None
    assert review.duplicate_of == other.reference


@pytest.mark.usefixtures("other")
def test_a_repeat_gets_the_first_answer_and_decides_nothing(outside: FakePorts) -> None:
    first = decided(outside, decision())
    outside.clock.advance(hours=1)
    assert decided(outside, decision()) == first
    record = outside.records.load(REFERENCE)
    assert [event.type for event in record.events].count(EventType.RECORD_ACCEPTED) == 1
    assert outside.records.writes == 1


@pytest.mark.usefixtures("other")
def test_the_same_webhook_id_with_another_decision_conflicts(outside: FakePorts) -> None:
    decided(outside, decision("approve"))
    with pytest.raises(KeyReused):
        decided(outside, decision("reject"))
    assert outside.records.load(REFERENCE).status is Status.ACCEPTED


@pytest.mark.usefixtures("other")
def test_a_second_decision_is_too_late_and_hears_the_state(outside: FakePorts) -> None:
    decided(outside, decision("approve"), "msg_1")
    with pytest.raises(WrongState, match="accepted"):
        decided(outside, decision("reject"), "msg_2")


@pytest.mark.parametrize(
    "status",
    [Status.REGISTERED, Status.ACCEPTED, Status.FORWARDED, Status.REJECTED, Status.AWAITING_CALLBACK],
)
def test_only_what_waits_for_review_is_decided(outside: FakePorts, status: Status) -> None:
    record = in_status(status).model_copy(update={"reference": REFERENCE})
    outside.records.put(record)
    with pytest.raises(WrongState, match=status.value):
        decided(outside, decision())
    assert outside.records.load(REFERENCE) == record
    assert outside.records.receipts == {}


def test_of_two_analysts_at_once_one_decides_and_the_other_hears_the_state(
    outside: FakePorts, other: Record
) -> None:
    del other
    met: list[dict[str, Any]] = []
    outside.records.before_write.append(lambda: met.append(decided(outside, decision("reject"), "msg_2")))
    with pytest.raises(WrongState, match="rejected"):
        decided(outside, decision("approve"), "msg_1")
    assert met == [{"reference": REFERENCE, "status": "rejected"}]


@pytest.mark.usefixtures("other")
def test_two_deliveries_of_one_decision_at_once_are_answered_alike(outside: FakePorts) -> None:
    met: list[dict[str, Any]] = []
    outside.records.before_write.append(lambda: met.append(decided(outside, decision())))
    assert [decided(outside, decision())] == met
    assert outside.records.writes == 1


def test_a_decision_while_the_fifteen_minutes_end_is_one_or_the_other(outside: FakePorts) -> None:
    waiting = under_review(registered(emergency=True))
    outside.records.put(waiting)
    ahead = in_status(Status.ACCEPTED, emergency=True).model_copy(update={"version": waiting.version + 1})
    outside.records.before_write.append(lambda: outside.records.put(ahead))
    with pytest.raises(WrongState, match="accepted"):
        decided(outside, decision("reject"))
    assert outside.records.load(REFERENCE) == ahead


def test_nothing_is_decided_of_a_record_that_does_not_exist(outside: FakePorts) -> None:
    with pytest.raises(NotFound):
        decided(outside, decision())


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        (decision("reject", reason=None), ["/reason"]),
        (decision("reject", reason="  \n"), ["/reason"]),
        (decision("duplicate"), ["/duplicate_of"]),
        (decision("approve", duplicate_of=reference_of("CC-20261124-000001")), ["/duplicate_of"]),
        (decision("duplicate", duplicate_of="SSM-1234"), ["/duplicate_of"]),
        (decision("duplicate", duplicate_of=reference_of("CC-none")), ["/duplicate_of"]),
        (decision("duplicate", duplicate_of=REFERENCE), ["/duplicate_of"]),
        (decision("amend"), ["/amendments"]),
        (decision("amend", amendments={}), ["/amendments"]),
        (decision("reject", amendments={"department": "PRD"}), ["/amendments"]),
        (decision("amend", amendments={"department": "HEALTH"}), ["/amendments/department"]),
        (decision("amend", amendments={"summary": None}), ["/amendments/summary"]),
        (decision("amend", amendments={"summary": " "}), ["/amendments/summary"]),
        (decision("amend", amendments={"phone": PHONE}), ["/amendments/phone"]),
        (decision("postpone"), ["/decision"]),
        (decision(analyst_id="DA 3"), ["/analyst_id"]),
        ({"decision": "approve"}, ["/analyst_id"]),
    ],
)
@pytest.mark.usefixtures("other")
def test_a_decision_that_does_not_hold_together_is_refused(
    outside: FakePorts, body: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        decided(outside, body)
    assert [fault.pointer for fault in refused.value.faults] == pointers
    assert outside.records.writes == 0


def test_what_waits_is_listed_with_what_an_analyst_needs(outside: FakePorts) -> None:
    finding = Finding(code="thin-text", severity="warning", text="It is thin.")
    outside.records.put(under_review(findings=(finding,)))
    page = list_waiting(outside, request(b"", method="GET"))
    assert page["next"] is None
    (item,) = page["items"]
    assert item["reference"] == REFERENCE
    assert item["registered_at"] == "2026-11-24T10:15:00+05:30"
    assert (item["caller"]["phone"], item["caller"]["name"]) == (PHONE, NAME)
    assert item["subject"]["summary"] == SUMMARY
    assert item["findings"] == [finding.model_dump()]
    assert (item["emergency"], item["likely_duplicates"]) == (False, [])


def test_an_analyst_sees_what_the_caller_said_unmasked(outside: FakePorts) -> None:
    outside.records.put(telling_identifiers(under_review()))
    (item,) = list_waiting(outside, request(b"", method="GET"))["items"]
    assert item["subject"]["summary"] == item["subject"]["details"] == IDENTIFIERS
    assert item["caller"]["name"] == item["caller"]["address"] == IDENTIFIERS


def test_emergencies_come_first_then_the_oldest_page_by_page(outside: FakePorts) -> None:
    young = registered(emergency=True, at=NOW + timedelta(hours=2))
    outside.records.put(
        numbered(under_review(registered(at=NOW + timedelta(hours=1))), 1),
        numbered(under_review(registered(at=NOW)), 2),
        numbered(under_review(young), 3),
        numbered(registered(), 4),
        numbered(in_status(Status.ACCEPTED), 5),
    )
    listed: list[str] = []
    query: dict[str, str] = {"limit": "1"}
    while True:
        page = list_waiting(outside, request(b"", method="GET", query=query))
        listed += [item["reference"] for item in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert listed == [reference_of(f"CC-20261124-{number:06d}") for number in (3, 2, 1)]


def test_a_cursor_that_is_none_is_refused(outside: FakePorts) -> None:
    with pytest.raises(Refused, match="cursor"):
        list_waiting(outside, request(b"", method="GET", query={"cursor": "bm9uZQ"}))


# Claims


def claims(outside: FakePorts, analyst_id: str, webhook_id: str = "msg_claim") -> dict[str, Any]:
    body = request({"analyst_id": analyst_id}, webhook_id=webhook_id, path=f"{PATH}/claim")
    answer: dict[str, Any] = json.loads(claim(outside, body, REFERENCE))
    return answer


def test_a_claim_keeps_other_analysts_away_for_a_while(outside: FakePorts) -> None:
    outside.records.put(under_review())
    events = outside.records.load(REFERENCE).events
    assert claims(outside, ANALYST) == {"until": "2026-11-24T10:25:00+05:30"}
    with pytest.raises(Conflict, match="under_review"):
        claims(outside, "DA-99", "msg_other")
    with pytest.raises(Conflict, match="under_review"):
        decided(outside, decision(analyst_id="DA-99"), "msg_decide")
    # AND it is no event
    assert outside.records.load(REFERENCE).events == events
    # BUT the holder may go on, and so may anybody when it has run out
    outside.clock.advance(minutes=5)
    assert claims(outside, ANALYST, "msg_longer") == {"until": "2026-11-24T10:30:00+05:30"}
    outside.clock.advance(minutes=10)
    assert claims(outside, "DA-99", "msg_other_again")["until"] == "2026-11-24T10:40:00+05:30"


def test_the_holder_decides_and_the_claim_is_gone(outside: FakePorts) -> None:
    outside.records.put(under_review())
    first = claims(outside, ANALYST)
    assert claims(outside, ANALYST) == first
    assert decided(outside, decision())["status"] == "accepted"
    kept = outside.records.load(REFERENCE).review
    assert kept is not None
    assert kept.claim is None
    with pytest.raises(WrongState, match="accepted"):
        claims(outside, ANALYST, "msg_late")


def test_nobody_holds_an_emergency_beyond_its_fifteen_minutes(outside: FakePorts) -> None:
    outside.records.put(under_review(registered(emergency=True)))
    outside.clock.advance(minutes=10)
    assert claims(outside, ANALYST) == {"until": "2026-11-24T10:30:00+05:30"}
