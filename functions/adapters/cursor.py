"""Where in a list a client goes on: queue and position, as one opaque text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from functions.domain.errors import Fault, Refused


def write_cursor(queue: str, position: str) -> str:
    """The text that names a place: base64url without padding."""
    return base64.urlsafe_b64encode(f"{queue}|{position}".encode()).decode().rstrip("=")


def read_cursor(
    cursor: str | None, queues: Sequence[str] = (), *, prefix: str | None = None
) -> tuple[str, str]:
    """Queue and position behind which a list goes on; the begin of the first queue without a cursor.

    Args:
        cursor: as the client gave it.
        queues: the list's queues.
        prefix: what the names of its queues begin with, where there are ever new ones.

    Raises:
        Refused: the cursor is none of a list of these queues.
    """
    if cursor is None:
        return queues[0] if queues else "", ""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        queue, position = text.split("|")
    except (binascii.Error, ValueError):
        queue, position = "", ""
    of_this_list = queue.startswith(prefix) if prefix else queue in queues
    if not of_this_list or not position:
        raise Refused(Fault(None, "this cursor is none of this list"))
    return queue, position
