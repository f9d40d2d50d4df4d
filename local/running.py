"""The stack for the time of a command: a running one as it is, otherwise one of its own."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.stack import Stack
from local.state import StackState, read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.layout import Layout


@dataclass(frozen=True)
class Running:
    """A stack that runs.

    Attributes:
        state: Where it is.
        is_ours: Whether it was brought up for this command.
    """

    state: StackState
    is_ours: bool


@contextlib.contextmanager
def running_stack(layout: Layout, say: Callable[[str], None], *, keep: bool = False) -> Iterator[Running]:
    """Brings the stack up unless it is, and afterwards takes down what it brought up.

    Args:
        layout: The stack's folder.
        say: How to tell the person at the terminal what goes on.
        keep: Whether to leave it up all the same.

    Yields:
        What runs.

    Raises:
        LocalStackError: It could not be brought up.
    """
    before = read_state(layout)
    stack = Stack(layout, say)
    state = stack.up(fresh=False)
    # A file that a crash left behind names other processes.
    is_ours = before is None or before.processes != state.processes
    try:
        yield Running(state, is_ours)
    finally:
        if is_ours and not keep:
            say("taking the stack down")
            stack.down()
