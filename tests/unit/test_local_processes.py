"""Our processes are stopped with all their children, and nobody else's is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from local.errors import LocalStackError
from local.layout import Layout
from local.process_table import process_table
from local.processes import Process, Processes
from local.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLEEPER = "import time; time.sleep(60)"
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
PARENT = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {SLEEPER!r}])
print("born", flush=True)
time.sleep(60)
"""


@pytest.fixture
def layout(tmp_path: Path) -> Iterator[Layout]:
    layout = Layout(tmp_path)
    yield layout
    Processes(layout).stop_all({}, otherwise=0.1)


def start(processes: Processes, layout: Layout, code: str, says: str = "") -> int:
    started = processes.start("it", [sys.executable, "-c", code], os.environ, layout.root)
    assert wait_until(lambda: says in processes.log("it").read_text(), 10)
    return started.pid


def test_a_stopped_process_leaves_no_child(layout: Layout) -> None:
    processes = Processes(layout)
    pid = start(processes, layout, PARENT, says="born")
    children = [entry.pid for entry in process_table().values() if entry.group == pid and entry.pid != pid]

    processes.stop("it", grace=5)

    assert len(children) == 1
    assert not {pid, *children} & process_table().keys()


def test_a_process_that_does_not_listen_is_killed(layout: Layout) -> None:
    processes = Processes(layout)
    pid = start(processes, layout, STUBBORN, says="deaf")

    processes.stop("it", grace=0.2)

    assert pid not in process_table()


def test_another_command_finds_the_process_again_and_stops_it(layout: Layout) -> None:
    pid = start(Processes(layout), layout, SLEEPER)

    again = Processes(layout)
    assert [process.pid for process in again.all if process.is_running()] == [pid]
    again.stop_all({})

    assert pid not in process_table()
    assert not layout.processes_file.exists()


def test_a_foreign_process_that_got_the_id_is_left_alone(layout: Layout) -> None:
    command = [sys.executable, "-c", SLEEPER]
    with subprocess.Popen(command, start_new_session=True) as foreign:  # noqa: S603 - our own
        processes = Processes(layout)
        processes.all = [Process(name="it", pid=foreign.pid, started="long ago")]

        processes.stop_all({})

        assert foreign.poll() is None
        foreign.send_signal(signal.SIGKILL)


def test_the_measured_tree_holds_the_children(layout: Layout) -> None:
    processes = Processes(layout)
    start(processes, layout, PARENT, says="born")

    tree = processes.all[0].tree()

    assert len(tree) == 2
    assert all(entry.rss > 0 for entry in tree)


def test_a_command_that_ends_at_once_can_be_told_from_one_that_runs(layout: Layout) -> None:
    processes = Processes(layout)
    try:
        started = processes.start(
            "it", [sys.executable, "-c", "raise SystemExit('no')"], os.environ, layout.root
        )
    except LocalStackError:
        return
    started.wait(10)

    assert not processes.all[0].is_running()
    assert "no" in processes.log_tail("it")
