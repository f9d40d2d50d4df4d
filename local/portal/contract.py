"""The portal's wire models: what a push looks like, what a fault order looks like, and reasons in words."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

IST = timezone(timedelta(hours=5, minutes=30), "IST")

_LONGEST_NAME = 64

Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
# What the call centre calls a scheme or category need be no code of any register.
Matter = Annotated[str, StringConstraints(max_length=200)]
Reference = Annotated[str, StringConstraints(pattern=r"^SSM-[0-9]{4}-[0-9]{3}-[0-9]{4}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
# The bounds keep every moment convertible to IST; outside them there is no grievance anyway.
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))
]
JsonObject = dict[str, JsonValue]


class Wire(BaseModel):
    """A body from outside: exact types, and no field that nobody knows."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Complainant(Wire):
    """Who complains; the phone number is E.164."""

    name: str | None
    phone: Phone
    address: str | None


class GrievancePost(Wire):
    """The body of ``POST /api/v1/grievances``; every field must be there, null where it may be."""

    source: Literal["SSM Call Centre Data"]
    reference: Reference
    emergency: bool
    department: Code | None
    district: Code | None
    category: Matter | None
    scheme: Matter | None
    summary: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    details: Annotated[str, StringConstraints(max_length=5000)] | None
    complainant: Complainant
    registered_at: Moment
    due_at: Moment | None
    recall_of: Code | None

    @property
    def registered_on(self) -> date:
        """The day in India on which the grievance was registered."""
        return self.registered_at.astimezone(IST).date()

    def key_problem(self, key: str) -> str | None:
        """Says in words why an ``Idempotency-Key`` does not fit this body; None when it fits."""
        if self.recall_of is None:
            if key != self.reference:
                return "Idempotency-Key must be the reference of the grievance."
        elif not re.fullmatch(re.escape(self.reference) + r":recall:[1-9][0-9]{0,5}", key):
            return "Idempotency-Key of a recall must be {reference}:recall:{n}, n counting from 1."
        return None


class Plain(Wire):
    """``ok`` ends every fault; ``down`` closes connections without an answer. A value is ignored."""

    mode: Literal["ok", "down"]
    value: JsonValue = None


class Slow(Wire):
    """Every answer of the API waits ``value`` seconds."""

    mode: Literal["slow"]
    value: float = Field(ge=0, le=300, allow_inf_nan=False)


class ErrorRate(Wire):
    """``value``, from 0 to 1, is the share of posts that get 503 before anything is stored."""

    mode: Literal["error_rate"]
    value: float = Field(ge=0, le=1, allow_inf_nan=False)


class DropResponse(Wire):
    """The next ``value`` posts are stored, then the connection is closed without an answer; then ok."""

    mode: Literal["drop_response"]
    value: int = Field(ge=0, le=1_000_000)


class RateLimit(Wire):
    """More than ``value`` requests a second get 429; with 0 every request does."""

    mode: Literal["rate_limit"]
    value: float = Field(ge=0, le=1_000_000, allow_inf_nan=False)


class Refuse(Wire):
    """Every post gets 422 with ``value`` as the reason."""

    mode: Literal["refuse"]
    value: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"\S")]


Fault = Plain | Slow | ErrorRate | DropResponse | RateLimit | Refuse
FAULT: TypeAdapter[Fault] = TypeAdapter(Annotated[Fault, Field(discriminator="mode")])


def is_broken_json(error: ValidationError) -> bool:
    """Tells a body that is not JSON at all from one that is JSON of a wrong shape."""
    return error.errors(include_url=False, include_input=False)[0]["type"] == "json_invalid"


def reason(error: ValidationError) -> str:
    """Puts a validation error in words, naming fields but never repeating what stood in them."""
    parts: list[str] = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        where = ".".join(str(step)[:_LONGEST_NAME] for step in problem["loc"])
        parts.append(f"{where}: {problem['msg']}" if where else problem["msg"])
    return "; ".join(parts)
