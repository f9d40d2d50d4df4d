"""Starts, finds again and stops the processes of the local stack, and never anybody else's."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from local.errors import LocalStackError
from local.process_table import Entry, process_table, tree
from local.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from local.layout import Layout

_LOG_TAIL = 20


@dataclass(frozen=True)
class Process:
    """A process that we started: the leader of a session and process group of its own."""

    name: str
    pid: int
    started: str

    def is_running(self) -> bool:
        """Whether this very process still runs, and not another one that got its id."""
        entry = process_table().get(self.pid)
        return entry is not None and entry.started == self.started

    def tree(self) -> list[Entry]:
        """The process and all its descendants."""
        return tree([self.pid], process_table()) if self.is_running() else []


class Processes:
    """The processes of one local stack, noted in a file as they start."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        try:
            noted = json.loads(layout.processes_file.read_text())
        except (OSError, ValueError):
            noted = []
        self.all = [Process(**process) for process in noted]

    def start(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> subprocess.Popen[bytes]:
        """Starts a process in a session of its own, with its output in a log, and notes it."""
        self._layout.logs.mkdir(parents=True, exist_ok=True)
        with self.log(name).open("wb") as log:
            started = subprocess.Popen(  # noqa: S603 - our own commands
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        entry = process_table().get(started.pid)
        if entry is None:
            raise LocalStackError(f"{name} ended at once{self.log_tail(name)}")
        self.all = [*self.all, Process(name=name, pid=entry.pid, started=entry.started)]
        self._note()
        return started

    def log(self, name: str) -> Path:
        """The log of a process."""
        return self._layout.logs / f"{name}.log"

    def log_tail(self, name: str) -> str:
        """The last lines of a process's log, to follow a sentence that says what went wrong."""
        try:
            lines = self.log(name).read_text(errors="replace").splitlines()[-_LOG_TAIL:]
        except OSError:
            return ""
        return "".join(f"\n  | {line}" for line in lines)

    def stop(self, name: str, grace: float) -> None:
        """Asks a process to end, waits, and kills what is left of its group.

        Args:
            name: Which one; that it does not run is fine.
            grace: Seconds that it has to end by itself.
        """
        for process in [process for process in self.all if process.name == name]:
            members = self._members(process)
            if process.is_running():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGTERM)
                wait_until(lambda: not process.is_running(), grace)  # noqa: B023 - called within the turn
            # Children that were started while it ended belong to its group as well.
            for entry in {*members, *self._members(process)}:
                _kill(entry)
            self.all = [other for other in self.all if other != process]
            self._note()

    def stop_all(self, graces: Mapping[str, float], otherwise: float = 5) -> None:
        """Stops all that was started, the latest first."""
        for process in reversed(list(self.all)):
            self.stop(process.name, graces.get(process.name, otherwise))

    def _members(self, process: Process) -> list[Entry]:
        group = [entry for entry in process_table().values() if entry.group == process.pid]
        if process.is_running():
            return group
        # Without its leader the group's id may long be another's: only what runs out of our folder is ours.
        return [entry for entry in group if str(self._layout.root) in entry.command]

    def _note(self) -> None:
        if self.all:
            self._layout.processes_file.write_text(json.dumps([asdict(process) for process in self.all]))
        else:
            self._layout.processes_file.unlink(missing_ok=True)


def _kill(entry: Entry) -> None:
    current = process_table().get(entry.pid)
    if current is not None and current.started == entry.started:
        with contextlib.suppress(ProcessLookupError):
            os.kill(entry.pid, signal.SIGKILL)
        wait_until(lambda: entry.pid not in process_table(), 2)
