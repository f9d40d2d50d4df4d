"""Both sides, an evening later."""

import pytest

from tests.fakes import FakePorts
from tests.unit.rooms.reconciling.both_sides import World


@pytest.fixture
def world(outside: FakePorts) -> World:
    return World(outside)
