"""The rows of a block: a name, a colon, and what it stands for; an indented line goes on with a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GOES_ON = re.compile(r"\n +")


def rows(block: str) -> Iterator[tuple[str, str]]:
    """Each row's name, and what stands behind the colon."""
    for row in _GOES_ON.sub(" ", block).strip().splitlines():
        name, _, told = row.partition(":")
        yield name, told
