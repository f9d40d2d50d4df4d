"""The command ``python -m local.bench.duplicates``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from local.bench.duplicates import repeats
from local.bench.duplicates.labelled import Pair, judge, read_pairs
from local.errors import LocalStackError
from local.replay.draw import read_offices
from local.replay.rows import Complaint, read

LEVELS = (1_000, 2_000)


def bench(
    file: Annotated[Path | None, typer.Option(help="A CSV whose exact repeats are looked for.")] = None,
    column: Annotated[str | None, typer.Option(help="Where its texts stand.")] = None,
) -> None:
    """Measures what is found of duplicates on labelled pairs, and on a file's exact repeats."""
    out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    _say_labelled(out, read_pairs())
    if file is None or column is None:
        out.print("For the exact repeats of a file: FILE=calls.csv COLUMN=text")
        return
    try:
        rows = read(file, column, sys.maxsize)
    except LocalStackError as error:
        typer.echo(f"bench: {error}", err=True)
        raise typer.Exit(1) from error
    _say_repeats(out, rows.complaints)


def _say_labelled(out: Console, pairs: Sequence[Pair]) -> None:
    table = Table(title=f"{len(pairs)} labelled pairs", title_justify="left")
    for heading in ("which", "pairs", "recall", "precision", "missed", "wrong"):
        table.add_column(heading, justify="left" if heading == "which" else "right")
    parts = {
        "tuned on, easy": [pair for pair in pairs if not pair.is_hard],
        "tuned on, hard": [pair for pair in pairs if pair.is_hard and not pair.is_locked],
        "locked, hard": [pair for pair in pairs if pair.is_locked],
        "all": pairs,
    }
    for name, part in parts.items():
        figures = judge(part)
        table.add_row(
            name,
            str(len(part)),
            f"{figures.recall:.3f}",
            f"{figures.precision:.3f}",
            str(figures.missed),
            str(figures.wrong),
        )
    out.print(table)
    kinds = Table(title="by kind: proposed of pairs", title_justify="left")
    for heading in ("label", "kind", "tuned on", "locked"):
        kinds.add_column(heading, justify="left" if heading in {"label", "kind"} else "right")
    for label, kind in sorted({(pair.label, pair.kind) for pair in pairs}):
        of_kind = [pair for pair in pairs if (pair.label, pair.kind) == (label, kind)]
        kinds.add_row(
            label,
            kind,
            _proposed([pair for pair in of_kind if not pair.is_locked]),
            _proposed([pair for pair in of_kind if pair.is_locked]),
        )
    out.print(kinds)


def _proposed(pairs: Sequence[Pair]) -> str:
    figures = judge(pairs)
    return f"{figures.found + figures.wrong} of {len(pairs)}"


def _say_repeats(out: Console, complaints: Sequence[Complaint]) -> None:
    found = repeats.find(complaints, read_offices())
    out.print(
        f"{found.records} rows: {found.found} of {found.repeats} exact repeats found, "
        f"{found.proposed} pairs proposed, {found.seconds * 1000:.1f} ms a record"
    )
    out.print("Where it takes most, all of one place and matter:")
    for pace in repeats.pace(complaints, (*LEVELS, max(len(complaints), LEVELS[-1] + 1))):
        milliseconds = f"{pace.seconds * 1000:.1f} ms a record"
        out.print(f"  {pace.on_file} on file: compared with {pace.compared:.0f}, {milliseconds}")
