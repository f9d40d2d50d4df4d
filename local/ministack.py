"""The AWS emulator as a process of its own."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from local.aws import CREDENTIALS, REGION
from local.errors import LocalStackError
from local.http import answers
from local.ports import HOST
from local.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.layout import Layout
    from local.processes import Processes

NAME = "ministack"
# It writes its whole state when it stops, and a table of a hundred thousand records takes a while.
GRACE = 120.0

_START_SECONDS = 60


def start(processes: Processes, layout: Layout, port: int, elsewhere: Mapping[str, str] | None = None) -> str:
    """Starts the emulator and waits until it answers.

    Args:
        processes: Where to note it.
        layout: Where it keeps its files.
        port: The port of the loopback interface to listen on.
        elsewhere: What tells the functions' SDK which services are not here but at other endpoints.

    Returns:
        Its endpoint.

    Raises:
        LocalStackError: It ended, or does not answer.
    """
    clear_scratch(layout)
    for folder in (layout.scratch, *_folders(layout).values()):
        folder.mkdir(parents=True, exist_ok=True)
    started = processes.start(
        NAME,
        [sys.executable, "-m", "ministack"],
        {**_environment(layout, port), **(elsewhere or {})},
        layout.emulator,
    )
    endpoint = f"http://{HOST}:{port}"
    wait_until(lambda: started.poll() is not None or is_healthy(endpoint), _START_SECONDS)
    if started.poll() is not None:
        raise LocalStackError(f"the emulator ended while it was starting{processes.log_tail(NAME)}")
    if not is_healthy(endpoint):
        raise LocalStackError(
            f"the emulator does not answer after {_START_SECONDS} seconds{processes.log_tail(NAME)}"
        )
    return endpoint


def is_healthy(endpoint: str) -> bool:
    """Whether the emulator answers."""
    return answers(f"{endpoint}/_ministack/health")


def forget(layout: Layout) -> None:
    """Throws away what the emulator has kept."""
    shutil.rmtree(layout.emulator, ignore_errors=True)


def clear_scratch(layout: Layout) -> None:
    """Throws away the functions that it has unpacked, fifty megabytes for each worker."""
    shutil.rmtree(layout.scratch, ignore_errors=True)


def _folders(layout: Layout) -> dict[str, Path]:
    return {
        "HOME": layout.emulator / "home",
        "STATE_DIR": layout.emulator / "state",
        "S3_DATA_DIR": layout.emulator / "s3",
    }


def _environment(layout: Layout, port: int) -> dict[str, str]:
    # The functions inherit it. Nothing of the caller's own AWS set-up, proxies or Python may reach them.
    return {
        **{name: str(folder) for name, folder in _folders(layout).items()},
        **CREDENTIALS,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": str(layout.scratch),
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "MINISTACK_REGION": REGION,
        "BIND_HOST": HOST,
        "MINISTACK_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        # Of the workers that a burst leaves behind, all but one for each function go after so many seconds.
        "LAMBDA_WARM_TTL_SECONDS": "60",
        # Services with ports of their own that nobody here calls, and no container engine.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{layout.emulator / 'no-docker.sock'}",
    }
