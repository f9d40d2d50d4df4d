"""Links from a lead to the records that it goes on for: kept with the decision or not at all, and listed."""

import pytest

from functions.adapters.records import DynamoRecords
from functions.adapters.table import Table, from_item
from functions.domain import review
from functions.domain.errors import Outrun
from functions.domain.ports import Records
from functions.domain.record import Record, Status
from tests.adapters.conftest import TABLE, Repeating, Wire
from tests.builders import ANALYST, ANALYST_REASON, NOW, PRIVATE, numbered, receipt, under_review
from tests.fakes import FakeClock, FakeIdentifiers, FakeRecords

LEAD, ONE, OTHER = (numbered(under_review(), number).model_copy(update={"version": 1}) for number in range(3))


def linked(record: Record, lead: Record = LEAD) -> Record:
    return review.mark_duplicate(
        record, analyst_id=ANALYST, reason=ANALYST_REASON, duplicate_of=lead.reference, at=NOW
    )


@pytest.fixture
def dynamo(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRecords:
    records = DynamoRecords(table, clock, identifiers)
    register(records)
    return records


@pytest.fixture(params=["DynamoDB", "memory"])
def records(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> Records:
    if request.param == "DynamoDB":
        made: DynamoRecords = request.getfixturevalue("dynamo")
        return made
    memory = FakeRecords(clock, identifiers)
    register(memory)
    return memory


def register(records: Records) -> None:
    for record in (LEAD, ONE, OTHER):
        records.register(record, receipt(f"msg of {record.reference}"), lambda _: "{}")


def links_in(table: Table) -> list[dict[str, object]]:
    items = [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]
    return [item for item in items if item["pk"].startswith("LINKED#")]


def test_nobody_is_linked_before_a_decision(records: Records) -> None:
    assert records.linked_to(LEAD.reference) == []


def test_a_link_is_there_as_soon_as_its_decision_is(records: Records) -> None:
    records.save(ONE, linked(ONE), receipt("decision 1"))
    assert records.linked_to(LEAD.reference) == [ONE.reference]
    records.save(OTHER, linked(OTHER), receipt("decision 2"))
    assert records.linked_to(LEAD.reference) == sorted([ONE.reference, OTHER.reference])
    assert records.linked_to(ONE.reference) == []


def test_a_decision_that_is_outrun_leaves_no_link(records: Records) -> None:
    records.save(ONE, review.reject(ONE, analyst_id=ANALYST, reason="A reason", at=NOW), receipt("first"))
    with pytest.raises(Outrun):
        records.save(ONE, linked(ONE), receipt("second"))
    assert records.linked_to(LEAD.reference) == []


def test_of_two_records_that_are_linked_to_each_other_at_once_one_stays(records: Records) -> None:
    records.save(LEAD, linked(LEAD, ONE), receipt("first"))
    with pytest.raises(Outrun):
        records.save(ONE, linked(ONE), receipt("second"))
    assert records.load(ONE.reference).status is Status.UNDER_REVIEW
    assert records.linked_to(LEAD.reference) == []
    assert records.linked_to(ONE.reference) == [LEAD.reference]


def test_of_three_records_that_are_linked_in_a_circle_at_once_one_stays(records: Records) -> None:
    # Each was decided while all three still waited.
    circle = [(ONE, linked(ONE, OTHER)), (OTHER, linked(OTHER, LEAD)), (LEAD, linked(LEAD, ONE))]
    for number, (before, after) in enumerate(circle[:2]):
        records.save(before, after, receipt(f"decision {number}"))
    with pytest.raises(Outrun):
        records.save(*circle[2], receipt("the last"))
    assert records.load(LEAD.reference).status is Status.UNDER_REVIEW
    assert records.linked_to(ONE.reference) == []


def test_what_was_turned_down_just_now_leads_nobody(records: Records) -> None:
    turned_down = review.reject(LEAD, analyst_id=ANALYST, reason="A reason", at=NOW)
    records.save(LEAD, turned_down, receipt("first"))
    with pytest.raises(Outrun):
        records.save(ONE, linked(ONE), receipt("second"))
    assert records.linked_to(LEAD.reference) == []


def test_what_does_not_exist_leads_nobody(records: Records) -> None:
    with pytest.raises(Outrun):
        records.save(ONE, linked(ONE, numbered(LEAD, 99)), receipt("decision"))


def test_a_lead_that_went_on_just_now_leads_all_the_same(records: Records) -> None:
    approved = review.approve(LEAD, analyst_id=ANALYST, reason=None, at=NOW)
    records.save(LEAD, approved, receipt("first"))
    records.save(ONE, linked(ONE), receipt("second"))
    assert records.linked_to(LEAD.reference) == [ONE.reference]


def test_record_receipt_and_link_are_one_request(dynamo: DynamoRecords, table: Table, wire: Wire) -> None:
    before = len(wire.sent)
    dynamo.save(ONE, linked(ONE), receipt("decision"))
    assert wire.sent[before:] == ["TransactWriteItems"]
    assert links_in(table) == [{"pk": f"LINKED#{LEAD.reference}", "sk": ONE.reference}]


def test_a_link_tells_nothing_personal(dynamo: DynamoRecords, table: Table) -> None:
    dynamo.save(ONE, linked(ONE), receipt("decision"))
    assert not [said for said in PRIVATE if said in str(links_in(table))]


def test_a_later_change_of_a_linked_record_writes_no_link_again(
    dynamo: DynamoRecords, table: Table, wire: Wire
) -> None:
    kept = dynamo.save(ONE, linked(ONE), receipt("decision"))
    before = len(wire.sent)
    dynamo.save(kept, kept.model_copy(update={"task_token": None}))
    assert wire.sent[before:] == ["PutItem"]
    assert len(links_in(table)) == 1


def test_a_duplicate_without_a_request_is_a_fault_of_ours(dynamo: DynamoRecords, table: Table) -> None:
    with pytest.raises(ValueError, match="receipt"):
        dynamo.save(ONE, linked(ONE))
    assert links_in(table) == []


def test_a_decision_whose_answer_was_lost_is_known_as_ones_own(
    table: Table, dynamo: DynamoRecords, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    repeating = DynamoRecords(
        Table(Repeating(table.client, "transact_write_items"), TABLE),  # type: ignore[arg-type]  # a stand-in for a client
        clock,
        identifiers,
    )
    assert repeating.save(ONE, linked(ONE), receipt("decision")).status is Status.DUPLICATE
    assert dynamo.linked_to(LEAD.reference) == [ONE.reference]


def test_links_are_read_as_they_stand_and_to_the_end_however_small_the_pages(
    dynamo: DynamoRecords, table: Table, wire: Wire
) -> None:
    references = [numbered(ONE, number).reference for number in range(10, 17)]
    for reference in references:
        item = {"pk": {"S": f"LINKED#{LEAD.reference}"}, "sk": {"S": reference}}
        table.client.put_item(TableName=TABLE, Item=item)

    def in_small_pages(params: dict[str, object], **_: object) -> None:
        params["Limit"] = 2

    wire.hook("provide-client-params.dynamodb.Query", in_small_pages)
    before = len(wire.sent)
    assert dynamo.linked_to(LEAD.reference) == sorted(references)
    assert wire.sent[before:] == ["Query"] * 4
    assert wire.parameters[-1]["ConsistentRead"] is True
