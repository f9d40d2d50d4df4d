"""How values look on the wire, for every room alike."""

from __future__ import annotations

from datetime import datetime

from functions.domain.calendar import IST


def shown(moment: datetime | None) -> str | None:
    """A time as other systems see it: with IST's offset."""
    return moment.astimezone(IST).isoformat() if moment else None


def told(moment: datetime | None) -> str:
    """A time as people read it, such as ``02 Dec 2026, 18:00 IST``; empty when there is none."""
    return f"{moment.astimezone(IST):%d %b %Y, %H:%M} IST" if moment else ""
