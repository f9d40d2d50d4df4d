"""The table, in DynamoDB and in memory."""

import pytest

from functions.adapters.records import DynamoRecords
from tests.adapters.records.stand import World
from tests.fakes import FakeClock, FakeIdentifiers, FakeRecords


@pytest.fixture(params=["DynamoDB", "memory"])
def world(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> World:
    if request.param == "memory":
        return World(FakeRecords(clock, identifiers), clock)
    return World(DynamoRecords(request.getfixturevalue("table"), clock, identifiers), clock)
