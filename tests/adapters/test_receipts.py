"""What the port ``Receipts`` promises, held by DynamoDB and the fake alike."""

from __future__ import annotations

import pytest

from functions.adapters.receipts import DynamoReceipts
from functions.adapters.record_items import receipt_from_item, receipt_key
from functions.adapters.table import Table, to_item
from functions.domain.errors import KeyReused, Unavailable
from functions.domain.ports import Receipts
from functions.domain.receipt import Receipt
from tests.adapters.conftest import Repeating, Wire
from tests.builders import SENDER, receipt
from tests.fakes import FakeClock, FakeIdentifiers, FakeReceipts, FakeRecords


@pytest.fixture(params=["DynamoDB", "memory"])
def receipts(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> Receipts:
    if request.param == "memory":
        return FakeReceipts(FakeRecords(clock, identifiers))
    return DynamoReceipts(request.getfixturevalue("table"))


def test_a_receipt_without_an_answer_takes_the_key_and_the_answer_fills_it(receipts: Receipts) -> None:
    assert receipts.keep(receipt(answer="")).answer == ""
    assert receipts.keep(receipt(answer="", owner="another")).answer == ""
    assert receipts.keep(receipt(answer="first")).answer == "first"


def test_the_first_answer_stays(receipts: Receipts) -> None:
    first = receipts.keep(receipt(answer="first"))
    assert receipts.keep(receipt(answer="")) == first
    assert receipts.keep(receipt(answer="second", owner="another")) == first


@pytest.mark.parametrize("answer", ["", "first"])
def test_another_request_under_the_key_conflicts(receipts: Receipts, answer: str) -> None:
    first = receipts.keep(receipt(answer=answer))
    for clash in ("", "second"):
        with pytest.raises(KeyReused, match="webhook-id"):
            receipts.keep(receipt(answer=clash, fingerprint="print of another"))
    assert receipts.keep(receipt(answer="")).answer == first.answer
    assert receipts.keep(receipt("msg_2", answer="", fingerprint="print of another")).answer == ""


def test_an_answer_whose_writing_was_told_to_nobody_is_kept_once(table: Table) -> None:
    repeating = DynamoReceipts(Table(Repeating(table.client, "put_item"), table.name))  # type: ignore[arg-type]  # a stand-in for a client
    assert repeating.keep(receipt(answer="first")) == receipt(answer="first")
    assert _standing(table) == receipt(answer="first")


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "TransactionConflictException", "InternalServerError"]
)
def test_a_table_that_has_no_time_is_out(table: Table, wire: Wire, code: str) -> None:
    wire.fail("PutItem", code)
    with pytest.raises(Unavailable):
        DynamoReceipts(table).keep(receipt())


def _standing(table: Table) -> Receipt:
    answer = table.client.get_item(TableName=table.name, Key=to_item(receipt_key(SENDER, "msg_1")))
    return receipt_from_item(answer["Item"])
