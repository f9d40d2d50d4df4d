"""Where the local stack keeps its files: everything under `.local/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Layout:
    """The folders and files of one local stack."""

    root: Path = PROJECT / ".local"

    @property
    def state_file(self) -> Path:
        """What clients read; there while the stack runs."""
        return self.root / "stack.json"

    @property
    def processes_file(self) -> Path:
        """The processes that were started, so that they can be stopped even after a crash."""
        return self.root / "processes.json"

    @property
    def ports_file(self) -> Path:
        """The ports of the last run, so that addresses stay the same."""
        return self.root / "ports.json"

    @property
    def lock_file(self) -> Path:
        """Held by a command that starts or stops the stack."""
        return self.root / "lock"

    @property
    def logs(self) -> Path:
        """A log for each process."""
        return self.root / "logs"

    @property
    def emulator(self) -> Path:
        """What the emulator keeps from one run to the next."""
        return self.root / "ministack"

    @property
    def scratch(self) -> Path:
        """What the emulator may lose: unpacked functions above all."""
        return self.root / "tmp"

    @property
    def portal_state(self) -> Path:
        """What the portal simulator holds."""
        return self.root / "portal.jsonl"

    @property
    def portal_token(self) -> Path:
        """The bearer token that the portal simulator asks for."""
        return self.root / "portal.token"

    @property
    def demo_report(self) -> Path:
        """What the last demo showed at its end, with charts."""
        return self.root / "demo-report.html"
