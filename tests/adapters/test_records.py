"""Records in DynamoDB: one request per change, lost answers recognised, faults told for what they are."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.cursor import read_cursor
from functions.adapters.record_indexes import _REVIEWS
from functions.adapters.record_items import TIMER_SHARDS, record_to_item
from functions.adapters.records import DynamoRecords
from functions.adapters.table import Table, from_item
from functions.domain.errors import Outrun, Refused, Unavailable
from functions.domain.ports import Registered, WaitsAlready
from functions.domain.record import Record, Status
from tests.adapters.conftest import TABLE, Repeating, Wire
from tests.builders import (
    NOW,
    PRIVATE,
    REACHED,
    SENDER,
    accepted,
    in_status,
    numbered,
    receipt,
    reference_of,
    registered,
    under_review,
)
from tests.fakes import FakeClock, FakeIdentifiers

REFERENCE = reference_of()
OUT = ConnectTimeoutError(endpoint_url="https://dynamodb.example")


def answer(record: Record) -> str:
    return f"the answer to {record.record_id}"


@pytest.fixture
def records(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRecords:
    return DynamoRecords(table, clock, identifiers)


def register(
    records: DynamoRecords, record: Record | None = None, webhook_id: str = "msg_1"
) -> Registered | WaitsAlready | None:
    return records.register(record or registered(), receipt(webhook_id, owner=f"owner {webhook_id}"), answer)


def test_a_registration_is_one_request_and_reads_nothing(records: DynamoRecords, wire: Wire) -> None:
    register(records)
    assert wire.sent == ["TransactWriteItems"]


def test_a_repeat_is_one_request_as_well(records: DynamoRecords, wire: Wire) -> None:
    register(records)
    wire.sent.clear()
    register(records)
    assert wire.sent == ["TransactWriteItems"]


def test_a_repeat_under_another_webhook_id_also_takes_that_id(records: DynamoRecords, wire: Wire) -> None:
    register(records)
    wire.sent.clear()
    register(records, webhook_id="msg_2")
    assert wire.sent == ["TransactWriteItems", "PutItem"]


def test_a_change_is_one_request_with_or_without_a_receipt(records: DynamoRecords, wire: Wire) -> None:
    register(records, under_review())
    wire.sent.clear()
    after = records.save(under_review(), accepted())
    assert wire.sent == ["PutItem"]
    records.save(after, after, receipt("msg_2"))
    assert wire.sent == ["PutItem", "TransactWriteItems"]


def test_a_record_is_read_as_it_stands_now(records: DynamoRecords, wire: Wire) -> None:
    register(records)
    wire.parameters.clear()
    records.load(REFERENCE)
    records.receipt(SENDER, "msg_1")
    assert [parameters["ConsistentRead"] for parameters in wire.parameters] == [True, True]


@pytest.fixture
def repeating(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRecords:
    """Records whose every write is sent twice, as when the first answer was lost."""
    client: Any = Repeating(table.client, "put_item", "transact_write_items")
    return DynamoRecords(Table(client, TABLE), clock, identifiers)


def test_a_registration_whose_answer_was_lost_is_known_by_its_owner(repeating: DynamoRecords) -> None:
    result = register(repeating)
    assert isinstance(result, Registered)
    assert result.created
    assert repeating.load(REFERENCE) == registered()


def test_a_change_whose_answer_was_lost_is_known_by_its_owner(
    records: DynamoRecords, repeating: DynamoRecords
) -> None:
    register(records, under_review())
    after = repeating.save(under_review(), accepted())
    assert records.load(REFERENCE) == after
    assert after.version == 2
    again = repeating.save(after, after, receipt("msg_2"))
    assert records.load(REFERENCE) == again
    assert again.version == 3


def test_somebody_elses_change_is_not_taken_for_ones_own(
    records: DynamoRecords, repeating: DynamoRecords
) -> None:
    register(records, under_review())
    records.save(under_review(), accepted())
    with pytest.raises(Outrun):
        repeating.save(under_review(), accepted())


def test_a_second_receipt_whose_answer_was_lost_is_known(
    records: DynamoRecords, repeating: DynamoRecords
) -> None:
    register(records)
    assert register(repeating, webhook_id="msg_2") == Registered(answer=answer(registered()), created=False)


WRITES: list[tuple[str, Callable[[DynamoRecords], object]]] = [
    ("TransactWriteItems", register),
    ("PutItem", lambda records: records.save(under_review(), accepted())),
    ("TransactWriteItems", lambda records: records.save(under_review(), accepted(), receipt("msg_2"))),
]
READS: list[tuple[str, Callable[[DynamoRecords], object]]] = [
    ("GetItem", lambda records: records.load(REFERENCE)),
    ("GetItem", lambda records: records.receipt(SENDER, "msg_1")),
    ("Query", lambda records: records.waiting_for_review(10, None)),
    ("GetItem", lambda records: records.with_timer_due(NOW)),
    ("Query", lambda records: records.with_timer_due(NOW)),
]


@pytest.mark.parametrize(("operation", "act"), WRITES + READS)
@pytest.mark.parametrize(
    "fault",
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "InternalServerError",
        OUT,
        ReadTimeoutError(endpoint_url="https://dynamodb.example"),
    ],
    ids=str,
)
def test_a_table_that_throttles_or_is_silent_is_unavailable(
    records: DynamoRecords,
    wire: Wire,
    operation: str,
    act: Callable[[DynamoRecords], object],
    fault: str | Exception,
) -> None:
    wire.fail(operation, fault)
    with pytest.raises(Unavailable) as out:
        act(records)
    assert out.value.dependency == "table"


@pytest.mark.parametrize(("operation", "act"), WRITES + READS)
def test_a_fault_of_ours_is_not_dressed_up_as_an_outage(
    records: DynamoRecords, wire: Wire, operation: str, act: Callable[[DynamoRecords], object]
) -> None:
    wire.fail(operation, "AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        act(records)


CONFLICT = [{"Code": "TransactionConflict"}, {"Code": "None"}]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_conflict_of_transactions_is_tried_again(
    records: DynamoRecords, wire: Wire, clock: FakeClock, times: int
) -> None:
    wire.reasons = CONFLICT
    wire.fail("TransactWriteItems", *["TransactionCanceledException"] * times)
    result = register(records)
    assert isinstance(result, Registered)
    assert result.created
    assert len(clock.slept) == times


def test_conflicts_without_end_are_an_outage(records: DynamoRecords, wire: Wire) -> None:
    wire.reasons = CONFLICT
    wire.fail("TransactWriteItems", *["TransactionCanceledException"] * 4)
    with pytest.raises(Unavailable):
        register(records)
    assert wire.sent == ["TransactWriteItems"] * 4


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_was_throttled_is_an_outage(records: DynamoRecords, wire: Wire, code: str) -> None:
    wire.reasons = [{"Code": code}, {"Code": "None"}]
    wire.fail("TransactWriteItems", "TransactionCanceledException")
    with pytest.raises(Unavailable):
        register(records)


def test_a_change_that_meets_a_transaction_is_outrun(records: DynamoRecords, wire: Wire) -> None:
    # GIVEN somebody's transaction on the same record, which makes a plain write fail
    register(records, under_review())
    wire.fail("PutItem", "TransactionConflictException")
    # THEN it is decided anew, as when the other was just quicker
    with pytest.raises(Outrun):
        records.save(under_review(), accepted())


def test_a_receipt_that_meets_a_transaction_comes_again(records: DynamoRecords, wire: Wire) -> None:
    register(records)
    wire.fail("PutItem", "TransactionConflictException")
    with pytest.raises(Unavailable):
        register(records, webhook_id="msg_2")


def test_a_receipt_is_kept_by_a_digest_of_its_id_until_it_expires(
    records: DynamoRecords, table: Table
) -> None:
    webhook_id = "a caller's number? +919830012345 " * 7
    records.register(registered(), receipt(webhook_id), answer)
    items = [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]
    (kept,) = [item for item in items if item["sk"] == "RECEIPT"]
    assert kept["pk"] == f"RECEIPT#{SENDER}#{hashlib.sha256(webhook_id.encode()).hexdigest()}"
    assert kept["expires_at"] == int((NOW + timedelta(days=8)).timestamp())


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_nothing_personal_stands_in_keys_and_indexes(status: Status, *, emergency: bool) -> None:
    item = from_item(record_to_item(in_status(status, emergency=emergency), NOW))
    beside = {name: value for name, value in item.items() if name != "record"}
    assert not [said for said in PRIVATE if said in str(beside)]


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_only_what_waits_stands_in_an_index(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    item = record_to_item(record, NOW)
    people_wait_for = {Status.UNDER_REVIEW, Status.ACTION_TAKEN}
    assert ("to_ask" in item) == ("to_ask_since" in item) == (status in {Status.ACTION_TAKEN, Status.CLOSED})
    assert (
        ("queue" in item)
        == ("queue_position" in item)
        == (status in {*people_wait_for, Status.AWAITING_CALLBACK, Status.UNREACHABLE})
    )
    assert ("timer_bucket" in item) == ("timer_at" in item) == bool(record.timers)


def test_an_index_is_read_to_its_end_however_small_its_pages(records: DynamoRecords, wire: Wire) -> None:
    for number in range(7):
        register(records, numbered(under_review(registered(emergency=True)), number), f"msg_{number}")

    def small(params: dict[str, Any], **_: object) -> None:
        params["Limit"] = 2

    wire.hook("provide-client-params.dynamodb.Query", small)
    assert len(records.with_timer_due(NOW + timedelta(minutes=15))) == 7
    assert len(records.waiting_for_review(100, None).records) == 7


def test_what_a_batch_left_unread_is_read_again(records: DynamoRecords, wire: Wire) -> None:
    for number in range(3):
        register(records, numbered(under_review(), number), f"msg_{number}")
    left: list[object] = []

    def leave_one(parsed: dict[str, Any], **_: object) -> None:
        if not left:
            item = parsed["Responses"][TABLE].pop()
            left.append(item)
            keys = {name: item[name] for name in ("pk", "sk")}
            parsed["UnprocessedKeys"] = {TABLE: {"Keys": [keys], "ConsistentRead": True}}

    wire.hook("after-call.dynamodb.BatchGetItem", leave_one)
    assert len(records.waiting_for_review(10, None).records) == 3
    assert left


def test_what_the_index_still_shows_but_was_decided_is_not_listed(
    records: DynamoRecords, table: Table
) -> None:
    # GIVEN the index trails behind the table
    register(records, under_review())
    item = record_to_item(accepted(), NOW)
    trailing = {name: record_to_item(under_review(), NOW)[name] for name in ("queue", "queue_position")}
    table.client.put_item(TableName=TABLE, Item={**item, **trailing})
    assert records.waiting_for_review(10, None).records == []


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_cursor_whatever_makes_anything_but_a_refusal(cursor: str) -> None:
    try:
        queue, position = read_cursor(cursor, _REVIEWS)
    except Refused:
        return
    assert queue.startswith("review#")
    assert position


def test_sweeps_do_not_grow_dearer_with_the_years(
    records: DynamoRecords, wire: Wire, clock: FakeClock
) -> None:
    for _ in range(60):
        records.with_timer_due(clock.now())
        clock.advance(days=1)
    wire.sent.clear()
    records.with_timer_due(clock.now())
    assert wire.sent.count("Query") <= 5 * TIMER_SHARDS


def test_clocks_of_one_day_are_spread(records: DynamoRecords) -> None:
    buckets = {
        record_to_item(numbered(under_review(registered(emergency=True)), number), NOW)["timer_bucket"]["S"]
        for number in range(60)
    }
    assert buckets == {f"2026-11-24#{shard}" for shard in range(TIMER_SHARDS)}
    assert records.with_timer_due(NOW) == []
