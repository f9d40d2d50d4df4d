"""The demo's last page as one HTML file that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from functions.domain.calendar import IST
from functions.wire import told
from local.demo.call import Call
from local.demo.choice import Chosen
from local.demo.outcome import Outcome
from local.story import words

_COLUMN = timedelta(seconds=2)


def write_report(outcome: Outcome, chosen: Sequence[Chosen], path: Path) -> None:
    """Writes it, whole or not at all.

    Args:
        outcome: What became of the calls.
        chosen: Messages to show in full.
        path: Where to.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(words=words, told=told, short=_short)
    page = environment.get_template("report.html.j2").render(
        outcome=outcome,
        chosen=chosen,
        began=outcome.began.astimezone(IST),
        arrivals=_arrivals(outcome),
        column_seconds=int(_COLUMN.total_seconds()),
        place_of={call.number: place for place, calls in outcome.places.items() for call in calls},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(page, encoding="utf-8")
    draft.replace(path)


def _arrivals(outcome: Outcome) -> list[tuple[int, int]]:
    """Calls taken in and events of the service in each column of the time axis."""
    calls, events = (Counter[int]() for _ in range(2))
    for record in outcome.records:
        calls[(record.registered_at - outcome.began) // _COLUMN] += 1
        for event in record.events:
            # The clock was handed forward for some: these stand elsewhere on the axis of time.
            place = (event.at - outcome.began) // _COLUMN
            if 0 <= place <= timedelta(seconds=outcome.seconds) // _COLUMN:
                events[place] += 1
    return [(calls[place], events[place]) for place in range(max(events, default=0) + 1)]


def _short(call: Call) -> str:
    return (call.reference or "").removeprefix("SSM-")
