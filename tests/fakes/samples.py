"""The uploads among the samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from functions.adapters import bundled
from functions.registry.files import Checked, check

SAMPLES = Path(__file__).parents[2] / "samples" / "registry"


@cache
def sample(name: str) -> Checked:
    """An upload of the samples, checked once for all tests: to be read, and copied by who changes it."""
    return check(name, (SAMPLES / name).read_bytes(), bundled.registers())
