"""Which numbers and addresses are worth an attempt."""

from __future__ import annotations

from functions.domain.contact import Contact
from functions.domain.errors import Outrun


class FakeContacts:
    """Contacts in memory, guarded by what was read."""

    def __init__(self) -> None:
        self.known: dict[str, Contact] = {}

    def find(self, key: str) -> Contact | None:
        """See ``ports.Contacts.find``."""
        return self.known.get(key)

    def keep(self, before: Contact | None, after: Contact) -> None:
        """See ``ports.Contacts.keep``."""
        if self.known.get(after.key) != before:
            raise Outrun("the contact was changed meanwhile")
        self.known[after.key] = after
