"""Officers who can be alerted."""

import pytest

from functions.domain.office import Level
from tests.builders import officer
from tests.fakes import FakePorts


@pytest.fixture(autouse=True)
def _officers(outside: FakePorts) -> None:
    outside.registry.officers = [officer(), officer(level=Level.HEAD)]
