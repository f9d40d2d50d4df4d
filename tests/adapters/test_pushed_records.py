"""What the portal holds, by the day of registration: DynamoDB and the fake alike, and no scan."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.adapters.records import DynamoRecords
from functions.adapters.table import Table, to_item
from functions.domain import forwarding
from functions.domain.calendar import IST
from functions.domain.errors import Outrun
from functions.domain.ports import Records
from functions.domain.reconciliation import Late
from functions.domain.record import Recall, Record
from tests.adapters.conftest import Wire
from tests.builders import NOW, accepted, numbered, receipt, under_review
from tests.builders import registered as registered_at
from tests.fakes import FakeClock, FakeIdentifiers, FakeRecords

DAY = date(2026, 11, 24)


@pytest.fixture(params=["DynamoDB", "memory"])
def records(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> Records:
    if request.param == "memory":
        return FakeRecords(clock, identifiers)
    return DynamoRecords(request.getfixturevalue("table"), clock, identifiers)


def on_its_way(records: Records, number: int, at: datetime = NOW) -> Record:
    """An accepted record in the table, not in the portal yet."""
    record = numbered(accepted(under_review(registered_at(at=at))), number)
    born = record.model_copy(update={"version": 1})
    assert records.register(born, receipt(f"msg_{number}"), lambda _: "")
    return records.load(born.reference)


def pushed(records: Records, number: int, at: datetime = NOW) -> Record:
    """A record that the portal holds."""
    before = on_its_way(records, number, at)
    after = forwarding.pushed(before, portal_id=f"CMO/2026/{number}", at=at)
    return records.save(before, after)


def test_a_day_holds_what_was_registered_in_it_in_india_oldest_first(records: Records) -> None:
    midnight = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    times = {1: NOW, 2: midnight, 3: midnight - timedelta(seconds=1), 4: midnight + timedelta(days=1)}
    references = {number: pushed(records, number, at).reference for number, at in times.items()}
    assert records.pushed_on(DAY) == [references[2], references[1]]
    assert records.pushed_on(DAY - timedelta(days=1)) == [references[3]]
    assert records.pushed_on(DAY + timedelta(days=1)) == [references[4]]
    assert records.pushed_on(DAY + timedelta(days=2)) == []


def test_what_is_on_its_way_is_not_among_it(records: Records) -> None:
    on_its_way(records, 1)
    assert records.pushed_on(DAY) == []


def test_another_id_leads_to_the_record_as_the_first_one_still_does(records: Records) -> None:
    before = pushed(records, 1)
    after = forwarding.entered_again(before, portal_id="CMO/2026/new", recalls_pushed=0, at=NOW)
    records.save(before, after)
    assert records.load(before.reference).portal_id == "CMO/2026/new"
    assert records.by_portal_id("CMO/2026/new") == before.reference
    assert records.by_portal_id("CMO/2026/1") == before.reference
    assert records.pushed_on(DAY) == [before.reference]


def test_another_id_is_kept_by_one_of_two_who_were_told_it(records: Records) -> None:
    before = pushed(records, 1)
    after = forwarding.entered_again(before, portal_id="CMO/2026/new", recalls_pushed=0, at=NOW)
    records.save(before, after)
    with pytest.raises(Outrun):
        records.save(before, after)


def test_another_id_that_is_another_records_is_refused(records: Records) -> None:
    before = pushed(records, 1)
    pushed(records, 2)
    after = forwarding.entered_again(before, portal_id="CMO/2026/2", recalls_pushed=0, at=NOW)
    with pytest.raises(ValueError, match="one id to two records"):
        records.save(before, after)
    assert records.load(before.reference) == before


def recalled(records: Records, before: Record) -> Record:
    """A record with a recall that the portal was told of just now."""
    recall = Recall(number=1, at=NOW, due_at=NOW, failed=())
    with_recall = records.save(before, before.model_copy(update={"recalled": (recall,)}))
    told = with_recall.model_copy(update={"recalls_pushed": 1})
    return records.save(with_recall, told)


def test_what_goes_in_on_a_later_day_is_noted_with_its_day_of_registration(
    records: Records, clock: FakeClock
) -> None:
    early, today = pushed(records, 1), NOW.astimezone(IST).date()
    clock.advance(days=2)
    pushed(records, 2)
    pushed(records, 3)
    clock.advance(days=1)
    recalled(records, early)
    pushed(records, 4, clock.now())
    noted = [Late(today + timedelta(days=days), today) for days in (2, 3)]
    assert records.late_pushes(today + timedelta(days=4)) == noted
    # AND what was noted today is left for tomorrow
    assert records.late_pushes(today + timedelta(days=3)) == noted[:1]
    # WHEN a day was gone through THEN it is noted no more
    records.drop_late(noted[:1])
    records.drop_late(noted[:1])
    assert records.late_pushes(today + timedelta(days=4)) == noted[1:]


def test_a_change_of_which_the_portal_hears_nothing_is_not_noted(records: Records, clock: FakeClock) -> None:
    before = pushed(records, 1)
    clock.advance(days=2)
    records.save(before, before)
    assert records.late_pushes(date.max) == []


def test_many_are_loaded_in_the_order_in_which_they_were_asked_for(records: Records) -> None:
    first, second = on_its_way(records, 1), pushed(records, 2)
    asked = [second.reference, "SSM-0000-000-0000", first.reference]
    assert records.load_many(asked) == [second, first]
    assert records.load_many([]) == []


def test_a_day_is_one_query_of_the_queues(
    table: Table, wire: Wire, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    records = DynamoRecords(table, clock, identifiers)
    pushed(records, 1)
    wire.sent.clear()
    records.pushed_on(DAY)
    assert wire.sent == ["Query"]
    assert wire.parameters[-1]["IndexName"] == "queues"


def test_the_id_stands_under_its_day_beside_nothing_of_the_citizen(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    record = pushed(DynamoRecords(table, clock, identifiers), 1)
    item = table.client.get_item(
        TableName=table.name, Key=to_item({"pk": "PORTAL#CMO/2026/1", "sk": "PORTAL"})
    )["Item"]
    assert item == to_item(
        {
            "pk": "PORTAL#CMO/2026/1",
            "sk": "PORTAL",
            "reference": record.reference,
            "owner": record.owner,
            "queue": "pushed#2026-11-24",
            "queue_position": f"2026-11-24T04:45:00.000000Z#{record.reference}",
        }
    )


def test_what_was_pushed_waits_for_nobody_by_it(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    records = DynamoRecords(table, clock, identifiers)
    pushed(records, 1)
    assert records.waiting_for_review(10, None).records == []
    assert records.waiting_for_field_check(["320", ""], 10, None).records == []


def test_a_push_of_today_costs_no_write_more(
    table: Table, wire: Wire, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    records = DynamoRecords(table, clock, identifiers)
    before = on_its_way(records, 1)
    after = forwarding.pushed(before, portal_id="CMO/2026/1", at=NOW)
    wire.sent.clear()
    kept = records.save(before, after)
    assert wire.sent == ["TransactWriteItems"]
    # WHEN it is a later day THEN the day is noted first: a worker that dies after it has looked for nothing
    clock.advance(days=1)
    wire.sent.clear()
    records.save(kept, forwarding.entered_again(kept, portal_id="CMO/2026/9", recalls_pushed=0, at=NOW))
    assert wire.sent == ["PutItem", "TransactWriteItems"]
