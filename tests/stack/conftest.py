"""The deployed stack, brought up once: the packaged template on the emulator, real functions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.layout import PROJECT, Layout
from local.stack import Stack
from local.state import StackState
from tests.stack.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The memory is measured first: the emulator keeps all that the other tests do in its own."""
    items.sort(key=lambda item: "within_its_memory" not in item.name or "stack" not in item.path.parts)


@pytest.fixture(scope="session")
def stack() -> Iterator[StackState]:
    """A fresh stack of the tests' own, beside the developer's; nothing of it is left."""
    layout = Layout(root=PROJECT / ".local" / "tests")
    running = Stack(layout, lambda _: None)
    try:
        yield running.up(fresh=True)
    finally:
        running.down()


@pytest.fixture(scope="session")
def session_world(stack: StackState) -> Iterator[World]:
    """The people and systems around the stack, with a spy on the bus."""
    world = World(stack)
    world.spy_on_the_bus()
    yield world
    world.stop_spying()


@pytest.fixture
def world(session_world: World) -> Iterator[World]:
    """The same, with a portal that behaves before and after each test."""
    session_world.portal_misbehaves("ok")
    yield session_world
    session_world.portal_misbehaves("ok")


@pytest.fixture
def resting(world: World) -> Iterator[World]:
    """The same, with quiet hours kept, as on AWS; the local stack is tried at any hour and keeps none."""
    with world.deployed_with(["notify", "notify_citizens"], QUIET_HOURS="on"):
        yield world
