"""Events of the portal that came too early, in DynamoDB: what was not kept is never told to be."""

from __future__ import annotations

import pytest

from functions.adapters.pending_events import DynamoPendingEvents
from functions.adapters.table import Table
from functions.domain.errors import Outrun, Unavailable
from tests.adapters.conftest import Wire
from tests.builders import PORTAL_ID, receipt
from tests.fakes import FakeClock


@pytest.fixture
def pending(table: Table, clock: FakeClock) -> DynamoPendingEvents:
    return DynamoPendingEvents(table, clock)


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"])
def test_a_transaction_that_the_table_had_no_time_for_is_an_outage(
    pending: DynamoPendingEvents, wire: Wire, code: str
) -> None:
    wire.reasons = [{"Code": "None"}, {"Code": code}]
    wire.fail("TransactWriteItems", "TransactionCanceledException")
    with pytest.raises(Unavailable):
        pending.keep(PORTAL_ID, "{}", receipt("msg_1"))
    assert pending.of(PORTAL_ID) == []


def test_a_receipt_that_stands_already_is_told_apart_from_an_outage(pending: DynamoPendingEvents) -> None:
    pending.keep(PORTAL_ID, "{}", receipt("msg_1"))
    with pytest.raises(Outrun):
        pending.keep(PORTAL_ID, "{}", receipt("msg_1", owner="another"))
