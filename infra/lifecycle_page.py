"""Draws the lifecycle: the page ``docs/lifecycle.md``, from the table in ``functions/domain/lifecycle.py``.

Run it with ``python -m infra.lifecycle_page``; with ``--check`` it only tells whether the page is fresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from functions.domain.lifecycle import BIRTH, TABLE, TOLD_AT_BIRTH, Rule

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "lifecycle.md"

_PAGE = """\
# The lifecycle of a record

<!-- Drawn by `python -m infra.lifecycle_page` from `functions/domain/lifecycle.py`: do not edit. -->

Everything that changes a record's state is a row of one table in the code; this page is drawn from it. A
change that the table does not name is a conflict (409) that names the state.

```mermaid
stateDiagram-v2
{diagram}
```

An event that leaves the state as it is (a reminder, a breach, an acknowledgement) is in the table only.

| from | event | to | by whom | clocks it may start | clocks it stops | who is alerted |
|---|---|---|---|---|---|---|
{rows}

The clocks: `step` watches that an execution is at work; `review_deadline` are an emergency's fifteen
minutes before the data analysts, and a working day for any other record; `reminder`, `breach` and
`escalation` watch the officer; `acknowledgement` is the quarter of an hour after which the next one is
tried, while nobody acknowledges an emergency; `promise` is the citizen's own. One more, `held_alerts`,
lets messages go in the morning that would have disturbed at night; no event starts or stops it.

*Assignee* is whomever the record is with; *nodal*, *head* and *apex* are officers of that office, *other
office* is one that it concerns as well, *former officer* who was succeeded, *cell* the CMO Grievance
Cell; *supervisor* is the data analysts'; *linked citizens* called about records that were linked to this
one. An emergency that an office was told of and need not go on with is told to whoever was told of it. By
which channels, with which message and at which hours stands in `functions/messages/alerts.csv`.

The *citizen* is told of the registration too ({told_at_birth}), is told of no transfer and of no report that
only follows upon another, and is not told of what another event has overtaken.
"""


def page() -> str:
    """The page, from the table as it stands."""
    return _PAGE.format(
        diagram="\n".join(_diagram()),
        rows="\n".join(_rows()),
        told_at_birth=_listed(TOLD_AT_BIRTH),
    )


def _diagram() -> Iterator[str]:
    for status, kinds in groupby(sorted(BIRTH.items(), key=lambda born: born[1]), key=lambda born: born[1]):
        yield f"  [*] --> {status}: {', '.join(kind for kind, _ in kinds)}"
    moving: dict[tuple[str, str], list[str]] = {}
    for rule in TABLE:
        if rule.status is not rule.to:
            moving.setdefault((rule.status, rule.to), []).append(rule.event)
    for (before, after), events in moving.items():
        yield f"  {before} --> {after}: {', '.join(events)}"
    leading = {before for before, _ in moving}
    for after in sorted({after for _, after in moving} - leading):
        yield f"  {after} --> [*]"


def _rows() -> Iterator[str]:
    for rule in TABLE:
        cells = (
            f"`{rule.status}`",
            f"`{rule.event}`",
            _target(rule),
            _listed(rule.by),
            _listed(rule.starts),
            _listed(rule.ends),
            _listed(rule.tells),
        )
        yield f"| {' | '.join(cells)} |"


def _target(rule: Rule) -> str:
    return "" if rule.to is rule.status else f"`{rule.to}`"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def main(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, fail when the page is stale.")
    ] = False,
) -> None:
    """Draws the lifecycle."""
    drawn = page()
    if not check:
        PAGE.write_text(drawn, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
        typer.echo(f"{PAGE.relative_to(PROJECT)} is stale: run python -m infra.lifecycle_page", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
