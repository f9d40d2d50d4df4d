"""Events of the portal that came too early, in DynamoDB: what was not kept is never told to be."""

from __future__ import annotations

import pytest

from functions.adapters import pending_events
from functions.adapters.pending_events import DynamoPendingEvents
from functions.adapters.table import Table
from functions.domain.errors import Outrun, Unavailable
from functions.recall.kept_event import MARKED_FOR
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


def test_what_was_kept_is_read_to_its_end(pending: DynamoPendingEvents, wire: Wire) -> None:
    # GIVEN more than a page of a query holds, which is one mebibyte
    event = '{"report": "' + "x" * 300_000 + '"}'
    for number in range(5):
        pending.keep(PORTAL_ID, event, receipt(f"msg_{number}", owner=f"owner-{number}"))
    assert len(pending.of(PORTAL_ID)) == 5
    assert wire.sent.count("Query") > 1


def test_that_it_was_applied_is_known_for_longer_than_it_is_kept() -> None:
    assert pending_events._KEPT_FOR < MARKED_FOR
