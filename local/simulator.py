"""The portal simulator as a process of its own."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from local.errors import LocalStackError
from local.http import answers
from local.layout import PROJECT
from local.ports import HOST
from local.waiting import wait_until

if TYPE_CHECKING:
    from local.layout import Layout
    from local.processes import Processes

NAME = "portal"

_START_SECONDS = 30


def start(processes: Processes, layout: Layout, port: int, aws_endpoint: str, public_base_url: str) -> str:
    """Starts the portal simulator and waits until it answers.

    Args:
        processes: Where to note it.
        layout: Where it keeps its files.
        port: The port of the loopback interface to listen on.
        aws_endpoint: The emulator that its console reads from, and that it tells what becomes of messages.
        public_base_url: What the button of a WhatsApp message opens, without its path.

    Returns:
        Its base URL.

    Raises:
        LocalStackError: It ended, or does not answer.
    """
    command = [sys.executable, "-m", "local.portal", "--host", HOST, "--port", str(port)]
    command += ["--state", str(layout.portal_state), "--token-file", str(layout.portal_token)]
    command += ["--aws-endpoint", aws_endpoint, "--public-base-url", public_base_url]
    started = processes.start(NAME, command, os.environ, PROJECT)
    url = f"http://{HOST}:{port}"
    wait_until(lambda: started.poll() is not None or is_healthy(url), _START_SECONDS)
    if not is_healthy(url):
        raise LocalStackError(f"the portal simulator does not answer{processes.log_tail(NAME)}")
    return url


def is_healthy(url: str) -> bool:
    """Whether the simulator answers."""
    return answers(f"{url}/_sim/health")


def forget(layout: Layout) -> None:
    """Throws away what the simulator holds."""
    layout.portal_state.unlink(missing_ok=True)
