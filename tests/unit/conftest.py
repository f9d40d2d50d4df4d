"""What the unit tests share."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest

from functions.observability import logger
from tests.fakes import FakePorts


@pytest.fixture
def outside() -> FakePorts:
    """The whole outside in memory."""
    return FakePorts()


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Everything that the product's logger writes; its level lets all through."""
    handler = logger.registered_handler
    written = StringIO()
    before = handler.setStream(written)  # type: ignore[attr-defined]  # it is a StreamHandler
    yield written
    handler.setStream(before)  # type: ignore[attr-defined]  # it is a StreamHandler
