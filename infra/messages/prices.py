"""What a message costs: dated data in ``prices.yaml`` beside this file."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Price(BaseModel):
    """A price.

    Attributes:
        unit: what is paid for: a part of an SMS, a message, a minute.
        price: None where it is not known.
        as_of: day of the list that it stands in.
        source: where it was found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    unit: str
    price: Decimal | None = None
    currency: str = ""
    as_of: str = ""
    source: str

    def of(self, units: int) -> str:
        """What so many units cost, as people read it."""
        return "unknown" if self.price is None else f"{self.currency} {units * self.price}"


@functools.cache
def prices() -> Mapping[str, Price]:
    """By channel."""
    # Unquoted numbers and dates of YAML are read as they are written.
    text = Path(__file__).with_name("prices.yaml").read_text(encoding="utf-8")
    return {
        channel: Price.model_validate(entry)
        for channel, entry in yaml.load(text, Loader=yaml.BaseLoader).items()  # noqa: S506 - texts alone
    }
