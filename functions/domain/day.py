"""Days as administrators write them, 2026-01-26 and no other way."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

_WRITTEN_OUT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(text: str) -> date:
    """The day that a text names.

    Raises:
        ValueError: it is no such day, or is written otherwise. The message does not repeat the text.
    """
    message = "is no date such as 2026-01-26"
    # Python would take 20260126 and 2026-W05-1 as well.
    if not _WRITTEN_OUT.fullmatch(text):
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(message) from None


def _written_out(day: object) -> object:
    """Reads text by ``day_of`` alone: pydantic would take ``"1764000000"`` for a day as well."""
    return day_of(day) if isinstance(day, str) else day


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day, in India."""
