"""What all tests share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

ALONE = (PurePosixPath("tests/stack"), PurePosixPath("tests/workflow"))
"""Folders whose tests share what was started for them: one after the other, in one process."""

# How long an example takes says nothing on a busy machine: performance is measured by benchmarks.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives processes the tests to run: a folder that is alone whole, and of the others file by file."""

    def add_node_collection(self, node: object, collection: Sequence[str]) -> None:
        """Tests that share one id are told apart: else all but one of them would be left out."""
        seen: Counter[str] = Counter()
        told_apart = []
        for nodeid in collection:
            told_apart.append(f"{nodeid}#{seen[nodeid]}" if seen[nodeid] else nodeid)
            seen[nodeid] += 1
        super().add_node_collection(node, told_apart)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return next((str(folder) for folder in ALONE if folder in PurePosixPath(file).parents), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Any:  # noqa: ANN401 - xdist's own protocol
    """However many processes there are, and whatever ``--dist`` says."""
    return ByFolder(config, log)
