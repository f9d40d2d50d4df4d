"""What a run found, as a file and as a mail: references and names of fields, never a citizen's words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from functions.adapters.messages import render
from functions.domain.ports import Mail
from functions.domain.reconciliation import DifferenceKind
from functions.reconcile.mending import UNFINISHED, Result

MOST_IN_MAIL = 50


@dataclass(frozen=True)
class DayReport:
    """What was found of a day.

    Attributes:
        began: when the run began.
        not_read: why the portal's list could not be read; None when it was. Nothing else is known then.
        pushed: how many records the portal was to list.
        listed: how many entries it lists.
        malformed: how many of its entries could not be read.
        stopped_by: what made the run stop asking the portal to enter things again; None when nothing did.
    """

    day: date
    began: datetime
    not_read: str | None = None
    pushed: int = 0
    listed: int = 0
    malformed: int = 0
    results: Sequence[Result] = ()
    stopped_by: str | None = None

    @property
    def key(self) -> str:
        """Where it stands in the registry bucket."""
        return f"results/reconciliation/{self.day}/{self.began.astimezone(UTC):%Y-%m-%dT%H%M%S.%fZ}.json"

    @property
    def counts(self) -> Mapping[str, int]:
        """How many differences of each kind, those of which there is any."""
        found = Counter(result.difference.kind for result in self.results)
        return {kind.value: found[kind] for kind in DifferenceKind if found[kind]}

    @property
    def left(self) -> Sequence[Result]:
        """What was not mended."""
        return [result for result in self.results if not result.is_mended]

    @property
    def is_finished(self) -> bool:
        """Whether another run would find nothing to do."""
        return self.not_read is None and not any(result.outcome in UNFINISHED for result in self.results)

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.not_read or self.malformed or self.results)

    def summary(self) -> Mapping[str, Any]:
        """The figures, without the single differences."""
        return {
            "day": self.day.isoformat(),
            "report": self.key,
            "read": self.not_read is None,
            "not_read": self.not_read,
            "pushed": self.pushed,
            "listed": self.listed,
            "malformed": self.malformed,
            "counts": self.counts,
            "mended": len(self.results) - len(self.left),
            "left": len(self.left),
            "stopped_by": self.stopped_by,
        }


def to_json(report: DayReport) -> str:
    """The report of a day as it is kept."""
    return json.dumps(
        {
            **report.summary(),
            "began": report.began.astimezone(UTC).isoformat(),
            "differences": [_told(result) for result in report.results],
        },
        indent=1,
    )


def _told(result: Result) -> Mapping[str, object]:
    difference = result.difference
    return {
        "kind": difference.kind,
        "reference": difference.reference,
        "status": difference.status,
        "portal_id": difference.portal_id,
        "listed_as": difference.listed_as,
        "fields": difference.fields,
        "recalls": difference.recalls,
        "outcome": result.outcome,
        "entered_as": result.entered_as,
        "mended": result.is_mended,
    }


def mail_of(to: str, reports: Sequence[DayReport]) -> Mail:
    """What the CMO Grievance Cell is told: each day's figures, and what is left before what was mended."""
    results = [(report.day, result) for report in reports for result in report.results]
    results.sort(key=lambda told: told[1].is_mended)
    values = {
        "days": [report.summary() for report in reports if report.is_news],
        "differences": [{"day": day.isoformat(), **_told(result)} for day, result in results[:MOST_IN_MAIL]],
        "more": max(0, len(results) - MOST_IN_MAIL),
        "left": sum(len(report.left) for report in reports),
        "mended": sum(len(report.results) - len(report.left) for report in reports),
        "not_read": [report.day.isoformat() for report in reports if report.not_read],
    }
    return Mail(
        to=to,
        subject=render("en/reconciliation.mail.subject.j2", values),
        text=render("en/reconciliation.mail.txt.j2", values),
        html=render("en/reconciliation.mail.html.j2", values),
    )
