"""One officer, and the metrics of a test."""

from collections import Counter

import pytest

from functions import once
from functions.notify import deliveries, marking, next_channel
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import NODAL


@pytest.fixture(autouse=True)
def _one_officer(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The metrics of a test."""
    found: Counter[str] = Counter()

    def count(name: str, value: int = 1) -> None:
        found[name] += value

    for module in (deliveries, marking, next_channel, once):
        monkeypatch.setattr(module, "count", count)
    return found
