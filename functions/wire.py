"""How values look on the wire, for every room alike."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from functions.domain.calendar import IST
from functions.domain.model import Value
from functions.domain.record import Status

Reference = Annotated[
    str,
    Field(
        pattern=r"^SSM-[0-9]{4}-[0-9]{3}-[0-9]{4}$",
        description="A record's reference, in its one spelling.",
        examples=["SSM-4821-903-7717"],
    ),
]
"""A reference as it is answered."""
Cursor = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Where the list goes on: hand it in as `cursor`. Null on the last page.",
    ),
]
"""A cursor as it is answered."""


class Standing(Value, defer_build=True):
    """Where a record stands after what was just done."""

    reference: Reference
    status: Status


def shown(moment: datetime | None) -> str | None:
    """A time as other systems see it: with IST's offset."""
    return moment.astimezone(IST).isoformat() if moment else None


def told(moment: datetime | None) -> str:
    """A time as people read it, such as ``02 Dec 2026, 18:00 IST``; empty when there is none."""
    return f"{moment.astimezone(IST):%d %b %Y, %H:%M} IST" if moment else ""
