"""Acknowledgement links."""

from __future__ import annotations

from functions.domain.acknowledgement import Link


class FakeLinks:
    """Acknowledgement links."""

    def __init__(self) -> None:
        self.kept: dict[str, Link] = {}

    def keep(self, link: Link) -> None:
        """See ``ports.Links.keep``."""
        self.kept[link.digest] = link

    def find(self, digest: str) -> Link | None:
        """See ``ports.Links.find``."""
        return self.kept.get(digest)
