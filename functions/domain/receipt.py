"""What makes a POST idempotent: the first answer, kept under the sender's ``webhook-id``."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from functions.domain.model import Moment, Value

LIFETIME = timedelta(days=8)
"""How long a receipt is kept; the contract promises seven days."""


class Receipt(Value):
    """The mark that a request left.

    Attributes:
        sender: who sent it, such as ``call-centre``.
        webhook_id: the sender's idempotency key.
        fingerprint: of sender, method, path and body, to tell a repeat from a clash.
        owner: token of the write that left it, to know one's own write after a lost reply.
        answer: the first answer's body, JSON; empty while it is being made.
    """

    sender: str
    webhook_id: str
    fingerprint: str
    owner: str
    answer: str
    expires_at: Moment


def fingerprint(sender: str, method: str, path: str, body: bytes) -> str:
    """SHA-256 of what makes two requests the same one, hexadecimal."""
    digest = hashlib.sha256()
    for part in (sender.encode(), method.encode(), path.encode(), body):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()
