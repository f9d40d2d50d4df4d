"""Which numbers and addresses are worth an attempt."""

from __future__ import annotations

from typing import Protocol

from functions.domain.contact import Contact


class Contacts(Protocol):
    """What is known of contacts, each by what stands for it."""

    def find(self, key: str) -> Contact | None:
        """What is known of a contact; None when nothing is.

        Args:
            key: see ``contact.contact_key``.

        Raises:
            Unavailable: the table does not answer.
        """

    def keep(self, before: Contact | None, after: Contact) -> None:
        """Keeps what is known of it now.

        Args:
            before: as it was found.
            after: the same contact, changed.

        Raises:
            Outrun: somebody else changed it first.
            Unavailable: the table does not answer.
        """
