"""The base of every value object: frozen, strict about unknown fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        message = "lies outside the years that can be reckoned with"
        raise ValueError(message) from None


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A point in time: timezone-aware on the way in, UTC ever after."""


class Value(BaseModel):
    """An immutable value; an unknown field is an error, so that a misspelt one is never lost silently.

    Validation errors hide the input: exception texts end up in logs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
