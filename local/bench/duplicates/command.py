"""The command ``python -m local.bench.duplicates``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from local.bench.duplicates import repeats
from local.bench.duplicates.busy import OF_EACH, Busy
from local.bench.duplicates.labelled import ENTERED_OTHERWISE, Pair, judge, read_pairs
from local.errors import LocalStackError
from local.replay.draw import read_offices
from local.replay.rows import Complaint, read

LEVELS = (1_000, 2_000)
A_DAY = (0, OF_EACH, 40, 200)
"""Unrelated calls a day of one category in one district; 13 are planned on average."""


def bench(
    file: Annotated[Path | None, typer.Option(help="A CSV whose exact repeats are looked for.")] = None,
    column: Annotated[str | None, typer.Option(help="Where its texts stand.")] = None,
    a_day: Annotated[list[int] | None, typer.Option(help="Unrelated calls a day, 0 or 10 and more.")] = None,
) -> None:
    """Measures what is found of duplicates on labelled pairs, and on a file's exact repeats."""
    out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    pairs, otherwise = read_pairs(), read_pairs(ENTERED_OTHERWISE)
    _say_labelled(out, pairs, otherwise)
    _say_busy(out, pairs, otherwise, a_day or A_DAY)
    if file is None or column is None:
        out.print("For the exact repeats of a file: FILE=calls.csv COLUMN=text")
        return
    try:
        rows = read(file, column, sys.maxsize)
    except LocalStackError as error:
        typer.echo(f"bench: {error}", err=True)
        raise typer.Exit(1) from error
    _say_repeats(out, rows.complaints)


def _say_labelled(out: Console, pairs: Sequence[Pair], otherwise: Sequence[Pair]) -> None:
    table = Table(title=f"{len(pairs) + len(otherwise)} labelled pairs, by score", title_justify="left")
    for heading in ("which", "pairs", "recall", "precision", "missed", "wrong"):
        table.add_column(heading, justify="left" if heading == "which" else "right")
    parts = {
        "tuned on, easy": [pair for pair in pairs if not pair.is_hard],
        "tuned on, hard": [pair for pair in pairs if pair.is_hard and not pair.is_locked],
        "locked, hard": [pair for pair in pairs if pair.is_locked],
        "all": pairs,
        "entered otherwise, tuned on": [pair for pair in otherwise if not pair.is_locked],
        "entered otherwise, locked": [pair for pair in otherwise if pair.is_locked],
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


def _say_busy(out: Console, pairs: Sequence[Pair], otherwise: Sequence[Pair], a_day: Sequence[int]) -> None:
    tuned = [pair for pair in pairs if not pair.is_locked]
    parts = {
        "tuned on": tuned,
        "locked": [pair for pair in pairs if pair.is_locked],
        "otherwise, tuned": [pair for pair in otherwise if not pair.is_locked],
        "otherwise, locked": [pair for pair in otherwise if pair.is_locked],
    }
    busy = Busy(tuned)
    for level in a_day:
        title = f"through what is on file, {level} unrelated a day of the category and district"
        table = Table(title=title, title_justify="left", box=box.SIMPLE)
        for heading in ("which", "recall", "precision", "compared", "found", "unrelated"):
            table.add_column(heading, justify="left" if heading == "which" else "right")
        for name, through in ((name, busy.judge(part, level)) for name, part in parts.items()):
            table.add_row(
                name,
                f"{through.figures.recall:.3f}",
                f"{through.figures.precision:.3f}",
                f"{through.reached} of {through.of_others}",
                f"{through.found_of_others} of {through.of_others}",
                f"{through.unrelated / through.calls:.2f}",
            )
            if name == "tuned on":
                reads = (
                    f"read for a call: {through.queries / through.calls:.1f} queries, "
                    f"{through.read / through.calls:.0f} clues (at most {through.most_read}), "
                    f"{through.compared / through.calls:.0f} records (at most {through.most_compared})"
                )
        out.print(table)
        out.print(reads)
    out.print("compared, found: earlier calls by another caller on the same matter, of all of these;")
    out.print("unrelated: what was shown for a call, and belongs to no pair.")


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
