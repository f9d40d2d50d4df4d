"""How the portal was found lately, in DynamoDB: shared, and guarded against whoever is quicker."""

import pytest

from functions.adapters.portal_circuit import DynamoPortalCircuit
from functions.adapters.table import Table
from functions.domain import circuit as circuits
from functions.domain.circuit import Circuit, Pace
from functions.domain.errors import Outrun
from tests.builders import NOW
from tests.fakes import FakeIdentifiers


@pytest.fixture
def one(table: Table) -> DynamoPortalCircuit:
    return DynamoPortalCircuit(table, FakeIdentifiers("one"))


@pytest.fixture
def another(table: Table) -> DynamoPortalCircuit:
    return DynamoPortalCircuit(table, FakeIdentifiers("another"))


def test_before_the_first_failure_it_is_closed(one: DynamoPortalCircuit) -> None:
    assert one.read() == Circuit()


def test_what_one_worker_found_the_other_knows(
    one: DynamoPortalCircuit, another: DynamoPortalCircuit
) -> None:
    opened = circuits.left_open(Circuit(), at=NOW)
    kept = one.save(one.read(), opened)
    assert kept.version == 1
    assert another.read() == kept
    closed = another.save(kept, circuits.closed(kept))
    assert one.read() == closed
    assert not closed.is_open


def test_all_of_it_is_kept(one: DynamoPortalCircuit) -> None:
    found = circuits.failed(one.read(), at=NOW, why="status-429", retry_after=30)
    slow = circuits.left_waiting(found, pace=Pace.of(10).slower())
    assert one.save(one.read(), slow) == one.read()
    assert one.read().pause_ms == 200


def test_of_two_that_write_at_once_one_is_outrun(
    one: DynamoPortalCircuit, another: DynamoPortalCircuit
) -> None:
    found = one.read()
    first = one.save(found, circuits.failed(found, at=NOW))
    with pytest.raises(Outrun):
        another.save(found, circuits.failed(found, at=NOW))
    assert one.read() == first
    with pytest.raises(Outrun):
        another.save(found.model_copy(update={"version": 7}), found)


def test_a_write_whose_answer_was_lost_is_ones_own(
    one: DynamoPortalCircuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the SDK sends the same write once more, as after a lost answer
    found = one.read()
    monkeypatch.setattr(FakeIdentifiers, "owner", lambda _: "the same write")
    one.save(found, circuits.failed(found, at=NOW))
    # THEN it is taken for done
    assert one.save(found, circuits.failed(found, at=NOW)).failures == 1
    assert one.read().version == 1
