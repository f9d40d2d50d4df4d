"""Who wants no SMS, in DynamoDB: the last word holds, each stays as evidence, and no number is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.opt_outs import DynamoOptOuts
from functions.adapters.table import Table, from_item
from functions.domain.errors import Outrun, Unavailable
from functions.domain.opt_out import OptOut
from tests.adapters.conftest import Wire
from tests.builders import NOW, PHONE, receipt

OTHER = "+919830099999"


@pytest.fixture
def opt_outs(table: Table) -> DynamoOptOuts:
    return DynamoOptOuts(table)


def word(opted_out: bool = True, *, phone: str = PHONE, minutes: int = 0) -> OptOut:  # noqa: FBT001, FBT002 - reads as it is said
    at = NOW + timedelta(minutes=minutes)
    return OptOut(phone=phone, opted_out=opted_out, agent_id="A-17", at=at)


def items(table: Table, kind: str) -> list[dict[str, Any]]:
    found = [from_item(item) for item in table.client.scan(TableName=table.name)["Items"]]
    return sorted((item for item in found if item["pk"].startswith(kind)), key=lambda item: item["sk"])


def test_the_last_word_holds(opt_outs: DynamoOptOuts) -> None:
    assert not opt_outs.has_opted_out(PHONE)
    opt_outs.keep(word(), receipt("msg_1"))
    assert opt_outs.has_opted_out(PHONE)
    assert not opt_outs.has_opted_out(OTHER)
    opt_outs.keep(word(False, minutes=5), receipt("msg_2"))
    assert not opt_outs.has_opted_out(PHONE)
    opt_outs.keep(word(minutes=9), receipt("msg_3"))
    assert opt_outs.has_opted_out(PHONE)


def test_each_word_stays_as_evidence_without_the_number(opt_outs: DynamoOptOuts, table: Table) -> None:
    opt_outs.keep(word(), receipt("msg_1", owner="one"))
    opt_outs.keep(word(False, minutes=5), receipt("msg_2", owner="two"))
    kept = items(table, "OPTOUT#")
    assert [(item["opted_out"], item["agent_id"]) for item in kept] == [(True, "A-17"), (False, "A-17")]
    assert [item["sk"] for item in kept] == [
        "2026-11-24T04:45:00.000000Z#one",
        "2026-11-24T04:50:00.000000Z#two",
    ]
    assert PHONE.removeprefix("+91") not in repr(items(table, ""))


def test_a_receipt_that_stands_already_keeps_nothing(opt_outs: DynamoOptOuts, table: Table) -> None:
    opt_outs.keep(word(), receipt("msg_1"))
    with pytest.raises(Outrun):
        opt_outs.keep(word(False, minutes=5), receipt("msg_1", owner="another"))
    assert opt_outs.has_opted_out(PHONE)
    assert len(items(table, "OPTOUT#")) == 1


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"])
def test_a_transaction_that_the_table_had_no_time_for_is_an_outage(
    opt_outs: DynamoOptOuts, wire: Wire, code: str
) -> None:
    wire.reasons = [{"Code": "None"}, {"Code": code}]
    wire.fail("TransactWriteItems", "TransactionCanceledException")
    with pytest.raises(Unavailable):
        opt_outs.keep(word(), receipt("msg_1"))
    assert not opt_outs.has_opted_out(PHONE)


def test_a_table_that_does_not_answer_is_not_taken_for_a_yes_or_a_no(
    opt_outs: DynamoOptOuts, wire: Wire
) -> None:
    wire.fail("Query", "ThrottlingException")
    with pytest.raises(Unavailable):
        opt_outs.has_opted_out(PHONE)


def test_it_is_asked_consistently_for_one_item(opt_outs: DynamoOptOuts, wire: Wire) -> None:
    opt_outs.has_opted_out(PHONE)
    (asked,) = wire.parameters
    assert (asked["ConsistentRead"], asked["Limit"], asked["ScanIndexForward"]) == (True, 1, False)
