"""At which hours a message may go by a channel: by the clock in India, on any day of the week."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from functions.domain.calendar import IST
from functions.domain.model import Value


class SendingHours(Value):
    """From when until when in the day (IST) a channel may disturb its recipient.

    Attributes:
        opens: the first moment at which a message may go.
        closes: the first moment at which it may not any more; later in the day than ``opens``.
    """

    opens: time
    closes: time

    @model_validator(mode="after")
    def _in_this_order(self) -> Self:
        if self.opens >= self.closes:
            message = "opens after it closes"
            raise ValueError(message)
        return self

    def is_open(self, moment: datetime) -> bool:
        """Whether a message may go at that moment."""
        return self.opens <= moment.astimezone(IST).time() < self.closes

    def earliest(self, moment: datetime) -> datetime:
        """The first moment at or after the given one at which a message may go, in UTC."""
        if self.is_open(moment):
            return moment.astimezone(UTC)
        local = moment.astimezone(IST)
        today = datetime.combine(local.date(), self.opens, IST)
        return (today if local < today else today + timedelta(days=1)).astimezone(UTC)
