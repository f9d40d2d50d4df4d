"""A simulator that runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.portal.server import PortalSimulator
from tests.adapters.simulator.client import (
    TOKEN,
    Client,
)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "portal" / "journal.jsonl"


@pytest.fixture
def client(journal: Path) -> Iterator[Client]:
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        yield Client(portal)
