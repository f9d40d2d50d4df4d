"""The base of every value object: frozen, strict about unknown fields."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict

_RECKONED_WITH = timedelta(days=400)
"""How far from a given moment anything is reckoned: a year's calendar, or another zone's day."""


def _to_utc(moment: datetime) -> datetime:
    try:
        moment = moment.astimezone(UTC)
        _ = moment - _RECKONED_WITH, moment + _RECKONED_WITH
    except OverflowError:
        message = "lies outside the years that can be reckoned with"
        raise ValueError(message) from None
    return moment


def _written_out(moment: object) -> object:
    """Reads text by ISO 8601 alone: pydantic would take ``"1764000000"`` for a time as well."""
    if not isinstance(moment, str):
        return moment
    try:
        return datetime.fromisoformat(moment)
    except ValueError:
        message = "is no time with an offset, such as 2026-11-24T10:15:00+05:30"
        raise ValueError(message) from None


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_to_utc)]
"""A point in time: timezone-aware on the way in, UTC ever after."""
CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far a sender's clock may be ahead of ours."""


class Value(BaseModel):
    """An immutable value; an unknown field is an error, so that a misspelt one is never lost silently.

    Validation errors hide the input: exception texts end up in logs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
