"""The sample calls."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from local.errors import LocalStackError
from local.layout import PROJECT

CALLS = PROJECT / "samples" / "calls.jsonl"

Expected = Literal["forwarded", "rejected", "duplicate", "under_review", "refused-401", "refused-422"]

_NOW = "{{now}}"
_DECIDED = frozenset({"forwarded", "rejected", "duplicate"})


class Decision(BaseModel):
    """What the data analyst decides; ``duplicate_of_record`` is the earlier call's ``record_id``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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


class Sample(BaseModel):
    """One call, and what should become of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    expect: Expected
    signature: Literal["good", "bad"]
    analyst: Decision | None
    record: dict[str, Any]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not self.record.get("record_id"):
            raise ValueError("the record has no record_id")
        if (self.expect in _DECIDED) != (self.analyst is not None):
            raise ValueError(f"{self.expect} and the analyst's part do not fit")
        return self

    @property
    def record_id(self) -> str:
        """What the file calls it."""
        return str(self.record["record_id"])

    @property
    def refusal(self) -> int | None:
        """The status that it is to be refused with; None when it is to be taken in."""
        return int(self.expect.removeprefix("refused-")) if self.expect.startswith("refused-") else None

    def body(self, run: str, now: datetime) -> dict[str, Any]:
        """The record as it is posted.

        Args:
            run: Makes the ``record_id`` another one in each run.
            now: Stands in for ``{{now}}``.
        """
        filled: dict[str, Any] = json.loads(
            json.dumps(self.record).replace(_NOW, now.isoformat(timespec="seconds"))
        )
        return {**filled, "record_id": f"{self.record_id}-{run}"}


def read_samples(path: Path = CALLS) -> tuple[Sample, ...]:
    """Reads the calls, in order.

    Raises:
        LocalStackError: A line cannot be used; the message names it.
    """
    samples: list[Sample] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            sample = Sample.model_validate_json(line)
            _refers_back(sample, samples)
        except ValidationError as error:
            reasons = "; ".join(
                ": ".join(filter(None, (".".join(map(str, found["loc"])), found["msg"])))
                for found in error.errors(include_url=False, include_input=False)
            )
            raise LocalStackError(f"{path.name}, line {number}: {reasons}") from None
        except ValueError as error:
            raise LocalStackError(f"{path.name}, line {number}: {error}") from None
        samples.append(sample)
    return tuple(samples)


def _refers_back(sample: Sample, earlier: list[Sample]) -> None:
    known = {one.record_id for one in earlier}
    if sample.record_id in known:
        raise ValueError(f"{sample.record_id} comes twice")
    named = sample.analyst.duplicate_of_record if sample.analyst else None
    if named is not None and named not in known:
        raise ValueError(f"{named} is no earlier call")
