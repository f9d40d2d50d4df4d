"""Shows how far a replay is: a bar at a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_LINES = 10


class Bar:
    """One stretch of work, from 0 to its total; a context manager.

    Args:
        out: Where to show it.
        title: What is done.
        total: How many there are to do.
    """

    def __init__(self, out: Console, title: str, total: int) -> None:
        self._out = out
        self._title = title
        self._total = total
        self._done = 0
        self._said = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=out,
            disable=not out.is_terminal,
        )
        self._task = self._progress.add_task(title, total=total)

    def advance(self, count: int = 1) -> None:
        """Notes that more is done."""
        self._done += count
        self._progress.advance(self._task, count)
        tenth = self._done * _LINES // self._total if self._total else _LINES
        if not self._out.is_terminal and tenth > self._said:
            self._said = tenth
            self._out.print(f"{self._title}: {self._done} of {self._total}")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
