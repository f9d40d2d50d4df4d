"""Clues as they stand in the table: what is written, what is read, and what if the table throttles."""

from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.bundled import registers
from functions.adapters.clue_items import ClueItems
from functions.adapters.table import Table, from_item
from functions.domain import duplicates, matter
from functions.domain.errors import Unavailable
from functions.domain.matter import Clues
from functions.domain.record import Record
from tests.adapters.conftest import TABLE, Wire
from tests.builders import NOW, PRIVATE, SUBJECT, numbered, registered
from tests.fakes import FakeClock, FakeIdentifiers

SHARED = Clues(("one key", "another"), b"\x01\x02")


@pytest.fixture
def items(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> ClueItems:
    return ClueItems(table, clock, identifiers)


def record(number: int, minutes: float = 0) -> Record:
    return numbered(registered(at=NOW + timedelta(minutes=minutes)), number)


def stored(table: Table) -> list[dict[str, Any]]:
    return [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]


def test_a_clue_is_a_small_item_that_goes_when_nobody_looks_for_it_any_more(
    items: ClueItems, table: Table
) -> None:
    mine = record(1)
    items.leave(mine, SHARED)
    for item in stored(table):
        assert item["expires_at"] == int((NOW + timedelta(weeks=4)).timestamp())
        assert set(item) == {"pk", "sk", "fingerprint", "expires_at"}
        assert item["sk"].endswith(f"#{mine.reference}")
    assert len(stored(table)) == 2


def test_no_clue_tells_what_a_citizen_said_or_who_he_is(items: ClueItems, table: Table) -> None:
    subject = SUBJECT.model_copy(update={"summary": "রসুলপুরে রহিমা বিবির কার্ড নেয়নি", "block": "Gosaba"})
    mine = registered(subject=subject)
    clues = duplicates.clues(mine, registers().police_districts)
    assert "320|name|rslp" in clues.keys
    items.leave(mine, clues)
    told = str(stored(table))
    assert len(stored(table)) == len(clues.keys)
    for private in (*PRIVATE, *clues.keys, "rslp", "Gosaba", str(subject.category)):
        assert private not in told
    # A write of up to 1,024 bytes is one unit.
    assert all(len(str(item)) < 600 for item in stored(table))


def test_clues_are_written_in_one_request_and_to_write_them_again_makes_no_more(
    items: ClueItems, table: Table, wire: Wire
) -> None:
    many = Clues(tuple(f"key {number}" for number in range(12)), b"")
    for _ in range(2):
        items.leave(record(1), many)
    assert wire.sent == ["BatchWriteItem"] * 2
    assert len(stored(table)) == 12


def test_a_key_is_asked_for_each_period_once_and_what_stands_there_read_consistently(
    items: ClueItems, wire: Wire
) -> None:
    items.leave(record(1, -5), SHARED)
    del wire.sent[:], wire.parameters[:]
    assert list(items.likeliest(record(2), SHARED)) == [record(1).reference]
    assert wire.sent == ["Query"] * 4
    assert all(asked["ConsistentRead"] and asked["Limit"] <= matter.PER_KEY for asked in wire.parameters)


def test_however_many_stand_under_a_key_no_more_are_read(items: ClueItems, wire: Wire) -> None:
    for number in range(2 * matter.PER_KEY):
        items.leave(record(number, -number), Clues(("one key",), b""))
    del wire.sent[:]
    counted: list[int] = []
    wire.hook("after-call.dynamodb.Query", lambda parsed, **_: counted.append(len(parsed["Items"])))
    found = items.likeliest(record(1000, 1), Clues(("one key",), b""))
    assert sum(counted) == matter.PER_KEY
    assert len(wire.sent) == 1
    assert list(found) == [record(number).reference for number in range(matter.COMPARED)]


def test_what_comes_in_pages_is_read_on(items: ClueItems, wire: Wire) -> None:
    key = Clues(("one key",), b"")
    for number in range(5):
        items.leave(record(number, -number), key)

    def two_at_a_time(params: dict[str, Any], **_: object) -> None:
        params["Limit"] = min(params["Limit"], 2)

    wire.hook("provide-client-params.dynamodb.Query", two_at_a_time)
    found = items.likeliest(record(1000, 1), key)
    assert list(found) == [record(number).reference for number in range(5)]


def test_clues_that_were_left_over_are_written_after_all(items: ClueItems, table: Table, wire: Wire) -> None:
    left: list[Any] = []

    def leave_one(parsed: dict[str, Any], **_: object) -> None:
        if not left:
            left.extend(wire.parameters[-1]["RequestItems"][TABLE][:1])
            parsed["UnprocessedItems"] = {TABLE: left}

    wire.hook("after-call.dynamodb.BatchWriteItem", leave_one)
    items.leave(record(1), SHARED)
    assert wire.sent == ["BatchWriteItem"] * 2
    assert len(stored(table)) == 2


def test_a_table_that_takes_none_is_said_to_be_out(items: ClueItems, wire: Wire, clock: FakeClock) -> None:
    def leave_all(parsed: dict[str, Any], **_: object) -> None:
        parsed["UnprocessedItems"] = wire.parameters[-1]["RequestItems"]

    wire.hook("after-call.dynamodb.BatchWriteItem", leave_all)
    with pytest.raises(Unavailable):
        items.leave(record(1), SHARED)
    assert len(clock.slept) == 6


def test_a_table_that_throttles_is_said_to_be_out(items: ClueItems, wire: Wire) -> None:
    wire.fail("BatchWriteItem", *["ThrottlingException"] * 10)
    wire.fail("Query", *["ThrottlingException"] * 10)
    with pytest.raises(Unavailable):
        items.leave(record(1), SHARED)
    with pytest.raises(Unavailable):
        items.likeliest(record(2), SHARED)
