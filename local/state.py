"""`.local/stack.json`: where clients find what runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from local.credentials import write_private

if TYPE_CHECKING:
    from local.layout import Layout


@dataclass(frozen=True)
class StackState:
    """What a client needs to know of the running stack; the names are part of the contract."""

    api_url: str
    aws_endpoint: str
    region: str
    portal_url: str
    console_url: str
    webhook_secrets: dict[str, str]
    state_machine_arns: dict[str, str]
    functions: dict[str, str]
    table: str
    registry_bucket: str
    processes: dict[str, dict[str, int | str]]

    def write(self, layout: Layout) -> None:
        """Writes the file, whole or not at all; it holds secrets, if only for this machine."""
        write_private(layout.state_file, json.dumps(asdict(self), indent=2) + "\n")


def read_state(layout: Layout) -> StackState | None:
    """Reads the file, or finds none that can be read."""
    try:
        return StackState(**json.loads(layout.state_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
