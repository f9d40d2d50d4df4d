"""Ports on the loopback interface."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local.layout import Layout

HOST = "127.0.0.1"


def choose_ports(names: Sequence[str], layout: Layout) -> dict[str, int]:
    """Chooses a port for each name: the one of the last run where it is still free, else any free one."""
    try:
        former = json.loads(layout.ports_file.read_text())
    except (OSError, ValueError):
        former = {}
    ports: dict[str, int] = {}
    for name in names:
        port = former.get(name)
        ports[name] = port if port and port not in ports.values() and _is_free(port) else _any_free_port()
    layout.ports_file.write_text(json.dumps(ports))
    return ports


def is_open(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
