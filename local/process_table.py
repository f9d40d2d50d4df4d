"""This machine's processes, as far as stopping and measuring our own needs them."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LSTART_WORDS = 5


@dataclass(frozen=True)
class Entry:
    """One running process.

    Attributes:
        pid: Its id, which the system gives to another one some time after its end.
        parent: Its parent's id.
        group: Its process group.
        started: When it started, in whatever words this system has: id and start together name it for good.
        rss: Resident memory in bytes.
        command: Its command line.
    """

    pid: int
    parent: int
    group: int
    started: str
    rss: int
    command: str


def process_table() -> dict[int, Entry]:
    """All running processes by id; zombies are not running."""
    entries = _from_proc() if (_PROC / "self" / "stat").exists() else _from_ps()
    return {entry.pid: entry for entry in entries}


def tree(roots: Iterable[int], table: dict[int, Entry]) -> list[Entry]:
    """The processes with these ids and all that descend from them."""
    found = [table[pid] for pid in roots if pid in table]
    for entry in found:
        found.extend(child for child in table.values() if child.parent == entry.pid and child not in found)
    return found


def _from_proc() -> Iterator[Entry]:
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        # The name in parentheses may hold anything, so the fields are counted from the last one.
        fields = stat.rpartition(")")[2].split()
        if fields[0] == "Z":
            continue
        yield Entry(
            pid=int(folder.name),
            parent=int(fields[1]),
            group=int(fields[2]),
            started=fields[19],
            rss=int(fields[21]) * _PAGE,
            command=command.replace(b"\0", b" ").decode(errors="replace").strip(),
        )


def _from_ps() -> Iterator[Entry]:
    command = ["ps", "-axww", "-o", "pid=,ppid=,pgid=,rss=,stat=,lstart=,command="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - fixed
    for line in listed.splitlines():
        pid, parent, group, rss, stat, *rest = line.split()
        if not stat.startswith("Z"):
            yield Entry(
                pid=int(pid),
                parent=int(parent),
                group=int(group),
                started=" ".join(rest[:_LSTART_WORDS]),
                rss=int(rss) * 1024,
                command=" ".join(rest[_LSTART_WORDS:]),
            )
