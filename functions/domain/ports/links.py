"""Links by which officers acknowledge that a grievance has reached them."""

from __future__ import annotations

from typing import Protocol

from functions.domain.acknowledgement import Link


class Links(Protocol):
    """Acknowledgement links."""

    def keep(self, link: Link) -> None:
        """Keeps a link until it expires."""

    def find(self, digest: str) -> Link | None:
        """The link behind a token's digest, None when there is none (any more)."""
