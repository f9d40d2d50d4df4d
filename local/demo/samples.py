"""The sample calls, and what each one's people do."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from functions.domain.calendar import IST
from local.errors import LocalStackError
from local.layout import PROJECT

CALLS = PROJECT / "samples" / "calls.yaml"

Expected = Literal[
    "forwarded",
    "recalled",
    "closed",
    "rejected",
    "duplicate",
    "under_review",
    "called_back",
    "unreachable",
    "repeated",
    "refused-400",
    "refused-401",
    "refused-422",
]

_LAST_NIGHT = time(21, 40)
_DECIDED = frozenset({"forwarded", "recalled", "closed", "rejected", "duplicate"})
_REDRESSED = frozenset({"recalled", "closed"})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Decision(_Part):
    """What the data analyst decides; ``duplicate_of_record`` is the earlier call's ``record_id``."""

    decision: Literal["approve", "reject", "duplicate", "amend"]
    reason: str
    duplicate_of_record: str | None = None
    amendments: dict[str, Any] | None = None

    def body(self, analyst_id: str, duplicate_of: str | None) -> dict[str, Any]:
        """The body of ``POST /v1/call-centre/reviews/{reference}``.

        Args:
            analyst_id: Who decides.
            duplicate_of: The reference of the earlier record, where there is one.
        """
        return {
            "analyst_id": analyst_id,
            "decision": self.decision,
            "reason": self.reason,
            "duplicate_of": duplicate_of,
            "amendments": self.amendments,
        }


class Report(_Part):
    """An Action Taken Report, and whether the field validation team finds it true."""

    text: str
    found: bool


class OfficerPart(_Part):
    """What the officer does.

    Attributes:
        acts: When the first report comes; further ones follow upon a recall.
        reports: The first, the second after a recall, and so on.
    """

    acts: Literal["at_once", "when_reminded", "when_escalated"]
    reports: tuple[Report, ...] = Field(min_length=1)


class Sample(_Part):
    """One call, what its people do, and what should become of it.

    Attributes:
        sent: ``forged`` is signed with a wrong secret, ``torn`` is cut off on its way.
        analyst: None where nobody decides.
        officer: None where nobody does anything.
        citizen: What the citizen says when asked about the redress; None where nobody asks.
    """

    title: str
    expect: Expected
    sent: Literal["signed", "forged", "torn"] = "signed"
    analyst: Decision | None = None
    officer: OfficerPart | None = None
    citizen: Literal["satisfied", "dissatisfied"] | None = None
    record: dict[str, Any]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not self.record.get("record_id"):
            raise ValueError("the record has no record_id")
        # An emergency that nobody looks at goes ahead by itself.
        decided = self.analyst is not None or (self.is_emergency and self.expect in _DECIDED)
        if (self.expect in _DECIDED) != decided:
            raise ValueError(f"{self.expect} and the analyst's part do not fit")
        if (self.expect in _REDRESSED) != (self.officer is not None):
            raise ValueError(f"{self.expect} and the officer's part do not fit")
        if self.officer and self.officer.reports[-1].found != (self.expect == "closed"):
            raise ValueError(f"{self.expect} and the last report do not fit")
        return self

    @property
    def record_id(self) -> str:
        """What the file calls it."""
        return str(self.record["record_id"])

    @property
    def is_emergency(self) -> bool:
        """Whether the tele-caller flags it."""
        return self.record.get("emergency") is not None

    @property
    def refusal(self) -> int | None:
        """The status that it is to be refused with; None when it is to be taken in."""
        return int(self.expect.removeprefix("refused-")) if self.expect.startswith("refused-") else None

    @property
    def summary(self) -> str:
        """What the citizen said, in a line; of a missed call nobody knows."""
        return str(self.record.get("subject", {}).get("summary", ""))

    def body(self, run: str, now: datetime) -> dict[str, Any]:
        """The record as it is posted.

        Args:
            run: Makes the ``record_id`` another one in each run.
            now: Stands in for ``{{now}}``; last night and tomorrow are counted from it.
        """
        evening = datetime.combine(now.astimezone(IST).date() - timedelta(days=1), _LAST_NIGHT, IST)
        text = json.dumps(self.record)
        for name, moment in (("now", now), ("last_night", evening), ("tomorrow", now + timedelta(days=1))):
            text = text.replace(f"{{{{{name}}}}}", moment.isoformat(timespec="seconds"))
        return {**json.loads(text), "record_id": f"{self.record_id}-{run}"}


_SAMPLES = TypeAdapter(list[Sample])


def read_samples(path: Path = CALLS) -> tuple[Sample, ...]:
    """Reads the calls, in order.

    Raises:
        LocalStackError: A call cannot be used; the message names it.
    """
    try:
        samples = _SAMPLES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        reasons = "; ".join(_reason(found) for found in error.errors(include_url=False, include_input=False))
        raise LocalStackError(f"{path.name}: {reasons}") from None
    except yaml.YAMLError as error:
        raise LocalStackError(f"{path.name}: {error}") from None
    known: set[str] = set()
    for number, sample in enumerate(samples, start=1):
        named = sample.analyst.duplicate_of_record if sample.analyst else None
        if (sample.record_id in known) != (sample.expect == "repeated"):
            raise LocalStackError(f"{path.name}: call {number}: {sample.record_id} comes twice, or should")
        if named is not None and named not in known:
            raise LocalStackError(f"{path.name}: call {number}: {named} is no earlier call")
        known.add(sample.record_id)
    return tuple(samples)


def _reason(found: Any) -> str:  # noqa: ANN401 - pydantic's own
    place, *field = found["loc"] or (-1,)
    where = [f"call {int(place) + 1}", ".".join(map(str, field))] if isinstance(place, int) else [str(place)]
    return ": ".join(filter(None, [*where, found["msg"]]))
