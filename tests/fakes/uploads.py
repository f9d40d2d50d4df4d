"""The registry bucket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.builders import NOW


class FakeUploads:
    """The registry bucket."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str | None], bytes] = {}
        self.results: dict[str, str] = {}
        self.taken_at: dict[tuple[str, str | None], datetime] = {}
        self.notes: dict[tuple[str, str | None], Mapping[str, str]] = {}

    def read(self, key: str, version: str | None) -> bytes:
        """See ``ports.Uploads.read``."""
        return self.files[key, version]

    def uploaded_at(self, key: str, version: str | None) -> datetime:
        """See ``ports.Uploads.uploaded_at``."""
        return self.taken_at.get((key, version), NOW)

    def noted(self, key: str, version: str | None) -> Mapping[str, str]:
        """See ``ports.Uploads.noted``."""
        return self.notes.get((key, version), {})

    def write_result(self, key: str, body: str) -> None:
        """See ``ports.Uploads.write_result``."""
        self.results[key] = body
