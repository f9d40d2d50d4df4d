"""The records that were registered last: DynamoDB and the fake alike, and no scan."""

from datetime import datetime, timedelta

import pytest

from functions.adapters.record_indexes import NEWEST_LOOKED_FOR
from functions.adapters.records import DynamoRecords
from functions.adapters.table import Table
from functions.domain import forwarding
from functions.domain.ports import Records
from functions.domain.record import Record
from tests.adapters.conftest import Wire
from tests.builders import NOW, TASK_TOKEN, accepted, numbered, receipt, registered, under_review
from tests.fakes import FakeClock, FakeIdentifiers, FakeRecords


@pytest.fixture(params=["DynamoDB", "memory"])
def records(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> Records:
    clock.advance(hours=1)
    if request.param == "memory":
        return FakeRecords(clock, identifiers)
    return DynamoRecords(request.getfixturevalue("table"), clock, identifiers)


def keep(records: Records, record: Record, number: int) -> Record:
    born = numbered(record, number).model_copy(update={"version": 1})
    assert records.register(born, receipt(f"msg_{number}"), lambda _: "")
    return records.load(born.reference)


def waiting(records: Records, number: int, at: datetime) -> str:
    """A record before the analysts."""
    return keep(records, under_review(registered(at=at, emergency=number % 2 == 0)), number).reference


def held(records: Records, number: int, at: datetime) -> str:
    """A record that the portal holds."""
    before = keep(records, accepted(under_review(registered(at=at))), number)
    return records.save(before, forwarding.pushed(before, portal_id=f"CMO/2026/{number}", at=at)).reference


def parked(records: Records, number: int, at: datetime) -> str:
    """A record that waits for a portal that is out."""
    before = keep(records, accepted(under_review(registered(at=at, emergency=number % 2 == 0))), number)
    return records.save(before, forwarding.parked(before, task_token=TASK_TOKEN, at=at)).reference


def found(records: Records, limit: int) -> list[str]:
    return [record.reference for record in records.newest(limit)]


def test_the_newest_come_first_wherever_they_stand(records: Records) -> None:
    made = [
        keeper(records, number, NOW - timedelta(hours=number))
        for number, keeper in enumerate((held, waiting, parked, held, parked, waiting, held))
    ]
    assert found(records, 100) == made
    assert found(records, 4) == made[:4]
    assert found(records, 1) == made[:1]


def test_days_are_gone_back_one_by_one_also_over_empty_ones(records: Records) -> None:
    days = (0, 1, 4, 30)
    made = [held(records, number, NOW - timedelta(days=day)) for number, day in enumerate(days)]
    assert found(records, 100) == made
    assert found(records, 3) == made[:3]


def test_what_goes_to_nobody_is_not_among_them(records: Records) -> None:
    keep(records, registered(), 1)
    keep(records, accepted(), 2)
    assert found(records, 100) == []


def test_what_the_portal_holds_under_two_ids_is_found_once(records: Records) -> None:
    reference = held(records, 1, NOW)
    before = records.load(reference)
    records.save(before, forwarding.entered_again(before, portal_id="CMO/new", recalls_pushed=0, at=NOW))
    assert found(records, 100) == [reference]


def test_it_is_looked_for_no_further_than_was_asked(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers, wire: Wire
) -> None:
    records = DynamoRecords(table, clock, identifiers)
    for number in range(3):
        held(records, number, NOW)
    wire.sent.clear()
    assert len(records.newest(2)) == 2
    # Two queues of the analysts, two of the portal, one day, and the records.
    assert wire.sent == ["Query"] * 5 + ["BatchGetItem"]


def test_an_empty_table_is_searched_within_bounds(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers, wire: Wire
) -> None:
    assert DynamoRecords(table, clock, identifiers).newest(500) == []
    assert wire.sent == ["Query"] * (4 + NEWEST_LOOKED_FOR.days)
