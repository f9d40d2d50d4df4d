"""The bucket into which administrators upload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Uploads(Protocol):
    """The registry bucket."""

    def read(self, key: str, version: str | None) -> bytes:
        """An uploaded file."""

    def uploaded_at(self, key: str, version: str | None) -> datetime:
        """When an uploaded file was taken, to the second."""

    def write_result(self, key: str, body: str) -> None:
        """Writes the outcome of an upload, JSON."""

    def noted(self, key: str, version: str | None) -> Mapping[str, str]:
        """What whoever uploaded a file noted beside it, by lower-case names."""
